"""`sojourn bulletin`: compute the figures, draft, publish and print bulletins, as the system's own clock."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import django
import typer
from rich.console import Console

from sojourn.cli.clock import now, today

app = typer.Typer(no_args_is_help=True, help="Draft, publish and print bulletins.")


class Lang(StrEnum):
    """The language of the printed sheet."""

    EN = "en"
    ZH = "zh"


Day = Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"])]
MaybeDay = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Default: today.")]
Code = Annotated[str, typer.Argument(help="The bulletin's code, such as 2027-h1.")]


@app.callback()
def bulletin() -> None:
    """Draft, publish and print bulletins."""
    django.setup()


@app.command()
def draft(code: Code, start: Day, end: Day, on: MaybeDay = None) -> None:
    """Compute the figures up to END and draft the bulletin of the whole months from START to END."""
    from sojourn.monitoring.actions import compute_figures, draft_bulletin  # noqa: PLC0415 - needs Django
    from sojourn.records.actor import SYSTEM  # noqa: PLC0415 - needs Django

    day = _day(on)
    first, last = start.date(), end.date()
    at = now()
    figures = _or_refusal(
        lambda: compute_figures(by=SYSTEM, starts_on=_first_month(first), ends_on=last, on=day, at=at)
    )
    made = _or_refusal(lambda: draft_bulletin(by=SYSTEM, code=code, starts_on=first, ends_on=last, on=day))
    typer.echo(f"{len(figures)} figures changed. Drafted {made.code} edition {made.edition}: {made.sha256}")


@app.command()
def publish(code: Code, on: MaybeDay = None) -> None:
    """Publish the draft of the bulletin; from then on it does not change."""
    from sojourn.monitoring.actions import publish_bulletin  # noqa: PLC0415 - needs Django
    from sojourn.monitoring.models import Bulletin  # noqa: PLC0415 - needs Django
    from sojourn.records.actor import SYSTEM  # noqa: PLC0415 - needs Django

    found = Bulletin.objects.filter(code=code, status=Bulletin.Status.DRAFT).first()
    if found is None:
        _stop(f"There is no draft of {code}. Draft it first: sojourn bulletin draft {code} --start … --end …")
    made = _or_refusal(lambda: publish_bulletin(by=SYSTEM, bulletin=found, on=_day(on)))
    typer.echo(f"Published {made.code} edition {made.edition}: {made.sha256}")


@app.command()
def pdf(
    code: Code,
    file: Annotated[Path, typer.Argument(help="Where to write the PDF.", dir_okay=False)],
    lang: Annotated[Lang, typer.Option(help="Language of the sheet.")] = Lang.EN,
    edition: Annotated[int | None, typer.Option(help="Default: the newest.")] = None,
) -> None:
    """Print a published bulletin as a PDF."""
    from sojourn.monitoring.bulletin_pdf import bulletin_pdf  # noqa: PLC0415 - needs Django
    from sojourn.monitoring.queries import bulletin as published  # noqa: PLC0415 - needs Django
    from sojourn.records.refusal import UnseenError  # noqa: PLC0415 - needs Django

    try:
        document = published(code, edition).document
    except UnseenError:
        _stop(f"No such bulletin is published: {code}. Publish its draft first.")
    try:
        file.write_bytes(bulletin_pdf(document, "zh" if lang is Lang.ZH else "en"))
    except OSError as error:
        _stop(f"{file} cannot be written ({error.strerror}). Name another file.")
    typer.echo(f"Wrote {file}")


def _first_month(start: dt.date) -> dt.date:
    """The first month of any target of the published plan, or START when it is earlier."""
    from sojourn.plan.models import Plan, Target  # noqa: PLC0415 - needs Django

    targets = Target.objects.filter(plan__status=Plan.Status.PUBLISHED)
    first = targets.order_by("starts_on").values_list("starts_on", flat=True).first()
    return min(start, first.replace(day=1)) if first else start


def _day(on: dt.datetime | None) -> dt.date:
    return on.date() if on else today()


def _or_refusal[R](act: Callable[[], R]) -> R:
    """The outcome, or the refusal as one sentence and exit code 1."""
    from sojourn.records.refusal import RefusalError  # noqa: PLC0415 - needs Django

    try:
        return act()
    except RefusalError as refused:
        _stop(str(refused.message))


def _stop(sentence: str) -> NoReturn:
    Console(stderr=True).print(sentence, style="bold red", highlight=False)
    raise typer.Exit(1)
