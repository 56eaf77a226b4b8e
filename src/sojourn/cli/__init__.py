"""The command `sojourn`: one module per family of commands."""

from sojourn.cli.command import main

__all__ = ["main"]
