"""Rules of answering an offer and of leaving."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Offer
from sojourn.participation.rules.applications import must_be_applicant, must_be_standing
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry.models import Person
from sojourn.registry.rules import must_act_for, without_consent


def may_accept_offer(*, by: Actor, offer: Offer, on: dt.date, **_rest: object) -> None:
    """Whoever applied accepts, in time, while everybody's consent is live."""
    must_be_applicant(by, offer.application, on)
    must_be_standing(offer.application)
    if offer.status == Offer.Status.ACCEPTED:
        raise refuse("offer.accepted", _("You have accepted this place already."))
    if offer.status == Offer.Status.CLOSED or on > offer.answer_by:
        raise refuse(
            "offer.lapsed",
            _("This offer could be accepted until %(day)s and has passed to the next in line."),
            day=offer.answer_by.isoformat(),
        )
    if without_consent(people_of(offer), offer.opening.call.component.code, on):
        raise refuse(
            "offer.consent",
            _("Somebody’s consent has ended. Give it again on “My data” if you want to, then accept."),
        )


def may_decline_offer(*, by: Actor, offer: Offer, on: dt.date, **_rest: object) -> None:
    """Whoever applied declines an open offer; no reason is asked for."""
    must_be_applicant(by, offer.application, on)
    if offer.status != Offer.Status.OPEN:
        raise refuse("offer.answered", _("There is no open offer to decline."))


def may_lapse_offers(**_rest: object) -> None:
    """Offers whose day is over lapse by the clock, which alone holds the verb."""


def may_leave(*, by: Actor, engagement: Engagement, on: dt.date, **_rest: object) -> None:
    """The person, or a minor's guardian, leaves at any time; nobody else has a say, no reason is "
    "asked for."""
    must_act_for(by, [engagement.person], on)
    if engagement.ends_on <= on:
        raise refuse("engagement.over", _("This has ended already."))


def people_of(offer: Offer) -> list[Person]:
    """Everybody whom the offer would seat."""
    return [row.person for row in offer.application.members.select_related("person").order_by("pk")]
