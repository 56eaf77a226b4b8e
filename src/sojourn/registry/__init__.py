"""Who: organisations, people, accounts and their posts, guardians, consent, vetting."""
