"""Writes of privacy: correct, erase, let go what is over."""
