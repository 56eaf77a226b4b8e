"""`sojourn run announce|freeze|draw CALL`: the three acts of a round, in the system's name."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from sojourn.cli.clock import now
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.cli.solve.faults import FaultyInput
from sojourn.cli.solve.strict_json import read_json
from sojourn.core.draw import DrawError, source_from_dict
from sojourn.participation.actions.rounds import announce_round, draw_round, freeze_round
from sojourn.participation.models import Call, Offer, Round
from sojourn.records.actor import SYSTEM

app = typer.Typer(no_args_is_help=True, help="Announce, freeze and draw a round.")
console = Console(highlight=False, soft_wrap=True)
CallCode = Annotated[str, typer.Argument(metavar="CALL", help="The code of the call.")]
JsonFile = Annotated[str, typer.Argument(metavar="JSON", help="A JSON file, or - for the standard input.")]


@app.command()
def announce(call: CallCode, source: JsonFile) -> None:
    """Name the public source of the seed of a draft call, before anyone can know the seed."""
    found = Call.objects.filter(code=call).first()
    if found is None:
        raise _unknown_call(call)
    try:
        seed_source = source_from_dict(_object(source))
    except DrawError as error:
        raise CommandFailedError(f"{source} is no seed source: {error}.") from error
    announce_round(by=SYSTEM, call=found, seed_source=seed_source, at=now())
    console.print(f"[green]✓[/] The seed source of {call} is announced.")


@app.command()
def freeze(call: CallCode) -> None:
    """Freeze the list of a closed call, and print the hash to publish before the seed is known."""
    frozen = freeze_round(by=SYSTEM, round=_round(call), at=now())
    assert frozen.run is not None  # noqa: S101 - a database check keeps the two together
    console.print(f"[green]✓[/] {frozen.tickets.count()} tickets of {call} are frozen.")
    console.print(f"commitment {frozen.run.commitment}")


@app.command()
def draw(call: CallCode, value: JsonFile) -> None:
    """Draw a frozen round with the value that its seed source has published."""
    drawn = draw_round(by=SYSTEM, round=_round(call), seed_value=_object(value), at=now())
    offers = Offer.objects.filter(application__call=drawn.call_id).count()
    console.print(f"[green]✓[/] {call} is drawn: {offers} offers. The proof is on the call's public page.")


def _round(code: str) -> Round:
    found = Round.objects.filter(call__code=code).select_related("call__component", "run").first()
    if found is None:
        if not Call.objects.filter(code=code).exists():
            raise _unknown_call(code)
        raise CommandFailedError(
            f"The call {code} has no round: sojourn run announce {code} JSON", Exit.REFUSED
        )
    return found


def _unknown_call(code: str) -> CommandFailedError:
    known = list(Call.objects.order_by("code").values_list("code", flat=True)[:20])
    return CommandFailedError(f"No call has the code {code!r}. There are: {', '.join(known) or 'none'}.")


def _object(file: str) -> dict[str, Any]:
    try:
        found = read_json(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        raise CommandFailedError(f"{file} cannot be read: {error.strerror}.") from error
    except FaultyInput as error:
        told = "; ".join(f"{fault.path}: {fault.message}" for fault in error.faults)
        raise CommandFailedError(f"{file} is not sound JSON: {told}.") from error
    if not isinstance(found, dict):
        raise CommandFailedError(f"{file} must hold one JSON object, in braces.")
    return found
