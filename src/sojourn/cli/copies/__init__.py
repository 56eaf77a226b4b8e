"""Copying a database of either kind while it is in use, proving a copy, bringing it back."""

from sojourn.cli.copies.base import Copies, Proved
from sojourn.cli.copies.postgresql import PostgreSQL
from sojourn.cli.copies.sqlite import SQLite

__all__ = ["Copies", "PostgreSQL", "Proved", "SQLite"]
