"""Who may say who they are, and add the minors in their care."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Account, Guardianship, Person, live
from sojourn.registry.rules import ADULT_FROM

MOST_CHILDREN = 12


def may_register(*, by: Actor, account: Account, birth_on: dt.date, on: dt.date, **_rest: object) -> None:
    """An adult says once who they are; a minor needs no log-in."""
    if by.account_id is None or by.account_id != account.pk:
        raise UnseenError
    if account.person_id is not None:
        raise refuse("person.known", _("You have said who you are already."))
    if Person(birth_on=birth_on).age(on) < ADULT_FROM:
        raise refuse(
            "person.minor",
            _("A log-in is for people of 18 and over. Who cares for you can apply together with you."),
            where="birth_on",
        )


def may_add_child(*, by: Actor, birth_on: dt.date, on: dt.date, **_rest: object) -> None:
    """An adult adds the minors in their care."""
    guardian = by.must_be_person()
    age = Person(birth_on=birth_on).age(on)
    if birth_on > on or age >= ADULT_FROM:
        raise refuse(
            "child.age",
            _("Give the birthday of somebody under 18. An adult opens an own log-in."),
            where="birth_on",
        )
    if Guardianship.objects.filter(live(on), guardian_id=guardian).count() >= MOST_CHILDREN:
        raise refuse(
            "child.many", _("There are %(most)s minors in your care here already."), most=MOST_CHILDREN
        )
