"""What somebody needs on a trip: write it, take it back, read it as a leader of that stay."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Opening, TripNeed
from sojourn.participation.queries.names import full_name
from sojourn.participation.rules import needs as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.reads import note_reads
from sojourn.registry.consents import Needs, live_yes
from sojourn.registry.models import Consent

READ = "need.read"
KEEP = Consent.Purpose.KEEP_NEEDS


@dataclass(frozen=True, slots=True)
class NeedLine:
    """What one of those who take part needs, in the own words."""

    name: str
    text: str


@action(
    "need.write",
    rules.may_write_need,
    consent=Needs(
        people=lambda engagement, **_rest: [engagement.person],
        component=lambda engagement, **_rest: engagement.component.code,
        purpose=KEEP,
        words=_("Say yes to keeping this note on “My yeses” first; then write it."),
        where="text",
    ),
    leaves_no_trace=True,
)
def write_need(*, by: Actor, engagement: Engagement, text: str, on: dt.date) -> None:
    """Keep the text for the leaders of the stay, encrypted, in place of what was there."""
    TripNeed.objects.update_or_create(engagement=engagement, defaults={"text": text.strip()})


@action(
    "need.delete",
    rules.may_take_need_back,
    consent="taking something back needs nobody’s yes",
    leaves_no_trace=True,
)
def delete_need(*, by: Actor, engagement: Engagement, on: dt.date) -> None:
    """Take the text back, at once."""
    TripNeed.objects.filter(engagement=engagement).delete()


@action(READ, rules.may_read_needs, consent="only notes are read whose yes is live")
def read_needs(*, by: Actor, opening: Opening, on: dt.date) -> list[NeedLine]:
    """What those who have not left need, by name; each is a line in the log that the person can see."""
    rows = (
        TripNeed.objects.filter(
            live_yes(Value(on), F("engagement__component__code"), person="engagement__person", purpose=KEEP),
            engagement__opening=opening,
            engagement__ends_on__gt=on,
        )
        .select_related("engagement__person")
        .order_by("engagement__person__family_name", "engagement__person__given_name", "pk")
    )
    found = [(row.engagement.person, row.text) for row in rows]
    note_reads(
        by=by, people=(person.pk for person, _text in found), organisation_id=opening.host_id, view=READ
    )
    return [NeedLine(full_name(person), text) for person, text in found]
