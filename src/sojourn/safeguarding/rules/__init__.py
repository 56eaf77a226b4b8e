"""Rules of safeguarding."""
