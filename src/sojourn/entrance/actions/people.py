"""Say who one is, and who is in one's care."""

import datetime as dt

from sojourn.entrance.rules import people as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Account, Guardianship, Person


@action("person.register", rules.may_register)
def register(
    *,
    by: Actor,
    account: Account,
    given_name: str,
    family_name: str,
    birth_on: dt.date,
    language: str,
    on: dt.date,
) -> Person:
    """Say once who holds the log-in, so that they can apply and consent."""
    person = Person.objects.create(
        given_name=given_name, family_name=family_name, birth_on=birth_on, language=language
    )
    Account.objects.filter(pk=account.pk).update(person=person)
    return person


@action("guardianship.add", rules.may_add_child)
def add_child(
    *, by: Actor, given_name: str, family_name: str, birth_on: dt.date, language: str, on: dt.date
) -> Guardianship:
    """Add a minor in one's care. The minor gets a record, and no log-in."""
    child = Person.objects.create(
        given_name=given_name, family_name=family_name, birth_on=birth_on, language=language
    )
    return Guardianship.objects.create(guardian_id=by.must_be_person(), child=child, starts_on=on)
