"""SQLite: the online backup of its library, which copies a consistent state while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from sojourn.cli.copies.base import Proved, present_tables
from sojourn.cli.failing import CommandFailedError


class SQLite:
    """Copies of the site's SQLite file."""

    def write(self, file: Path) -> Proved:
        """Copy under a temporary name, prove the copy, then give it its name."""
        unproved = file.with_name(f".{file.name}.unproved")
        try:
            connection.ensure_connection()
            with closing(sqlite3.connect(unproved)) as copy:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
            proved = self.prove(unproved)
            unproved.rename(file)
        except OSError as error:
            raise CommandFailedError(f"{file} cannot be written: {error.strerror}.") from error
        except sqlite3.Error as error:
            raise CommandFailedError(f"{file} cannot be written: {error}.") from error
        finally:
            unproved.unlink(missing_ok=True)
        return proved

    def prove(self, file: Path) -> Proved:
        """SQLite's own integrity check, no broken reference, and this site's tables."""
        try:
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
                found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
                broken = copy.execute("PRAGMA foreign_key_check").fetchone()
                names = {
                    row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                }
        except sqlite3.Error as error:
            raise CommandFailedError(f"{file} is no whole SQLite database: {error}.") from error
        if found != "ok" or broken is not None:
            raise CommandFailedError(f"{file} is damaged: {found}. Use an older backup.")
        if not {"django_migrations", "registry_organisation"} <= names:
            raise CommandFailedError(f"{file} is a database, but not one of Sojourn.")
        return Proved(len(names), file.stat().st_size / 2**20)

    def holds_data(self) -> bool:
        """Whether the present database has tables of this site."""
        return present_tables() > 0

    def bring_back(self, file: Path) -> None:
        """Copy page by page into the present database in one transaction of SQLite."""
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
                copy.backup(connection.connection)
        except sqlite3.Error as error:
            raise CommandFailedError(
                f"The database cannot be replaced: {error}. Stop the site first."
            ) from error
        connection.close()
