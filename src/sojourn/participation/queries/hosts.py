"""What a host reads of its own openings: counts, staff, sessions. Names come from `read_roster` alone."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from sojourn.participation.models import (
    Departure,
    Engagement,
    OfferedSeat,
    Opening,
    Session,
    WaitingPlace,
)
from sojourn.participation.queries.names import full_name
from sojourn.participation.rules.safety import valid_until
from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, live
from sojourn.registry.rules import must_hold_post, vetting_periods

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HostedOpening:
    """An opening in the host's list, in seats; `waiting` counts applications while the list can move."""

    call_code: str
    code: str
    titles: Texts
    call_titles: Texts
    host: Texts
    starts_on: dt.date
    ends_on: dt.date
    seats: int
    taken: int
    offered: int
    waiting: int
    sessions: int
    has_begun: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with how many were there and how many adults led it."""

    held_on: dt.date
    titles: Texts
    present: int
    adults: int


@dataclass(frozen=True, slots=True)
class StaffLine:
    """An adult of the host; `valid_until` is the first day without vetting, None without it already."""

    account_id: int
    name: str
    valid_until: dt.date | None


@dataclass(frozen=True, slots=True)
class DepartureLine:
    """A group that set out, and with how many adults."""

    left_on: dt.date
    adults: int


def hosted_openings(by: Actor, *, on: dt.date) -> list[HostedOpening]:
    """The openings of the actor's own institutions: those under way or to come first, then the past ones."""
    rows = (
        Opening.objects.filter(host__in=by.organisations(*HOSTS), call__status="published")
        .select_related("call", "host")
        .order_by("starts_on", "code", "pk")
    )
    lines = hosted_lines(list(rows), on=on)
    return sorted(lines, key=lambda line: line.is_over)


def hosted_opening(by: Actor, call_code: str, code: str) -> Opening:
    """One opening of the actor's own institutions.

    Raises:
        UnseenError: There is none with these codes, or somebody else hosts it.
    """
    rows = Opening.objects.filter(call__code=call_code, call__status="published", code=code)
    opening = rows.select_related("call", "host").first()
    if opening is None:
        raise UnseenError
    must_hold_post(by, opening.host_id, *HOSTS)
    return opening


def hosted_line(opening: Opening, *, on: dt.date) -> HostedOpening:
    """The counts of one opening whose call and host were read with it."""
    return hosted_lines([opening], on=on)[0]


def sessions_of(opening: Opening) -> list[SessionLine]:
    """The sessions held, the last first."""
    rows = Session.objects.filter(opening=opening).annotate(
        present=Count("attendances", distinct=True), leaders=Count("adults", distinct=True)
    )
    return [
        SessionLine(row.held_on, row.titles, row.present, row.leaders)
        for row in rows.order_by("-held_on", "-pk")
    ]


def vetted_staff(opening: Opening, *, on: dt.date) -> list[StaffLine]:
    """Adults who hold a post of the host on the day and whose vetting is valid on it, by their log-in."""
    return [line for line in staff(opening, on=on) if line.valid_until is not None]


def staff(opening: Opening, *, on: dt.date) -> list[StaffLine]:
    """Adults who hold a post of the host on the day, by their log-in, vetted or not."""
    accounts = list(
        Account.objects.filter(
            live(on, "memberships__"),
            is_active=True,
            memberships__organisation=opening.host_id,
            memberships__role__in=HOSTS,
        )
        .select_related("person")
        .order_by("email")
        .distinct()
    )
    periods = vetting_periods(account.pk for account in accounts)
    return [StaffLine(row.pk, _name(row), valid_until(periods[row.pk], on)) for row in accounts]


def last_departure(opening: Opening) -> DepartureLine | None:
    """The latest confirmed departure of the opening's group."""
    rows = Departure.objects.filter(opening=opening).annotate(leaders=Count("adults"))
    latest = rows.order_by("-left_on", "-pk").first()
    return DepartureLine(latest.left_on, latest.leaders) if latest else None


def _name(account: Account) -> str:
    return full_name(account.person) if account.person else account.email


def hosted_lines(rows: Sequence[Opening], *, on: dt.date) -> list[HostedOpening]:
    """Openings, whose calls and hosts were read with them, in counts: four queries for all."""
    ids = [row.pk for row in rows]
    taken = _per_opening(Engagement.objects.filter(opening__in=ids).order_by(), Count("pk"))
    offered = dict(
        OfferedSeat.objects.filter(offer__opening__in=ids)
        .order_by()
        .values_list("offer__opening")
        .annotate(n=Count("pk"))
    )
    waiting = _per_opening(WaitingPlace.objects.filter(opening__in=ids).order_by(), Count("pk"))
    sessions = _per_opening(Session.objects.filter(opening__in=ids).order_by(), Count("pk"))
    return [
        HostedOpening(
            call_code=row.call.code,
            code=row.code,
            titles=row.titles,
            call_titles=row.call.titles,
            host=row.host.names,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            seats=row.seats,
            taken=taken.get(row.pk, 0),
            offered=offered.get(row.pk, 0),
            waiting=waiting.get(row.pk, 0) if on < row.starts_on else 0,
            sessions=sessions.get(row.pk, 0),
            has_begun=row.starts_on <= on,
            is_over=row.ends_on <= on,
        )
        for row in rows
    ]


def _per_opening(rows: Iterable[object], total: Count) -> dict[int, int]:
    return dict(rows.values_list("opening").annotate(n=total))  # type: ignore[attr-defined]
