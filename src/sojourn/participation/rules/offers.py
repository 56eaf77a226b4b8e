"""Rules of answering an offer and of leaving."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Offer
from sojourn.participation.rules.applications import must_be_standing
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Person
from sojourn.registry.rules import must_act_for


def may_accept_offer(*, by: Actor, offer: Offer, person: Person, on: dt.date, **_rest: object) -> None:
    """Each person, or a minor’s guardian, takes the own seat, in time."""
    must_be_offered_to(by, offer, person, on)
    must_be_standing(offer.application)
    if offer.engagements.filter(person=person).exists():
        raise refuse("offer.accepted", _("You have accepted this place already."))
    if on > offer.answer_by or not offer.seats.filter(person=person).exists():
        raise refuse(
            "offer.lapsed",
            _("This offer could be accepted until %(day)s and has passed to the next in line."),
            day=offer.answer_by.isoformat(),
        )


def may_decline_offer(*, by: Actor, offer: Offer, person: Person, on: dt.date, **_rest: object) -> None:
    """Each person, or a minor’s guardian, declines the own seat; no reason is asked for."""
    must_be_offered_to(by, offer, person, on)
    if not offer.seats.filter(person=person).exists():
        raise refuse("offer.answered", _("There is no open offer to decline."))


def must_be_offered_to(by: Actor, offer: Offer, person: Person, on: dt.date) -> None:
    """Refuse to show an offer to anyone who does not act for this person of its application."""
    must_act_for(by, [person], on)
    if not offer.application.members.filter(person=person).exists():
        raise UnseenError


def may_lapse_offers(**_rest: object) -> None:
    """Offers whose day is over lapse by the clock, which alone holds the verb."""


def may_leave(*, by: Actor, engagement: Engagement, on: dt.date, **_rest: object) -> None:
    """The person, or a minor's guardian, leaves at any time; nobody else has a say, no reason is asked."""
    must_act_for(by, [engagement.person], on)
    if engagement.ends_on <= on:
        raise refuse("engagement.over", _("This has ended already."))
