"""The command `sojourn demo`."""

import datetime as dt
from typing import Annotated, Literal

import typer
from django.core.management import call_command
from rich.console import Console
from rich.table import Table

from sojourn.cli.clock import today
from sojourn.cli.demo.story import Story, bars
from sojourn.monitoring.models import Bulletin, Figure
from sojourn.participation.models import (
    Application,
    Attendance,
    Call,
    Engagement,
    Offer,
    Round,
    Session,
    WaitingPlace,
)
from sojourn.plan.models import Quota, Target
from sojourn.registry.models import Organisation, Person

Scale = Literal["small", "national"]

WHERE = """Where to look, once it is served on http://127.0.0.1:8000
  /demo/       log in as anyone with one click
  /plan/       the plan, its targets and quotas
  /calls/      the calls with their rules
  /draws/      the draws; each offers its proof for `sojourn verify FILE.zip`
  /bulletins/  the published figures"""


def demo(
    scale: Annotated[
        Scale, typer.Option(help="small: about 3,000 people, under a minute; national: 20 times that.")
    ] = "small",
) -> None:
    """Load the example programme and carry it out, from its plan to a published bulletin."""
    console = Console()
    call_command("migrate", verbosity=0)
    if Organisation.objects.exists():
        console.print(
            "This database holds a programme already, so nothing was loaded. "
            "For a fresh example, set SOJOURN_DATA to an empty folder."
        )
        return
    story = Story(today(), scale)
    with bars() as progress:
        story.tell(progress)
    console.print(summary(story.today))
    console.print(WHERE)


def summary(on: dt.date) -> Table:
    """What happened, in numbers."""
    drawn, open_now = Round.objects.filter(status=Round.Status.DRAWN).count(), Call.objects.open(on).count()
    table = Table(title="The example programme “Two Rivers”, carried out", show_header=False)
    for label, value in (
        ("Targets of the plan; quotas of offices", f"{Target.objects.count()}; {Quota.objects.count()}"),
        ("Organisations: real schools, invented offices", f"{Organisation.objects.count():,}"),
        ("People, all invented", f"{Person.objects.count():,}"),
        ("Calls drawn; calls open today", f"{drawn}; {open_now}"),
        ("Applications", f"{Application.objects.count():,}"),
        (
            "Offers made; places on waiting lists",
            f"{Offer.objects.count():,}; {WaitingPlace.objects.count():,}",
        ),
        ("Engagements", f"{Engagement.objects.count():,}"),
        ("Sessions; presences", f"{Session.objects.count():,}; {Attendance.objects.count():,}"),
        ("Figures; published bulletins", f"{Figure.objects.count():,}; {Bulletin.objects.count()}"),
    ):
        table.add_row(label, value)
    return table
