"""Calls and openings as the public reads them; drafts and counts for the office that organises them."""

from collections.abc import Sequence
from typing import Annotated, Literal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from ninja import FilterLookup, FilterSchema, Schema

from sojourn.api.declared import Resource, Texts, texts
from sojourn.api.door import Caller
from sojourn.api.reading import UNASKED, Code, Day
from sojourn.connections.scopes import OFFICES
from sojourn.monitoring.queries import INSIDE
from sojourn.participation.models import Application, Call, Opening, Ticket

TAG = _("Calls")
Status = Literal["draft", "published", "cancelled"]


class CallOut(Schema):
    """A call; it takes applications on the days [opens_on, closes_on)."""

    code: str
    status: str
    component: str
    organiser: str
    titles: Texts
    summaries: Texts
    opens_on: Day
    closes_on: Day
    minimum_age: int
    maximum_age: int
    maximum_choices: int
    maximum_group: int
    answer_days: int
    openings: int
    seats: int


class OpeningOut(Schema):
    """One thing to apply for."""

    call: str
    code: str
    host: str
    titles: Texts
    starts_on: Day
    ends_on: Day
    seats: int


class CountOut(Schema):
    """How many apply to a call; null where so few apply that they could be told apart."""

    call: str
    applications: int | None
    tickets: int | None


class CallFilters(FilterSchema):
    """Which calls."""

    component: Annotated[Code, FilterLookup("component__code")] = UNASKED
    organiser: Annotated[Code, FilterLookup("organiser__code")] = UNASKED
    status: Annotated[Status, FilterLookup("status")] = UNASKED
    open_on: Day = UNASKED

    def filter_open_on(self, value: Day) -> Q:
        """Calls that take applications on the day."""
        return Q(status="published", opens_on__lte=value, closes_on__gt=value) if value else Q()


class OpeningFilters(FilterSchema):
    """Which openings."""

    call: Annotated[Code, FilterLookup("call__code")] = UNASKED
    host: Annotated[Code, FilterLookup("host__code")] = UNASKED
    starts_from: Annotated[Day, FilterLookup("starts_on__gte")] = UNASKED
    starts_before: Annotated[Day, FilterLookup("starts_on__lt")] = UNASKED


def seen(caller: Caller, prefix: str = "") -> Q:
    """Published calls, and those of the offices that the caller acts for."""
    published = Q(**{f"{prefix}status": Call.Status.PUBLISHED})
    offices = caller.actor.organisations(*OFFICES)
    return published | Q(**{f"{prefix}organiser__in": offices}) if offices else published


def _calls(caller: Caller) -> QuerySet[Call]:
    return Call.objects.filter(seen(caller)).select_related("component", "organiser")


def _show_calls(_caller: Caller, rows: Sequence[Call]) -> list[CallOut]:
    sizes = Opening.objects.filter(call__in=[row.pk for row in rows]).values_list("call").order_by()
    known = {call: counts for call, *counts in sizes.annotate(Count("pk"), Sum("seats"))}
    return [
        CallOut.model_construct(
            code=row.code,
            status=row.status,
            component=row.component.code,
            organiser=row.organiser.code,
            titles=texts(row.titles),
            summaries=texts(row.summaries),
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            minimum_age=row.minimum_age,
            maximum_age=row.maximum_age,
            maximum_choices=row.maximum_choices,
            maximum_group=row.maximum_group,
            answer_days=row.answer_days,
            openings=known.get(row.pk, [0, 0])[0],
            seats=known.get(row.pk, [0, 0])[1],
        )
        for row in rows
    ]


def _openings(caller: Caller) -> QuerySet[Opening]:
    return Opening.objects.filter(seen(caller, "call__")).select_related("call", "host")


def _show_openings(_caller: Caller, rows: Sequence[Opening]) -> list[OpeningOut]:
    return [
        OpeningOut.model_construct(
            call=row.call.code,
            code=row.code,
            host=row.host.code,
            titles=texts(row.titles),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            seats=row.seats,
        )
        for row in rows
    ]


def _own_calls(caller: Caller) -> QuerySet[Call]:
    return Call.objects.filter(organiser__in=caller.actor.organisations(*OFFICES))


def _show_counts(_caller: Caller, rows: Sequence[Call]) -> list[CountOut]:
    ids = [row.pk for row in rows]
    applied = dict(
        Application.objects.standing()
        .filter(call__in=ids)
        .values_list("call")
        .annotate(Count("pk"))
        .order_by()
    )
    tickets = Ticket.objects.filter(round__call__in=ids).values_list("round__call")
    drawn = dict(tickets.annotate(Count("pk")).order_by())
    return [
        CountOut.model_construct(
            call=row.code, applications=_large(applied.get(row.pk, 0)), tickets=_large(drawn.get(row.pk, 0))
        )
        for row in rows
    ]


def _large(count: int) -> int | None:
    return None if 0 < count < INSIDE else count


CALLS = Resource(
    name="calls",
    tag=TAG,
    summary=_("Published calls, and drafts of one’s own office"),
    out=CallOut,
    rows=_calls,
    show=_show_calls,
    filters=CallFilters,
    orders={"-opens_on": ("-opens_on", "code"), "opens_on": ("opens_on", "code"), "code": ("code",)},
)
OPENINGS = Resource(
    name="openings",
    tag=TAG,
    summary=_("What one can apply for"),
    out=OpeningOut,
    rows=_openings,
    show=_show_openings,
    filters=OpeningFilters,
    orders={"starts_on": ("starts_on", "pk"), "-starts_on": ("-starts_on", "-pk")},
    keys={"call": (Code, "call__code"), "code": (Code, "code")},
)
COUNTS = Resource(
    name="call-counts",
    tag=TAG,
    summary=_("How many apply to the calls of one’s own office"),
    out=CountOut,
    rows=_own_calls,
    show=_show_counts,
    scope="calls.counts",
    orders={"call": ("code",)},
    keys={"call": (Code, "code")},
)
