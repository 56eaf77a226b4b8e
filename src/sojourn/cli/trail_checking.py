"""`sojourn verify-log`: the trails of acts and of reads, recomputed from their first row."""

from typing import Annotated

import typer
from rich.console import Console

from sojourn.cli.failing import Exit
from sojourn.records import trails

console = Console(highlight=False, soft_wrap=True)


def verify_log(
    holds: Annotated[
        str, typer.Option(help="A head that was noted earlier; it has to be in one of the chains still.")
    ] = "",
) -> None:
    """Recompute both trails from their first row, and name the first place that does not hold; exit 1 then.

    Note the heads somewhere else, on paper for example: whoever can write to the database could write a
    whole chain anew, but not with a head that is noted already.
    """
    found = [trails.verify(trail) for trail in trails.TRAILS]
    for verdict in found:
        told = (
            f"{verdict.trail}: {verdict.seals} seals, {verdict.rows} rows hold, {verdict.dropped} dropped "
            f"after {trails.KEPT_YEARS} years, {verdict.unsealed} wait for their seal."
        )
        console.print(
            f"[red]✗[/] {verdict.trail}: {verdict.fault}." if verdict.fault else f"[green]✓[/] {told}"
        )
        console.print(f"  head {verdict.head}")
    faults = sum(bool(verdict.fault) for verdict in found)
    if holds and all(trails.verify(trail, holds=holds).fault for trail in trails.TRAILS):
        console.print(f"[red]✗[/] The head {holds[:16]}… is in no chain: it was written anew.")
        faults += 1
    raise typer.Exit(Exit.REFUSED if faults else Exit.DONE)
