"""What an institution hosts: its openings in seats, and its sessions in counts. Names stay on the roster."""

from collections.abc import Sequence
from typing import Annotated

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import FilterLookup, FilterSchema, Schema

from sojourn.api.declared import Number, Resource, Texts, texts
from sojourn.api.door import Caller
from sojourn.api.reading import UNASKED, Code, Day
from sojourn.participation.models import Opening, Session
from sojourn.participation.queries.hosts import hosted_lines
from sojourn.participation.rules.sessions import HOSTS

TAG = _("Openings that one hosts")


class HostedOut(Schema):
    """An opening in seats: offered by the host, taken, offered to somebody, waited for."""

    call: str
    code: str
    titles: Texts
    starts_on: Day
    ends_on: Day
    seats: int
    taken: int
    offered: int
    waiting: int
    sessions: int


class SessionOut(Schema):
    """A session with how many were there, and how many adults led it."""

    number: int
    call: str
    opening: str
    held_on: Day
    titles: Texts
    present: int
    adults: int


class SessionFilters(FilterSchema):
    """Which sessions."""

    call: Annotated[Code, FilterLookup("opening__call__code")] = UNASKED
    opening: Annotated[Code, FilterLookup("opening__code")] = UNASKED
    held_from: Annotated[Day, FilterLookup("held_on__gte")] = UNASKED
    held_before: Annotated[Day, FilterLookup("held_on__lt")] = UNASKED


def _hosted(caller: Caller) -> QuerySet[Opening]:
    own = Opening.objects.filter(host__in=caller.actor.organisations(*HOSTS), call__status="published")
    return own.select_related("call", "host")


def _show_hosted(caller: Caller, rows: Sequence[Opening]) -> list[HostedOut]:
    return [
        HostedOut.model_construct(
            call=line.call_code,
            code=line.code,
            titles=texts(line.titles),
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            seats=line.seats,
            taken=line.taken,
            offered=line.offered,
            waiting=line.waiting,
            sessions=line.sessions,
        )
        for line in hosted_lines(rows, on=caller.on)
    ]


def _sessions(caller: Caller) -> QuerySet[Session]:
    own = Session.objects.filter(
        opening__host__in=caller.actor.organisations(*HOSTS), opening__call__status="published"
    )
    return own.select_related("opening__call").annotate(
        present=Count("attendances", distinct=True), leaders=Count("adults", distinct=True)
    )


def _show_sessions(_caller: Caller, rows: Sequence[Session]) -> list[SessionOut]:
    return [
        SessionOut.model_construct(
            number=row.pk,
            call=row.opening.call.code,
            opening=row.opening.code,
            held_on=row.held_on,
            titles=texts(row.titles),
            present=row.present,  # type: ignore[attr-defined]  # annotated above
            adults=row.leaders,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


HOSTED = Resource(
    name="hosted-openings",
    tag=TAG,
    summary=_("The openings of one’s own institution, in seats"),
    out=HostedOut,
    rows=_hosted,
    show=_show_hosted,
    scope="openings.hosted",
    orders={"starts_on": ("starts_on", "pk"), "-starts_on": ("-starts_on", "-pk")},
    keys={"call": (Code, "call__code"), "code": (Code, "code")},
)
SESSIONS = Resource(
    name="sessions",
    tag=TAG,
    summary=_("The sessions of one’s own institution, in counts"),
    out=SessionOut,
    rows=_sessions,
    show=_show_sessions,
    scope="openings.hosted",
    filters=SessionFilters,
    orders={"-held_on": ("-held_on", "-pk"), "held_on": ("held_on", "pk")},
    keys={"number": (Number, "pk")},
)
