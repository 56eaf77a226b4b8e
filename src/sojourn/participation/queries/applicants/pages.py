"""One application with its reasons, and one stay."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch

from sojourn.core.draw import ChoiceReason, Outcome
from sojourn.participation.models import (
    Application,
    Attendance,
    Engagement,
    Offer,
    Preference,
    Ticket,
)
from sojourn.participation.queries.applicants.lines import (
    ApplicationLine,
    OpeningLine,
    SeatLine,
    State,
    StayLine,
    Texts,
    application_line,
    opening_line,
    stay_line,
    with_all_of_it,
)
from sojourn.participation.queries.names import full_name
from sojourn.participation.rules.applications import may_rank, must_be_applicant
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Person
from sojourn.registry.queries import people_acted_for
from sojourn.registry.rules import must_act_for


@dataclass(frozen=True, slots=True)
class TicketLine:
    """The pseudonym in the published files, and after the draw its place in the order of how many."""

    code: str
    place_in_order: int | None
    of: int
    size: int


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A ranked choice; after the draw with its reason, and with the place in line of those who still wait."""

    rank: int
    opening: OpeningLine
    reason: ChoiceReason | None
    waiting_now: int | None


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """All that its own people read of one application."""

    line: ApplicationLine
    component: Texts
    sending: Texts
    submitted_on: dt.date
    choices: tuple[ChoiceLine, ...]
    ticket: TicketLine | None
    stays: tuple[StayLine, ...]
    join_code: str
    can_change: bool
    own: tuple[SeatLine, ...]  # those of its people whom the reader acts for

    @property
    def can_withdraw(self) -> bool:
        """Whether there is something to take back; an accepted place is left instead."""
        return self.line.state not in {State.WITHDRAWN, State.ACCEPTED, State.ENDED}

    @property
    def is_drawn(self) -> bool:
        """Whether the draw has told why."""
        return self.ticket is not None and self.ticket.place_in_order is not None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of a stay, and whether the person was noted as there."""

    held_on: dt.date
    titles: Texts
    was_there: bool


@dataclass(frozen=True, slots=True)
class StayPage:
    """One stay with its sessions, and whose it is."""

    line: StayLine
    component: Texts
    sessions: tuple[SessionLine, ...]


def own_application(by: Actor, reference: str, *, on: dt.date) -> Application:
    """The application, for those who handed it in or act for one of its people.

    Raises:
        UnseenError: There is none with this reference, or it is somebody else's.
    """
    rows = Application.objects.select_related("call__component", "call__round", "sending", "group")
    application = rows.filter(reference=reference).first()
    if application is None:
        raise UnseenError
    must_be_applicant(by, application, on)
    return application


def own_people(by: Actor, application: Application, *, on: dt.date) -> list[Person]:
    """Those of an application's people whom the actor acts for; never the others of a group."""
    known = {person.pk for person in people_acted_for(by, on=on)}
    rows = application.members.filter(person__in=known).select_related("person")
    return [row.person for row in rows.order_by("pk")]


def own_offer(by: Actor, reference: str, *, on: dt.date) -> Offer:
    """The newest offer to one's own application, whatever its state.

    Raises:
        UnseenError: The application was never offered anything, or is somebody else's.
    """
    application = own_application(by, reference, on=on)
    rows = Offer.objects.filter(application=application).select_related(
        "application__call", "opening__call__component", "opening__host"
    )
    offer = rows.order_by("-pk").first()
    if offer is None:
        raise UnseenError
    return offer


def own_engagement(by: Actor, number: int, *, on: dt.date) -> Engagement:
    """The engagement of the actor or of a minor in the actor's care.

    Raises:
        UnseenError: There is none with this number, or it is somebody else's.
    """
    rows = Engagement.objects.select_related("person", "component", "opening__host", "offer")
    engagement = rows.filter(pk=number).first()
    if engagement is None:
        raise UnseenError
    must_act_for(by, [engagement.person], on)
    return engagement


def application_page(by: Actor, reference: str, *, on: dt.date) -> ApplicationPage:
    """The page of one's own application; `UnseenError` for anybody else's."""
    application = own_application(by, reference, on=on)
    choices = Preference.objects.select_related("opening__host").order_by("rank")
    row = (
        with_all_of_it(Application.objects.filter(pk=application.pk), on)
        .select_related("call__component", "call__round", "group", "sending")
        .prefetch_related(Prefetch("preferences", queryset=choices))
        .get()
    )
    known = frozenset(person.pk for person in people_acted_for(by, on=on))
    line = application_line(row, known, on)
    stays = Engagement.objects.filter(offer__application=row, person__in=known)
    return ApplicationPage(
        line=line,
        component=row.call.component.titles,
        sending=row.sending.names,
        submitted_on=row.submitted_on,
        choices=_choices(row, line),
        ticket=ticket_line(row),
        stays=tuple(
            stay_line(stay, on) for stay in stays.select_related("person", "opening__host").order_by("pk")
        ),
        join_code=row.group.join_code if row.group and line.state == State.OPEN else "",
        can_change=line.state == State.OPEN and may_rank(by, row, on),
        own=tuple(
            SeatLine(member.person_id, full_name(member.person))
            for member in row.members.all()
            if member.person_id in known
        ),
    )


def stay_page(by: Actor, number: int, *, on: dt.date) -> StayPage:
    """The page of one's own stay; `UnseenError` for anybody else's."""
    row = own_engagement(by, number, on=on)
    attended = set(Attendance.objects.filter(engagement=row).values_list("session_id", flat=True).order_by())
    sessions = row.opening.sessions.filter(held_on__gte=row.starts_on, held_on__lt=row.ends_on)
    return StayPage(
        line=stay_line(row, on),
        component=row.component.titles,
        sessions=tuple(
            SessionLine(session.held_on, session.titles, session.pk in attended)
            for session in sessions.order_by("held_on", "pk")
        ),
    )


def ticket_line(application: Application) -> TicketLine | None:
    """The ticket of an application, once the list is frozen."""
    ticket = ticket_of(application)
    if ticket is None:
        return None
    of = Ticket.objects.filter(round=ticket.round_id).count()
    size = ticket.reason["size"] if ticket.reason else application.members.count()
    return TicketLine(ticket.code, ticket.place_in_order, of, size)


def ticket_of(application: Application) -> Ticket | None:
    """The ticket's row, or None before the freeze and for applications that the freeze left out."""
    try:
        return application.ticket
    except ObjectDoesNotExist:
        return None


def reasons_of(ticket: Ticket | None) -> dict[str, ChoiceReason]:
    """What the draw says of each choice, by the code of its opening; empty before the draw."""
    told: Mapping[str, Any] = (ticket.reason if ticket else None) or {}
    return {
        raw["opening"]: ChoiceReason(**{**raw, "outcome": Outcome(raw["outcome"])})
        for raw in told.get("choices", ())
    }


def _choices(row: Application, line: ApplicationLine) -> tuple[ChoiceLine, ...]:
    reasons = reasons_of(ticket_of(row))
    waiting = {place.opening_code: place.now for place in line.waiting}
    return tuple(
        ChoiceLine(
            choice.rank,
            opening_line(choice.opening),
            reasons.get(choice.opening.code),
            waiting.get(choice.opening.code),
        )
        for choice in row.preferences.all()
    )
