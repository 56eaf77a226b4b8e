"""`sojourn import`: institutions from a register, all or none, after a dry run."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sojourn.cli.clock import today
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.cli.importing.organisations import KINDS, Checked, check_rows
from sojourn.cli.importing.sheet import read_sheet
from sojourn.records.actor import SYSTEM
from sojourn.registry.actions import add_organisations
from sojourn.registry.models import Organisation

MOST_SHOWN = 50
console = Console(highlight=False, soft_wrap=True)


def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV file in UTF-8, with a header row.")],
    kind: Annotated[str, typer.Option(help=f"What each row is: {', '.join(KINDS)}.")] = "school",
    apply: Annotated[bool, typer.Option("--apply", help="Save; without it nothing is written.")] = False,
) -> None:
    """Check a register of institutions and, with --apply, add those that are new.

    One refused row refuses the file. Columns that the system never holds are dropped before anything is
    read from them.
    """
    if kind not in KINDS:
        raise CommandFailedError(f"--kind is one of {', '.join(KINDS)}, not {kind!r}.")
    root = Organisation.objects.filter(parent=None).first()
    if root is None:
        raise CommandFailedError("There are no offices yet: sojourn plan load FILE --publish", Exit.REFUSED)
    sheet = read_sheet(file)
    offices = set(Organisation.objects.regional_offices().values_list("code", flat=True).order_by())
    checked = check_rows(sheet, kind, offices)
    _tell(checked)
    if checked.faults:
        raise CommandFailedError(
            f"{len(checked.faults)} values have to be corrected in {file.name}; nothing was saved."
        )
    if not apply:
        console.print(f"{len(checked.rows)} rows are sound. Nothing was saved yet: add --apply.")
        return
    made = add_organisations(by=SYSTEM, parent=root, rows=list(checked.rows), on=today())
    known = len(checked.rows) - len(made)
    console.print(f"[green]✓[/] {len(made)} institutions added; {known} were known and stay as they are.")


def _tell(checked: Checked) -> None:
    for column, categories in checked.dropped.items():
        told = ", ".join(categories)
        console.print(f"[yellow]Column {escape(column)!r} is never held ({told}): dropped, not read.[/]")
    if checked.ignored:
        console.print(f"Columns that are not used: {escape(', '.join(checked.ignored))}")
    if not checked.faults:
        return
    table = Table(title="Refused", title_justify="left", title_style="bold red")
    for heading in ("row", "column", "value", "what to do"):
        table.add_column(heading, overflow="fold")
    for fault in checked.faults[:MOST_SHOWN]:
        table.add_row(str(fault.row), escape(fault.column), escape(fault.value), escape(fault.words))
    console.print(table)
    if len(checked.faults) > MOST_SHOWN:
        console.print(f"... and {len(checked.faults) - MOST_SHOWN} more.")
