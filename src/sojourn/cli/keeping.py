"""`sojourn backup|restore`: copies of the database that are proved before anyone relies on them."""

from pathlib import Path
from typing import Annotated

import typer
from django.db import connection
from rich.console import Console

from sojourn.cli import copies
from sojourn.cli.failing import CommandFailedError, Exit

console = Console(highlight=False, soft_wrap=True)


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the copy; it must not exist yet.")],
) -> None:
    """Copy the database while the site runs, and prove that the copy opens and holds the same tables."""
    if file.exists():
        raise CommandFailedError(f"{file} exists; a backup never overwrites anything.", Exit.REFUSED)
    if not file.parent.is_dir():
        raise CommandFailedError(f"The folder {file.parent} does not exist.")
    proved = _copies().write(file)
    console.print(
        f"[green]✓[/] {file}: {proved.megabytes:.1f} MB, {proved.tables} tables, opened and checked."
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `sojourn backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a database that holds data.")] = False,
) -> None:
    """Bring a backup back. The file is proved first; a database with data is replaced only with --force."""
    if not file.is_file():
        raise CommandFailedError(f"There is no file {file}.")
    kept = _copies()
    proved = kept.prove(file)
    if kept.holds_data() and not force:
        raise CommandFailedError(
            "The database holds data; nothing was changed. Stop the site, back it up, then use --force.",
            Exit.REFUSED,
        )
    kept.bring_back(file)
    console.print(f"[green]✓[/] {proved.tables} tables are back. `sojourn init` brings them up to date.")


def _copies() -> copies.Copies:
    return copies.SQLite() if connection.vendor == "sqlite" else copies.PostgreSQL()
