"""Correct, erase, and the note for the leaders of a stay: pages of the person and the guardian alone."""

import pytest
from django.test import Client

from apps.factories import TODAY, ConsentFactory, EngagementFactory, PersonFactory
from sojourn.participation.models import TripNeed
from sojourn.registry.models import Consent, Person

RIGHT = {"given_name": "Right", "family_name": "Name", "birth_on": "2000-01-01", "language": "zh-hans"}


@pytest.fixture
def me(db) -> Person:
    return PersonFactory(given_name="Wrong")


@pytest.fixture
def mine(log_in, me: Person) -> Client:
    return log_in(person=me)


def test_names_and_language_can_be_corrected(mine: Client, me: Person) -> None:
    data = RIGHT | {"birth_on": me.birth_on.isoformat()}
    assert mine.post(f"/my/data/{me.pk}/correct/", data).status_code == 302
    me.refresh_from_db()
    assert (me.given_name, me.family_name, me.language) == ("Right", "Name", "zh-hans")


@pytest.mark.parametrize(
    "wrong", [{"given_name": ""}, {"birth_on": "2999-01-01"}, {"language": "xx"}, {"given_name": "x" * 81}]
)
def test_what_cannot_be_is_said_at_its_field(mine: Client, me: Person, wrong: dict[str, str]) -> None:
    answer = mine.post(f"/my/data/{me.pk}/correct/", RIGHT | wrong)
    assert (answer.status_code, b"field-error" in answer.content) == (200, True)
    me.refresh_from_db()
    assert me.given_name == "Wrong"


def test_erasing_is_asked_first_and_then_done_at_once(mine: Client, me: Person) -> None:
    assert b"It cannot be undone" in mine.get(f"/my/data/{me.pk}/erase/").content
    assert Person.objects.filter(pk=me.pk).exists()
    assert mine.post(f"/my/data/{me.pk}/erase/").status_code == 302
    assert not Person.objects.filter(pk=me.pk).exists()
    assert mine.get("/my/").status_code == 302


@pytest.mark.parametrize("page", ["correct", "erase"])
def test_nobody_corrects_or_erases_somebody_else(mine: Client, page: str) -> None:
    other = PersonFactory()
    assert mine.post(f"/my/data/{other.pk}/{page}/", RIGHT).status_code == 404
    assert Person.objects.filter(pk=other.pk, given_name=other.given_name).exists()


def test_note_for_the_leaders_is_written_changed_and_deleted(mine: Client, me: Person) -> None:
    stay = EngagementFactory(person=me)
    ConsentFactory(
        person=me, purpose=Consent.Purpose.KEEP_NEEDS, component_code=stay.component.code, starts_on=TODAY
    )
    page = f"/my/stays/{stay.pk}/needs/"
    assert mine.post(page, {"text": "No nuts"}).status_code == 302
    assert b"No nuts" in mine.get(page).content
    assert mine.post(f"{page}delete/").status_code == 302
    assert not TripNeed.objects.exists()
