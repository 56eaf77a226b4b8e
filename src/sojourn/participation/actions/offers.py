"""Answers to offers, and leaving: each person for themselves. What comes back goes to the next in line."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from sojourn.participation.actions.seats import locked, locked_with_lines, move_up, settle
from sojourn.participation.models import (
    Application,
    Engagement,
    Offer,
    OfferedSeat,
    Opening,
    WaitingPlace,
)
from sojourn.participation.rules import offers as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.moves import moved
from sojourn.records.refusal import refuse
from sojourn.registry.consents import Needs
from sojourn.registry.models import Person


@action(
    "offer.accept",
    rules.may_accept_offer,
    consent=Needs(
        people=lambda person, **_rest: [person],
        component=lambda offer, **_rest: offer.opening.call.component.code,
    ),
)
def accept_offer(*, by: Actor, offer: Offer, person: Person, on: dt.date) -> Offer:
    """Take one person's seat: an engagement. The seats of the others are theirs to answer for.

    The application waits nowhere else from now on.
    """
    opening = locked(offer.opening_id)
    if Engagement.objects.filter(opening=opening).count() >= opening.seats:
        raise refuse(
            "offer.full", _("Others took the last seats a moment ago, so this offer cannot be accepted.")
        )
    held, _by_model = OfferedSeat.objects.filter(offer=offer, person=person).delete()
    if not held:
        raise moved()
    Engagement.objects.create(
        person=person,
        component_id=opening.call.component_id,
        opening=opening,
        offer=offer,
        sending_id=offer.application.sending_id,
        starts_on=opening.starts_on,
        ends_on=opening.ends_on,
    )
    settle(offer)
    WaitingPlace.objects.filter(application=offer.application_id).delete()
    return offer


@action(
    "offer.decline",
    rules.may_decline_offer,
    consent="nobody has to have said yes before they may say no",
    leaves_no_trace=True,
)
def decline_offer(*, by: Actor, offer: Offer, person: Person, on: dt.date) -> Offer:
    """Say no to one person's seat; it goes to the next in line. Afterwards it looks as if it had lapsed."""
    opening = locked_with_lines(offer.opening_id)
    rules.may_decline_offer(by=by, offer=offer, person=person, on=on)  # or accepted a moment ago
    OfferedSeat.objects.filter(offer=offer, person=person).delete()
    settle(offer)
    move_up(opening, on)
    return offer


@action(
    "offer.lapse",
    rules.may_lapse_offers,
    consent="seats that are passed on are offered only to people whose yes is live",
)
def lapse_offers(*, by: Actor, on: dt.date) -> list[Offer]:
    """Close every offer whose last day is over, and pass the seats on. Gives back the new offers.

    In a group those who have answered keep what they have.
    """
    due = Offer.objects.filter(status=Offer.Status.OPEN, answer_by__lt=on)
    made: list[Offer] = []
    openings = Opening.objects.filter(pk__in=due.order_by().values("opening_id"))
    for opening_id in openings.order_by("call_id", "pk").values_list("pk", flat=True):
        opening = locked_with_lines(opening_id)
        OfferedSeat.objects.filter(offer__in=due.filter(opening=opening)).delete()
        for offer in due.filter(opening=opening).order_by("pk"):
            settle(offer)
        made += move_up(opening, on)
    return made


@action(
    "engagement.leave",
    rules.may_leave,
    consent="leaving needs nobody’s yes",
    leaves_no_trace=True,
)
def leave(*, by: Actor, engagement: Engagement, on: dt.date) -> None:
    """Leave. Before the first day the seat goes to the next in line; later it is an end like any other."""
    end_engagement(engagement, on)


def end_engagement(engagement: Engagement, on: dt.date) -> None:
    """The end of one person's taking part, on the day; nobody else's."""
    if engagement.starts_on <= on:
        Engagement.objects.filter(pk=engagement.pk).update(ends_on=on)
        return
    opening = locked_with_lines(engagement.opening_id)
    engagement.delete()
    if engagement.offer is not None:
        settle(engagement.offer)
    move_up(opening, on)


def give_back_seats(application: Application, people: Iterable[int], on: dt.date) -> None:
    """Close what is still open for these people of an application; the seats go to the next in line."""
    held = OfferedSeat.objects.filter(offer__application=application, person__in=list(people))
    for offer in Offer.objects.filter(pk__in=held.order_by().values("offer_id")).order_by("pk"):
        opening = locked_with_lines(offer.opening_id)
        held.filter(offer=offer).delete()
        settle(offer)
        move_up(opening, on)
