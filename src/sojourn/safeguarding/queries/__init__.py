"""Reads of safeguarding."""
