"""Who may come in by what, and who may let others in."""
