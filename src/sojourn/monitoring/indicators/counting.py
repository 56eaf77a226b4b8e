"""The records behind each indicator, as one set-based query: component, place, month, record, amount.

Nothing here reads why somebody left, or that somebody did: only whether a yes was live, and first days.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncMonth

from sojourn.monitoring.indicators.definitions import DEFINITIONS
from sojourn.participation.models import Attendance, Call, Engagement, Opening, Session
from sojourn.registry.consents import live_yes

Rows = QuerySet[Any]


class Counted(NamedTuple):
    """One record that counts, `amount` times, for the region of an organisation in a month."""

    record_id: int
    component_id: int
    organisation_id: int
    month: dt.date
    amount: int


def counted(code: str, starts_on: dt.date, ends_on: dt.date, on: dt.date) -> Iterator[Counted]:
    """The records that the indicator counts in [starts_on, ends_on), seen on the day `on`, by record id.

    The organisation is the one whose region the record falls to: the host or the sending one. Rows are
    streamed; nothing is held. Raises KeyError for a code without a definition.
    """
    rows, day, component, organisation, amount = _SOURCES[code](on)
    within = {
        f"{day}__gte": starts_on,
        f"{day}__lt": ends_on,
        f"{component}__track__in": DEFINITIONS[code].tracks,
    }
    lines = (
        rows.filter(**within)
        .annotate(counted_month=TruncMonth(day), counted_amount=amount)
        .values_list("pk", f"{component}_id", f"{organisation}_id", "counted_month", "counted_amount")
        .order_by("pk")
    )
    return (Counted(*line) for line in lines.iterator(chunk_size=5000))


class _Source(NamedTuple):
    """Rows that count, and the names of their day, component and organisation."""

    rows: Rows
    day: str
    component: str
    organisation: str
    amount: Any = Value(1)


def _begun(on: dt.date) -> Rows:
    """Engagements that have begun with everybody's yes. An empty period never begins."""
    rows = Engagement.objects.filter(starts_on__lte=on, ends_on__gt=F("starts_on"))
    return rows.filter(live_yes(F("starts_on"), F("component__code")))


def _present(on: dt.date) -> Rows:
    """Attendances by somebody whose yes was live on the day."""
    rows = Attendance.objects.filter(session__held_on__lte=on)
    return rows.filter(
        live_yes(F("session__held_on"), F("engagement__component__code"), person="engagement__person")
    )


def _held(on: dt.date) -> Rows:
    """Sessions at which somebody counts as present."""
    return Session.objects.filter(Exists(_present(on).filter(session=OuterRef("pk"))))


def _earlier(day: str) -> Q:
    """Rows before the outer one: by day, then by id."""
    return Q(**{f"{day}__lt": OuterRef(day)}) | Q(**{day: OuterRef(day), "pk__lt": OuterRef("pk")})


def _places_offered(_on: dt.date) -> _Source:
    rows = Opening.objects.filter(call__status=Call.Status.PUBLISHED, seats__gt=0)
    return _Source(rows, "starts_on", "call__component", "host", F("seats"))


def _people_taking_part(on: dt.date) -> _Source:
    before = _begun(on).filter(
        _earlier("starts_on"), person=OuterRef("person"), component=OuterRef("component")
    )
    return _Source(_begun(on).filter(~Exists(before)), "starts_on", "component", "sending")


def _sessions_held(on: dt.date) -> _Source:
    return _Source(_held(on), "held_on", "opening__call__component", "opening__host")


def _visits_held(on: dt.date) -> _Source:
    rows = Opening.objects.filter(Exists(_held(on).filter(opening=OuterRef("pk"))))
    return _Source(rows, "starts_on", "call__component", "host")


def _days_of_stay(on: dt.date) -> _Source:
    same_day = _present(on).filter(
        pk__lt=OuterRef("pk"),
        engagement__person=OuterRef("engagement__person"),
        engagement__component=OuterRef("engagement__component"),
        session__held_on=OuterRef("session__held_on"),
    )
    rows = _present(on).filter(~Exists(same_day))
    return _Source(rows, "session__held_on", "engagement__component", "engagement__sending")


def _hosts_taking_part(on: dt.date) -> _Source:
    before = _held(on).filter(
        _earlier("held_on"),
        opening__host=OuterRef("opening__host"),
        opening__call__component=OuterRef("opening__call__component"),
    )
    return _Source(_held(on).filter(~Exists(before)), "held_on", "opening__call__component", "opening__host")


_SOURCES: dict[str, Callable[[dt.date], _Source]] = {
    "places_offered": _places_offered,
    "people_taking_part": _people_taking_part,
    "sessions_held": _sessions_held,
    "visits_held": _visits_held,
    "days_of_stay": _days_of_stay,
    "hosts_taking_part": _hosts_taking_part,
}
