"""`sojourn backup|restore`: copies of the database that are proved before anyone relies on them."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from rich.console import Console

from sojourn.cli import copies
from sojourn.cli.clock import now
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.cli.tending import replay_ledger
from sojourn.privacy import ledger
from sojourn.privacy.models import Erasure

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
    """Bring a backup back, and erase again whom the erasure ledger names.

    The file is proved first; a database with data is replaced only with --force.
    """
    if not file.is_file():
        raise CommandFailedError(f"There is no file {file}.")
    kept = _copies()
    proved = kept.prove(file)
    if kept.holds_data() and not force:
        raise CommandFailedError(
            "The database holds data; nothing was changed. Stop the site, back it up, then use --force.",
            Exit.REFUSED,
        )
    ledger.append(Path(settings.ERASURE_LEDGER), _erasures_known(), at=now())
    kept.bring_back(file)
    call_command("migrate", verbosity=0)
    again = replay_ledger()
    console.print(f"[green]✓[/] {proved.tables} tables are back and up to date; {again} people erased again.")


def _erasures_known() -> list[UUID]:
    """The ledger of the database that is about to be replaced, if it can still be read."""
    try:
        return list(Erasure.objects.order_by("pk").values_list("key", flat=True))
    except DatabaseError:
        return []


def _copies() -> copies.Copies:
    return copies.SQLite() if connection.vendor == "sqlite" else copies.PostgreSQL()
