"""Read who takes part. Reading is an action: each look at a person’s record is kept and shown to them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value

from sojourn.contact.queries import reached_by_mail
from sojourn.participation.models import Engagement, Opening
from sojourn.participation.queries.names import full_name
from sojourn.participation.rules import rosters as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.reads import note_reads
from sojourn.registry.consents import live_yes
from sojourn.registry.rules import ADULT_FROM

VERB = "roster.read"
LETTERS = "letter.print"
ONLY_WILLING = "it names only people whose yes is live on the day"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Somebody who takes part: what a host needs to know, and nothing else."""

    number: int  # of the engagement
    name: str
    age: int
    sending: Mapping[str, str]
    language: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class LetterLine:
    """Somebody who takes part and whom no mail reaches."""

    name: str
    language: str


@action(LETTERS, rules.may_read_roster, consent=ONLY_WILLING)
def read_letters(*, by: Actor, opening: Opening, day: dt.date) -> list[LetterLine]:
    """Those who take part on the day and whom no mail reaches: no log-in acts for them, or none that works.

    For the leader to hand them a letter. Reading it is noted like a look at the roster.
    """
    rows = list(_taking_part(opening, day))
    reached = reached_by_mail({row.person_id for row in rows}, on=day)
    alone = [row for row in rows if row.person_id not in reached]
    note_reads(by=by, people=(row.person_id for row in alone), organisation_id=opening.host_id, view=LETTERS)
    return [LetterLine(full_name(row.person), row.person.language) for row in alone]


@action(VERB, rules.may_read_roster, consent=ONLY_WILLING)
def read_roster(*, by: Actor, opening: Opening, day: dt.date) -> list[RosterLine]:
    """Those who take part on the day with a live yes, by family name, given name and number.

    Writes one line per person into the log that the person, or the guardian of a minor, can see.
    Whoever has left is not in it any more, and nothing tells that they were.
    """
    rows = list(_taking_part(opening, day))
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


def _taking_part(opening: Opening, day: dt.date) -> QuerySet[Engagement]:
    """Whoever takes part on the day with a live yes, by name."""
    there = Engagement.objects.filter(
        opening=opening, starts_on__lte=day, ends_on__gt=day, person__is_remnant=False
    )
    willing = there.filter(live_yes(Value(day), F("component__code"))).select_related("person", "sending")
    return willing.order_by("person__family_name", "person__given_name", "pk")


def roster_day(opening: Opening, on: dt.date) -> dt.date:
    """The day of the stay whose roster is meant on a day: the first before it, the last after it."""
    last = opening.ends_on - dt.timedelta(days=1)
    return min(max(on, opening.starts_on), last)
