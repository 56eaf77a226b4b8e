"""`sojourn retention`: what the nightly clock would let go on a day; nothing is changed."""

import datetime as dt
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sojourn.cli.clock import today
from sojourn.privacy.retention import RULES
from sojourn.records import trails

console = Console(highlight=False, soft_wrap=True)


def retention(
    on: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Another day than today.")
    ] = None,
) -> None:
    """Count what the nightly clock would let go. Nothing is changed: `sojourn tick` does it.

    People go with the last row that needed them, and are not counted apart.
    """
    day = on.date() if on else today()
    table = Table("rule", "rows over", "tables", title=f"Over on {day}")
    for rule in RULES.values():
        table.add_row(rule.code, str(rule.due(day).count()), ", ".join(rule.tables))
    for trail in trails.TRAILS:
        rows = trails.count_old(trail, on=day)
        table.add_row(f"{trail} trail", str(rows), trails.TRAILS[trail]._meta.label)
    console.print(table)
