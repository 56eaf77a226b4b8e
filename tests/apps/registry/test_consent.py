"""Who says yes, for how long, and whose no decides."""

import datetime as dt

import pytest

from apps import factories
from apps.factories import TODAY
from apps.outcomes import events, refused, traces, unseen
from sojourn.participation.actions.consents import withdraw_consent
from sojourn.records.actor import PUBLIC, Actor
from sojourn.registry.actions import CONSENT_LASTS, give_consent
from sojourn.registry.consent_texts import VERSIONS, Version
from sojourn.registry.consents import voices_missing, without_consent
from sojourn.registry.models import Consent, Person
from sojourn.registry.rules import acts_for, yes_needed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CONSENT, ASSENT = Consent.Kind.CONSENT, Consent.Kind.ASSENT


def as_person(person: Person) -> Actor:
    return Actor(account_id=7, person_id=person.pk)


def give(person: Person, kind: str = CONSENT, *, by: Person | None = None, on: dt.date = TODAY) -> Consent:
    return give_consent(
        by=as_person(by or person), person=person, kind=kind, component_code="A2", language="en", on=on
    )


@pytest.fixture
def family() -> tuple[Person, Person]:
    """A guardian and a child of 12."""
    row = factories.GuardianshipFactory()
    return row.guardian, row.child


@pytest.mark.parametrize(
    ("birth_on", "kinds"),
    [
        (dt.date(2019, 3, 2), {CONSENT}),  # 7, the eighth birthday is tomorrow
        (dt.date(2019, 3, 1), {CONSENT, ASSENT}),  # 8 today
        (dt.date(2009, 3, 2), {CONSENT, ASSENT}),  # 17
        (dt.date(2009, 3, 1), {CONSENT}),  # 18 today
    ],
)
def test_birthday_decides_which_yes_is_needed(birth_on: dt.date, kinds: set[str]) -> None:
    assert yes_needed(Person(birth_on=birth_on), TODAY) == kinds


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (dt.date(2027, 2, 28), 14),
        (dt.date(2027, 3, 1), 15),
        (dt.date(2028, 2, 28), 15),
        (dt.date(2028, 2, 29), 16),
    ],
)
def test_child_of_a_leap_day_ages_on_the_first_of_march(on: dt.date, age: int) -> None:
    assert Person(birth_on=dt.date(2012, 2, 29)).age(on) == age


def test_guardian_acts_until_the_eighteenth_birthday_and_the_end_of_the_guardianship() -> None:
    child = factories.PersonFactory(birth_on=dt.date(2009, 3, 2))
    row = factories.GuardianshipFactory(child=child, ends_on=TODAY + 30 * DAY)
    guardian = as_person(row.guardian)
    assert [acts_for(guardian, child, TODAY + n * DAY) for n in (0, 1)] == [True, False]
    younger = factories.GuardianshipFactory(guardian=row.guardian, ends_on=TODAY + 30 * DAY)
    ends = [acts_for(guardian, younger.child, TODAY + n * DAY) for n in (29, 30)]
    assert ends == [True, False]


def test_adult_gives_consent_for_one_year() -> None:
    person = factories.PersonFactory()
    made = give(person)
    assert (made.starts_on, made.ends_on, made.given_by) == (TODAY, TODAY + CONSENT_LASTS, person)
    days = (-1, 0, 364, 365)
    assert [without_consent([person], "A2", TODAY + n * DAY) for n in days] == [[person], [], [], [person]]
    assert without_consent([person], "A3", TODAY) == [person]


def test_giving_leaves_one_line_and_withdrawing_leaves_none() -> None:
    person = factories.PersonFactory()
    made = give(person)
    assert events() == [("consent.give", 7, False, "registry.consent", made.pk, 1)]
    with traces():
        assert withdraw_consent(by=as_person(person), person=person, component_code="A2", on=TODAY + DAY) == 1


def test_minor_needs_both_and_the_childs_no_beats_the_guardians_yes(family: tuple[Person, Person]) -> None:
    guardian, child = family
    give(child, CONSENT, by=guardian)
    assert without_consent([child], "A2", TODAY) == [child]
    give(child, ASSENT, by=guardian)
    assert without_consent([child], "A2", TODAY) == []
    assert withdraw_consent(by=as_person(child), person=child, component_code="A2", on=TODAY + DAY) == 2
    give(child, CONSENT, by=guardian, on=TODAY + DAY)
    assert without_consent([child], "A2", TODAY + DAY) == [child]


def test_withdrawal_ends_every_yes_once_and_of_this_component_only() -> None:
    person = factories.PersonFactory()
    give(person)
    give(person)
    other = factories.ConsentFactory(person=person, component_code="A3")
    by = as_person(person)
    ended = [withdraw_consent(by=by, person=person, component_code="A2", on=TODAY) for _ in range(2)]
    assert ended == [2, 0]
    other.refresh_from_db()
    assert other.ends_on == TODAY + dt.timedelta(days=265)


def test_minor_cannot_consent_alone(family: tuple[Person, Person]) -> None:
    with refused("consent.guardian_needed"):
        give(family[1], CONSENT)


@pytest.mark.parametrize("age", [7, 18])
def test_no_assent_is_asked_of_small_children_and_adults(age: int) -> None:
    person = factories.PersonFactory(age=age)
    with refused("consent.no_assent_needed"):
        give(person, ASSENT)


def test_strangers_neither_give_nor_withdraw(family: tuple[Person, Person]) -> None:
    stranger = factories.PersonFactory(age=45)
    for by in (as_person(stranger), PUBLIC, Actor(account_id=3)):
        with unseen():
            give_consent(by=by, person=family[1], kind=CONSENT, component_code="A2", language="en", on=TODAY)
        with unseen():
            withdraw_consent(by=by, person=family[1], component_code="A2", on=TODAY)


def test_one_guardians_no_beats_the_others_yes(family: tuple[Person, Person]) -> None:
    """Silence of the second guardian is enough: a no would leave no other trace."""
    guardian, child = family
    other = factories.GuardianshipFactory(child=child).guardian
    give(child, CONSENT, by=guardian)
    give(child, ASSENT, by=guardian)
    assert without_consent([child], "A2", TODAY) == [child]
    give(child, CONSENT, by=other)
    assert without_consent([child], "A2", TODAY) == []
    withdraw_consent(by=as_person(other), person=child, component_code="A2", on=TODAY)
    for kind in (CONSENT, ASSENT):
        give(child, kind, by=guardian)
    assert without_consent([child], "A2", TODAY) == [child]


def test_yes_of_somebody_who_is_no_guardian_any_more_does_not_count(family: tuple[Person, Person]) -> None:
    guardian, child = family
    give(child, CONSENT, by=guardian)
    give(child, ASSENT, by=guardian)
    child.guardians.update(ends_on=TODAY + 5 * DAY)
    days = [TODAY + 4 * DAY, TODAY + 5 * DAY]
    assert [without_consent([child], "A2", on) for on in days] == [[], [child]]


def test_child_who_turns_eight_is_asked_too() -> None:
    child = factories.PersonFactory(birth_on=dt.date(2019, 3, 2))
    give(child, CONSENT, by=factories.guardian_of(child))
    assert [without_consent([child], "A2", on) for on in (TODAY, TODAY + DAY)] == [[], [child]]


def test_guardians_yes_ends_on_the_eighteenth_birthday_and_the_own_one_is_needed() -> None:
    child = factories.PersonFactory(birth_on=dt.date(2009, 3, 2))
    made = [give(child, kind, by=factories.guardian_of(child)) for kind in (CONSENT, ASSENT)]
    assert {row.ends_on for row in made} == {TODAY + DAY}
    Consent.objects.update(ends_on=TODAY + 300 * DAY)  # even if the rows said otherwise
    assert [without_consent([child], "A2", on) for on in (TODAY, TODAY + DAY)] == [[], [child]]
    give(child, CONSENT, on=TODAY + DAY)
    assert without_consent([child], "A2", TODAY + DAY) == []


def test_new_text_lapses_the_old_yes_of_its_purpose_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.PersonFactory()
    for purpose in Consent.Purpose.values:
        give_consent(
            by=as_person(person),
            person=person,
            kind=CONSENT,
            component_code="A2",
            language="en",
            on=TODAY,
            purpose=purpose,
        )
    since = TODAY + 10 * DAY
    texts = VERSIONS["take_part"][0].texts
    newer = Version(since.isoformat(), since, texts)
    monkeypatch.setitem(VERSIONS, "take_part", (*VERSIONS["take_part"], newer))
    lacking = {
        (purpose, days)
        for purpose in Consent.Purpose.values
        for days in (9, 10)
        if without_consent([person], "A2", TODAY + days * DAY, purpose)
    }
    assert lacking == {("take_part", 10)}
    give(person, on=since)
    assert without_consent([person], "A2", since) == []


def test_each_purpose_is_its_own_yes(family: tuple[Person, Person]) -> None:
    """No yes is a condition of another, and taking one back ends no other."""
    person = factories.PersonFactory()
    said = {"by": as_person(person), "person": person, "component_code": "A2", "on": TODAY}
    for purpose in Consent.Purpose.values:
        give_consent(**said, kind=CONSENT, language="en", purpose=purpose)
        others = set(Consent.Purpose.values) - {purpose}
        assert [without_consent([person], "A2", TODAY, other) for other in others] == [[person]] * 3
        withdraw_consent(**said, purpose=purpose)
    assert Consent.objects.count() == 0


def test_yes_taken_back_on_its_day_leaves_no_row_and_a_later_one_no_reason() -> None:
    person = factories.PersonFactory()
    give(person)
    withdraw_consent(by=as_person(person), person=person, component_code="A2", on=TODAY)
    assert Consent.objects.count() == 0
    made = give(person)
    withdraw_consent(by=as_person(person), person=person, component_code="A2", on=TODAY + 7 * DAY)
    made.refresh_from_db()
    assert made.ends_on == TODAY + 7 * DAY
    assert {field.name for field in Consent._meta.fields} == {
        "id",
        "person",
        "kind",
        "purpose",
        "component_code",
        "given_by",
        "text_version",
        "text_sha256",
        "language",
        "starts_on",
        "ends_on",
    }


def test_no_yes_lasts_longer_than_a_school_year() -> None:
    assert give(factories.PersonFactory()).ends_on - TODAY <= dt.timedelta(days=365)


@pytest.mark.parametrize("people", [1, 3, 50])
def test_asking_for_consent_takes_one_query_for_any_list(django_assert_num_queries, people: int) -> None:
    crowd = [factories.GuardianshipFactory().child for _ in range(people)]
    with django_assert_num_queries(1):
        assert without_consent(crowd, "A2", TODAY) == crowd
    with django_assert_num_queries(2):
        assert len(voices_missing(crowd, "A2", TODAY)) == 2 * people
