"""The command `sojourn`: one module per family of commands."""
