"""What waits for somebody: offers to answer, applications on their way, stays."""

import datetime as dt
from dataclasses import dataclass

from sojourn.participation.models import Call, Engagement
from sojourn.participation.queries.applicants.lines import (
    ApplicationLine,
    StayLine,
    Texts,
    application_line,
    concerning,
    stay_line,
    with_all_of_it,
)
from sojourn.records.actor import Actor
from sojourn.registry.queries import people_acted_for


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that takes applications, with its last day."""

    code: str
    titles: Texts
    summaries: Texts
    component: Texts
    closes_on: dt.date
    minimum_age: int
    maximum_age: int


@dataclass(frozen=True, slots=True)
class MyPlace:
    """Everything that concerns the actor's own person and the minors in the actor's care."""

    offers: tuple[ApplicationLine, ...]
    applications: tuple[ApplicationLine, ...]
    stays: tuple[StayLine, ...]
    calls: tuple[OpenCall, ...]


def my_place(by: Actor, *, on: dt.date) -> MyPlace:
    """Open offers with the most urgent first, standing applications, stays, calls one could apply to."""
    people = people_acted_for(by, on=on)
    known = frozenset(person.pk for person in people)
    rows = with_all_of_it(concerning(by, people).standing(), on).order_by("-submitted_on", "-pk")
    lines = [application_line(row, known, on) for row in rows]
    stays = Engagement.objects.filter(person__in=known).select_related("person", "opening__host")
    offered = [line for line in lines if line.offer is not None]
    return MyPlace(
        offers=tuple(sorted(offered, key=lambda line: line.offer.answer_by if line.offer else on)),
        applications=tuple(line for line in lines if line.offer is None),
        stays=tuple(stay_line(row, on) for row in stays.order_by("-starts_on", "pk")),
        calls=open_calls(on=on),
    )


def open_calls(*, on: dt.date) -> tuple[OpenCall, ...]:
    """The calls that take applications on the day, the one that closes first at the top."""
    rows = Call.objects.open(on).select_related("component").order_by("closes_on", "code")
    return tuple(
        OpenCall(
            row.code,
            row.titles,
            row.summaries,
            row.component.titles,
            row.closes_on,
            row.minimum_age,
            row.maximum_age,
        )
        for row in rows
    )
