"""Who may correct, erase and let go."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Member
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry.models import Person
from sojourn.registry.rules import must_act_for


def may_erase(*, by: Actor, person: Person, on: dt.date, **_rest: object) -> None:
    """The person, and a minor's guardian. Nobody has to agree, and no reason is asked."""
    must_act_for(by, [person], on)


def may_correct(*, by: Actor, person: Person, birth_on: dt.date, on: dt.date, **_rest: object) -> None:
    """Names and language at any time; the day of birth until somebody relies on the age."""
    must_act_for(by, [person], on)
    if birth_on == person.birth_on:
        return
    if not dt.date(1900, 1, 1) < birth_on <= on:
        raise refuse("person.birth", _("Enter a day of birth that lies in the past."), where="birth_on")
    if relied_on(person):
        raise refuse(
            "person.age_in_use",
            _(
                "An application or a stay relies on this age. Ask the organisation that runs the activity to "
                "check it, or withdraw first."
            ),
            where="birth_on",
        )


def may_tend(**_rest: object) -> None:
    """Things go by the clock when their time is over; the clock alone holds these verbs."""


def relied_on(person: Person) -> bool:
    """Whether an application or a stay was accepted by the age that is on record."""
    return Member.objects.filter(person=person).exists() or Engagement.objects.filter(person=person).exists()
