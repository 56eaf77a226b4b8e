"""What taking part tells people: that something has come, or that a date comes near.

The words are the same whatever came out: who reads a screen over a shoulder learns nothing of the result.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from sojourn.contact.telling import News, tell
from sojourn.participation.models import Application, Engagement, Member, Offer, OfferedSeat, Round
from sojourn.participation.rules.reminders import may_remind
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Consent, Person

OFFER_ENDS_IN = dt.timedelta(days=3)
STAY_BEGINS_IN = dt.timedelta(days=7)
YES_ENDS_IN = dt.timedelta(days=30)


def tell_received(application: Application, people: Iterable[Person], on: dt.date) -> None:
    """Tell those who act for the people that an application has arrived."""
    everybody = frozenset(person.pk for person in people)
    about = {"reference": application.reference}
    tell([News("application.received", f"application {application.pk}", everybody, about)], on=on)


def tell_drawn(round_: Round, on: dt.date) -> None:
    """Tell everybody whose application stood in a draw that it is done."""
    drawn = Application.objects.standing().filter(ticket__round=round_)
    people = _people_of(drawn.order_by().values_list("pk", flat=True))
    tell(
        (
            News("round.drawn", f"application {pk}", people[pk], {"reference": reference})
            for pk, reference in drawn.order_by("pk").values_list("pk", "reference")
        ),
        on=on,
    )


def tell_offered(offer: Offer, on: dt.date) -> None:
    """Tell those whom a waiting list has brought a place."""
    _tell_of_offers("offer.made", [offer], on)


@action("reminder.send", may_remind, consent="telling that a day comes near does nothing to anybody")
def remind(*, by: Actor, on: dt.date) -> int:
    """Tell of the offers, stays and yeses whose day comes near: once each, however often it is asked for."""
    ending = Offer.objects.filter(
        status=Offer.Status.OPEN, answer_by__gte=on, answer_by__lte=on + OFFER_ENDS_IN
    ).exclude(offered_on__gt=on - OFFER_ENDS_IN)
    told = _tell_of_offers("offer.ends", ending.select_related("application").order_by("pk"), on)
    stays = Engagement.objects.filter(starts_on__gt=on, starts_on__lte=on + STAY_BEGINS_IN).order_by("pk")
    told += tell((_stay(stay) for stay in stays.iterator()), on=on)
    yeses = Consent.objects.filter(ends_on__gt=on, ends_on__lte=on + YES_ENDS_IN, starts_on__lt=on)
    return told + tell((_yes(consent) for consent in yeses.order_by("pk").iterator()), on=on)


def _tell_of_offers(kind: str, offers: Iterable[Offer], on: dt.date) -> int:
    offers = list(offers)
    people: dict[int, set[int]] = defaultdict(set)
    for seat in OfferedSeat.objects.filter(offer__in=offers).order_by():
        people[seat.offer_id].add(seat.person_id)
    return tell(
        (
            News(
                kind,
                f"offer {offer.pk}",
                frozenset(people[offer.pk]),
                {"reference": offer.application.reference, "until": offer.answer_by.isoformat()},
            )
            for offer in offers
        ),
        on=on,
    )


def _stay(stay: Engagement) -> News:
    about: dict[str, str | int] = {"stay": stay.pk, "starts": stay.starts_on.isoformat()}
    return News("stay.begins", f"stay {stay.pk}", frozenset({stay.person_id}), about)


def _yes(consent: Consent) -> News:
    """One message for all the yeses of a person that end on one day."""
    key = f"person {consent.person_id} {consent.ends_on}"
    about = {"until": consent.ends_on.isoformat()}
    return News("consent.ends", key, frozenset({consent.person_id}), about)


def _people_of(application_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    people: dict[int, set[int]] = defaultdict(set)
    rows = Member.objects.filter(application__in=list(application_ids))
    for application, person in rows.order_by().values_list("application_id", "person_id"):
        people[application].add(person)
    return defaultdict(frozenset, {pk: frozenset(ids) for pk, ids in people.items()})
