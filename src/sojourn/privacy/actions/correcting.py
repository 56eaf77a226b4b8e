"""Correct what is on record about oneself, or about a minor in one's care."""

import datetime as dt

from sojourn.privacy import rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Person


@action("person.correct", rules.may_correct, consent="the person’s own act about themselves")
def correct_person(
    *,
    by: Actor,
    person: Person,
    given_name: str,
    family_name: str,
    birth_on: dt.date,
    language: str,
    on: dt.date,
) -> Person:
    """Names and language as the person says them; the day of birth as long as nobody relies on the age."""
    values = {
        "given_name": given_name,
        "family_name": family_name,
        "birth_on": birth_on,
        "language": language,
    }
    Person.objects.filter(pk=person.pk).update(**values)
    person.refresh_from_db()
    return person
