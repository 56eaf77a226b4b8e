"""The dates that concern an account: own stays and answers, openings one works at, calls one organises."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F

from sojourn.participation.models import Call, Engagement, Member, Offer, Opening, Session
from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.registry.queries import people_acted_for
from sojourn.registry.rules import OFFICES

ONE_DAY = dt.timedelta(days=1)


class Occasion(StrEnum):
    """What a date is."""

    STAY = "stay"
    ANSWER = "answer"  # the last day on which an offer can be accepted
    SESSION = "session"
    OPENING = "opening"  # at one's own institution
    CALL_CLOSES = "call_closes"  # the last day of a call


@dataclass(frozen=True, slots=True)
class Dated:
    """An occasion on the days [starts_on, ends_on); `number` names its row, and no person is in it."""

    occasion: Occasion
    number: int
    titles: Mapping[str, str]
    starts_on: dt.date
    ends_on: dt.date


def dates_of(by: Actor, *, since: dt.date, on: dt.date) -> list[Dated]:
    """Everything dated that concerns the actor and ends after `since`, in order of its first day."""
    found = [*_own(by, since, on), *_worked_at(by, since), *_organised(by, since)]
    return sorted(found, key=lambda dated: (dated.starts_on, dated.occasion, dated.number))


def _own(by: Actor, since: dt.date, on: dt.date) -> Iterator[Dated]:
    people = [person.pk for person in people_acted_for(by, on=on)]
    known = Engagement.objects.filter(person__in=people, ends_on__gt=since)
    stays = known.filter(ends_on__gt=F("starts_on"))  # not those that were left before they began
    for stay in stays.select_related("opening").order_by("pk"):
        yield Dated(Occasion.STAY, stay.pk, stay.opening.titles, stay.starts_on, stay.ends_on)
    held = Session.objects.filter(opening__engagements__in=stays.order_by(), held_on__gt=since).distinct()
    for session in held.order_by("pk"):
        yield _session(session)
    applications = Member.objects.filter(person__in=people).order_by().values("application_id")
    offers = Offer.objects.filter(application__in=applications, status=Offer.Status.OPEN, answer_by__gte=on)
    for offer in offers.select_related("opening").order_by("pk"):
        yield Dated(
            Occasion.ANSWER, offer.pk, offer.opening.titles, offer.answer_by, offer.answer_by + ONE_DAY
        )


def _worked_at(by: Actor, since: dt.date) -> Iterator[Dated]:
    openings = Opening.objects.filter(
        host__in=by.organisations(*HOSTS), call__status=Call.Status.PUBLISHED, ends_on__gt=since
    )
    for opening in openings.order_by("pk"):
        yield Dated(Occasion.OPENING, opening.pk, opening.titles, opening.starts_on, opening.ends_on)
    for session in Session.objects.filter(opening__in=openings.order_by(), held_on__gt=since).order_by("pk"):
        yield _session(session)


def _organised(by: Actor, since: dt.date) -> Iterator[Dated]:
    calls = Call.objects.published().filter(organiser__in=by.organisations(*OFFICES), closes_on__gt=since)
    for call in calls.order_by("pk"):
        yield Dated(Occasion.CALL_CLOSES, call.pk, call.titles, call.closes_on - ONE_DAY, call.closes_on)


def _session(session: Session) -> Dated:
    return Dated(Occasion.SESSION, session.pk, session.titles, session.held_on, session.held_on + ONE_DAY)
