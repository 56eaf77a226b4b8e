"""A small world of taking part: an office, two regions, a call that goes from draft to draw, people."""

import datetime as dt
from collections.abc import Sequence

from apps import factories
from sojourn.core.draw import DiceThrows
from sojourn.participation.actions import applications, calls, rounds
from sojourn.participation.models import Application, Call, Offer, Opening, Round, WaitingPlace
from sojourn.participation.rules.applications import Yes
from sojourn.records.actor import SYSTEM, Actor, Post
from sojourn.registry.models import Consent, Membership, Organisation, Person
from sojourn.registry.rules import ADULT_FROM

TODAY = factories.TODAY
DAY = dt.timedelta(days=1)
CLOSES_ON = TODAY + 20 * DAY
AFTER = dt.datetime.combine(CLOSES_ON + DAY, dt.time(9), dt.UTC)
"""A moment at which the call has closed and the dice are not thrown yet."""
DRAWN_AT = AFTER + 2 * DAY
DICE = DiceThrows(int(DRAWN_AT.timestamp()) - 3600, 6, 50, ("school-head", "regional-office"))
THROWS: dict[str, object] = {"throws": [1, 2, 3, 4, 5] * 10}
OTHER_THROWS: dict[str, object] = {"throws": [6, 5, 4, 3, 2] * 10}
ADULT_YES = frozenset({Consent.Kind.CONSENT})
CHILD_YES = frozenset({Consent.Kind.CONSENT, Consent.Kind.ASSENT})

STAYS_FROM = dt.date(2027, 7, 1)


def actor(person: Person, *, account_id: int | None = None) -> Actor:
    """The person as somebody who acts."""
    return Actor(account_id=account_id, person_id=person.pk)


def office(organisation: Organisation, role: str = Membership.Role.PROGRAMME_OFFICE) -> Actor:
    """Somebody with a post in the organisation."""
    return Actor(account_id=900, posts=frozenset({Post(role, organisation.pk)}))


def call_values(**changes: object) -> calls.CallValues:
    """A sound form for a call."""
    values = {
        "titles": {"en": "Camps", "zh": "营地"},
        "summaries": {"en": "Two weeks.", "zh": "两周。"},
        "opens_on": TODAY,
        "closes_on": CLOSES_ON,
        "minimum_age": 8,
        "maximum_age": 25,
        "maximum_choices": 3,
        "maximum_group": 4,
        "answer_days": 14,
    }
    return {**values, **changes}  # type: ignore[typeddict-item]  # faulty values are the point of some tests


def opening_values(host: Organisation, **changes: object) -> calls.OpeningValues:
    """A sound form for an opening."""
    values = {
        "code": "camp",
        "host": host,
        "titles": {"en": "Camp", "zh": "营地"},
        "starts_on": STAYS_FROM,
        "ends_on": STAYS_FROM + 14 * DAY,
        "seats": 2,
    }
    return {**values, **changes}  # type: ignore[typeddict-item]  # likewise


def draft(code: str = "summer", **changes: object) -> Call:
    """A draft call of the coordinating office."""
    return calls.draft_call(
        by=SYSTEM,
        code=code,
        organiser=factories.CoordinatingOfficeFactory(),
        component=factories.ComponentFactory(),
        values=call_values(**changes),
    )


def published(*seats: int, code: str = "summer", **changes: object) -> Call:
    """An open call with one opening of so many seats each, and its draw announced."""
    call = draft(code, **changes)
    for number, count in enumerate(seats, 1):
        host = factories.UniversityFactory()
        values = opening_values(host, code=f"{code}-{number}", seats=count)
        calls.add_opening(by=SYSTEM, call=call, values=values)
    rounds.announce_round(by=SYSTEM, call=call, seed_source=DICE, at=at_noon(TODAY))
    return calls.publish_call(by=SYSTEM, call=call, on=TODAY)


def at_noon(on: dt.date) -> dt.datetime:
    """Midday of the day."""
    return dt.datetime.combine(on, dt.time(12), dt.UTC)


def choices_of(call: Call) -> list[Opening]:
    """The openings of the call in the order of their codes."""
    return list(call.openings.order_by("code"))


def applied(
    call: Call,
    *people: Person,
    choices: Sequence[Opening] | None = None,
    sending: Organisation | None = None,
    as_group: bool = False,
) -> Application:
    """An application with every yes, handed in by one adult alone or by the guardian of these children."""
    people = people or (factories.PersonFactory(),)
    alone = len(people) == 1 and people[0].age(TODAY) >= ADULT_FROM
    return applications.apply(
        by=actor(people[0] if alone else guardian_of(people)),
        call=call,
        people=people,
        sending=sending or factories.SchoolFactory(),
        choices=choices_of(call)[:3] if choices is None else choices,
        yes=[Yes(person.pk, CHILD_YES) for person in people],
        language="en",
        on=TODAY,
        as_group=as_group,
    )


def guardian_of(children: Sequence[Person]) -> Person:
    """The adult in charge of all these children; a new one where there is none."""
    known = Person.objects.filter(wards__child=children[0]).order_by("pk").first()
    if known is not None and known.wards.filter(child__in=children).count() == len(children):
        return known
    guardian = factories.PersonFactory(age=45)
    for child in children:
        factories.GuardianshipFactory(guardian=guardian, child=child)
    return guardian


def frozen(call: Call) -> Round:
    """The call's round with its list frozen."""
    return rounds.freeze_round(by=SYSTEM, round=Round.objects.get(call=call), at=AFTER)


def drawn(call: Call, seed_value: dict[str, object] = THROWS) -> Round:
    """The call's round, drawn."""
    return rounds.draw_round(by=SYSTEM, round=frozen(call), seed_value=seed_value, at=DRAWN_AT)


def open_offer(opening: Opening) -> Offer:
    """The first open offer of the opening."""
    return Offer.objects.filter(opening=opening, status=Offer.Status.OPEN).order_by("pk")[0]


def line_of(opening: Opening) -> list[int]:
    """The ids of the applications on the opening's waiting list, first in line first."""
    rows = WaitingPlace.objects.filter(opening=opening).order_by("place")
    return list(rows.values_list("application_id", flat=True))
