"""Read who takes part. Reading is an action: each look at a person’s record is kept and shown to them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Value

from sojourn.participation.models import Engagement, Opening
from sojourn.participation.queries.names import full_name
from sojourn.participation.rules import rosters as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.reads import note_reads
from sojourn.registry.consents import live_yes
from sojourn.registry.rules import ADULT_FROM

VERB = "roster.read"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Somebody who takes part: what a host needs to know, and nothing else."""

    number: int  # of the engagement
    name: str
    age: int
    sending: Mapping[str, str]
    language: str
    is_minor: bool


@action(VERB, rules.may_read_roster, consent="it names only people whose yes is live on the day")
def read_roster(*, by: Actor, opening: Opening, day: dt.date) -> list[RosterLine]:
    """Those who take part on the day with a live yes, by family name, given name and number.

    Writes one line per person into the log that the person, or the guardian of a minor, can see.
    Whoever has left is not in it any more, and nothing tells that they were.
    """
    rows = list(
        Engagement.objects.filter(
            live_yes(Value(day), F("component__code")),
            opening=opening,
            starts_on__lte=day,
            ends_on__gt=day,
            person__is_remnant=False,
        )
        .select_related("person", "sending")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    lines = [
        RosterLine(
            number=row.pk,
            name=full_name(row.person),
            age=row.person.age(day),
            sending=row.sending.names,
            language=row.person.language,
            is_minor=row.person.age(day) < ADULT_FROM,
        )
        for row in rows
    ]
    note_reads(by=by, people=(row.person_id for row in rows), organisation_id=opening.host_id, view=VERB)
    return lines


def roster_day(opening: Opening, on: dt.date) -> dt.date:
    """The day of the stay whose roster is meant on a day: the first before it, the last after it."""
    last = opening.ends_on - dt.timedelta(days=1)
    return min(max(on, opening.starts_on), last)
