"""An adult says who they are and who is in their care; a minor needs no log-in."""

import pytest

from apps.factories import TODAY, AccountFactory, PersonFactory, born
from apps.outcomes import refused, unseen
from sojourn.entrance.actions.people import add_child, register
from sojourn.records.actor import PUBLIC, SYSTEM, Actor
from sojourn.registry.models import Person
from sojourn.registry.queries import actor_of, people_acted_for

pytestmark = pytest.mark.django_db
NAMES = {"given_name": "Ada", "family_name": "Okafor", "language": "en"}


def test_adult_registers_and_adds_a_child() -> None:
    account = AccountFactory()
    register(by=actor_of(account, on=TODAY), account=account, birth_on=born(40), on=TODAY, **NAMES)
    account.refresh_from_db()
    by = actor_of(account, on=TODAY)
    child = add_child(by=by, birth_on=born(9), on=TODAY, **NAMES).child
    assert people_acted_for(by, on=TODAY) == [account.person, child]
    assert not hasattr(child, "account")


def test_minor_opens_no_log_in() -> None:
    account = AccountFactory()
    by = actor_of(account, on=TODAY)
    with refused("person.minor", where="birth_on"):
        register(by=by, account=account, birth_on=born(17), on=TODAY, **NAMES)
    assert Person.objects.count() == 0


def test_nobody_says_who_another_is_nor_twice_who_they_are() -> None:
    account = AccountFactory(person=PersonFactory())
    with refused("person.known"):
        register(by=Actor(account_id=account.pk), account=account, birth_on=born(40), on=TODAY, **NAMES)
    for by in (PUBLIC, Actor(account_id=account.pk + 1), SYSTEM):
        with unseen():
            register(by=by, account=account, birth_on=born(40), on=TODAY, **NAMES)


def test_child_in_care_is_a_minor_and_not_one_of_a_crowd() -> None:
    by = Actor(account_id=1, person_id=PersonFactory(age=40).pk)
    for age in (18, -1):
        with refused("child.age", where="birth_on"):
            add_child(by=by, birth_on=born(age), on=TODAY, **NAMES)
    for _number in range(12):
        add_child(by=by, birth_on=born(9), on=TODAY, **NAMES)
    with refused("child.many"):
        add_child(by=by, birth_on=born(9), on=TODAY, **NAMES)


def test_child_with_a_slip_adds_nobody() -> None:
    child = Actor(person_id=PersonFactory(age=12).pk, is_child=True)
    with unseen():
        add_child(by=child, birth_on=born(9), on=TODAY, **NAMES)
