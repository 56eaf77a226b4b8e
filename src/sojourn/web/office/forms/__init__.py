"""Forms of the offices."""
