"""Applying: what is written, and each reason for which an application is refused."""

import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from apps import factories
from apps.outcomes import events, refused, traces, unseen
from apps.participation.world import (
    ADULT_YES,
    AFTER,
    CLOSES_ON,
    DAY,
    STAYS_FROM,
    TODAY,
    actor,
    applied,
    choices_of,
    draft,
    frozen,
    guardian_of,
    published,
)
from sojourn.participation.actions.applications import apply, change_choices, join_group, withdraw_application
from sojourn.participation.models import Application, Call, Group, Member, Preference, Ticket
from sojourn.participation.rules.applications import Yes, people_in
from sojourn.records.actor import PUBLIC, SYSTEM
from sojourn.registry.models import Consent, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    """An open call for ages 8 to 25 with four openings."""
    return published(2, 2, 2, 2)


def refused_application(call: Call, *people: Person, code: str, where: str = "", **changes: object) -> None:
    """Try to apply with the changes; see the refusal."""
    form = {
        "by": actor(people[0]),
        "people": people,
        "sending": factories.SchoolFactory(),
        "choices": choices_of(call)[:1],
        "yes": [Yes(person.pk, ADULT_YES) for person in people],
        "language": "en",
        "on": TODAY,
    }
    form |= changes
    with refused(code, where=where):
        apply(call=call, **form)


def children(count: int, age: int = 12) -> list[Person]:
    return factories.PersonFactory.create_batch(count, age=age)


def test_adult_applies_alone_with_consent(call: Call) -> None:
    person = factories.PersonFactory()
    before = events()
    made = applied(call, person, choices=choices_of(call)[1:3])
    assert (made.person, made.group, made.submitted_by, made.submitted_on) == (person, None, person, TODAY)
    assert [row.person for row in made.members.all()] == [person]
    assert [(row.rank, row.opening) for row in made.preferences.all()] == [
        (rank, opening) for rank, opening in enumerate(choices_of(call)[1:3], 1)
    ]
    assert [(row.kind, row.given_by_id) for row in Consent.objects.all()] == [("consent", person.pk)]
    assert events() == [
        *before,
        ("application.submit", None, False, "participation.application", made.pk, 1),
    ]


def test_group_of_children_is_one_ticket_with_every_yes(call: Call) -> None:
    made = applied(call, *children(3))
    assert (made.person, made.members.count(), Group.objects.count()) == (None, 3, 1)
    kinds = sorted(Consent.objects.values_list("kind", flat=True))
    assert kinds == ["assent"] * 3 + ["consent"] * 3


def test_live_consent_is_not_asked_for_again(call: Call) -> None:
    person = factories.PersonFactory()
    factories.ConsentFactory(person=person)
    apply(
        by=actor(person),
        call=call,
        people=[person],
        sending=factories.SchoolFactory(),
        choices=choices_of(call)[:1],
        yes=[],
        language="en",
        on=TODAY,
    )
    assert (Application.objects.count(), Consent.objects.count()) == (1, 1)


def test_applying_twice_is_refused_alone_in_a_group_and_by_joining(call: Call) -> None:
    one, two, three = children(3)
    applied(call, one, two)
    guardian = guardian_of([two, three])
    said = [Yes(one.pk, ADULT_YES | {"assent"})]
    twice = partial(refused_application, call, code="application.twice", where="people")
    twice(one, by=actor(guardian_of([one])), yes=said)
    twice(two, three, by=actor(guardian))
    open_group = Group.objects.create(call=call, join_code="OTHER")
    factories.ApplicationFactory(call=call, person=None, group=open_group, submitted_by=guardian)
    with refused("application.twice", where="people"):
        join_group(by=actor(guardian), group=open_group, person=two, yes=[], language="en", on=TODAY)
    assert Member.objects.filter(call=call, person__in=[one, two, three]).count() == 2


def test_database_keeps_a_person_from_two_applications_of_one_call(call: Call) -> None:
    person = applied(call).person
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(application=factories.ApplicationFactory(call=call), call=call, person=person)
    assert Member.objects.filter(person=person).count() == 1


def test_person_applies_again_after_withdrawing(call: Call) -> None:
    first = applied(call)
    with traces():
        withdraw_application(by=actor(first.person), application=first, people=[first.person], on=TODAY)
    assert (Application.objects.count(), Member.objects.count(), Preference.objects.count()) == (0, 0, 0)
    applied(call, Person.objects.get(pk=first.person_id))
    assert Application.objects.count() == 1


def test_person_named_twice_is_refused(call: Call) -> None:
    person = factories.PersonFactory()
    refused_application(call, person, person, code="application.same_person", where="people")


def test_nobody_named_is_refused(call: Call) -> None:
    by, school = actor(factories.PersonFactory()), factories.SchoolFactory()
    with refused("application.nobody", where="choices"):
        apply(
            by=by,
            call=call,
            people=[],
            sending=school,
            choices=choices_of(call)[:1],
            yes=[],
            language="en",
            on=TODAY,
        )


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (TODAY - DAY, "call.not_yet_open"),
        (CLOSES_ON, "call.closed"),
        (CLOSES_ON + 90 * DAY, "call.closed"),
    ],
)
def test_days_outside_of_the_call_are_refused(call: Call, on: dt.date, code: str) -> None:
    refused_application(call, factories.PersonFactory(), code=code, on=on)


def test_last_day_of_the_call_counts(call: Call) -> None:
    person = factories.PersonFactory()
    apply(
        by=actor(person),
        call=call,
        people=[person],
        sending=factories.SchoolFactory(),
        choices=choices_of(call)[:1],
        yes=[Yes(person.pk, ADULT_YES)],
        language="zh",
        on=CLOSES_ON - DAY,
    )
    assert Consent.objects.get().language == "zh"


def test_draft_and_cancelled_calls_take_no_application() -> None:
    for code, status in (("d", Call.Status.DRAFT), ("c", Call.Status.CANCELLED)):
        opening = factories.OpeningFactory(call=draft(code))
        Call.objects.filter(code=code).update(status=status)
        call = Call.objects.get(code=code)
        refused_application(call, factories.PersonFactory(), code="call.closed", choices=[opening])


def test_unsound_choices_are_refused(call: Call) -> None:
    person = factories.PersonFactory()
    first, *others = choices_of(call)
    foreign = factories.OpeningFactory()
    for code, choices in (
        ("choices.none", []),
        ("choices.too_many", [first, *others]),
        ("choices.twice", [first, first]),
        ("choices.foreign", [first, foreign]),
    ):
        refused_application(call, person, code=code, where="choices", choices=choices)


@pytest.mark.parametrize(
    ("birth_on", "code"),
    [
        (dt.date(2019, 7, 1), ""),  # 8 on the first day of the stay
        (dt.date(2019, 7, 2), "application.too_young"),
        (dt.date(2001, 7, 2), ""),  # 25, one day before the 26th birthday
        (dt.date(2001, 7, 1), "application.too_old"),
    ],
)
def test_age_counts_on_the_first_day_of_the_stay(call: Call, birth_on: dt.date, code: str) -> None:
    assert choices_of(call)[0].starts_on == STAYS_FROM
    person = factories.PersonFactory(birth_on=birth_on)
    guardian = guardian_of([person])
    by = actor(guardian if person.age(TODAY) < 18 else person)
    said = [Yes(person.pk, ADULT_YES | {"assent"})]
    if code:
        refused_application(call, person, code=code, where="choices", by=by, yes=said)
    else:
        applied(call, person)
    assert Application.objects.count() == (0 if code else 1)


def test_own_region_and_no_region_are_refused(call: Call) -> None:
    person = factories.PersonFactory()
    host_region = choices_of(call)[0].host.parent
    own = factories.SchoolFactory(parent=host_region)
    refused_application(call, person, code="application.own_region", where="choices", sending=own)
    outside = factories.SchoolFactory(parent=factories.CoordinatingOfficeFactory())
    refused_application(call, person, code="application.no_region", where="sending", sending=outside)


def test_group_larger_than_the_call_allows_is_refused(call: Call) -> None:
    family = children(5)
    said = [Yes(child.pk, ADULT_YES | {"assent"}) for child in family]
    large = partial(refused_application, call, code="application.group_too_large", where="choices", yes=said)
    large(*family, by=actor(guardian_of(family)))


def test_missing_yes_is_refused(call: Call) -> None:
    adult, [child] = factories.PersonFactory(), children(1)
    guardian = actor(guardian_of([child]))
    both = [Yes(child.pk, ADULT_YES | {"assent"})]
    refused_application(call, child, code="consent.guardian_needed", yes=both)
    refused_application(call, adult, code="consent.unsaid", where="consent", yes=[])
    half = [Yes(child.pk, frozenset({"assent"}))]
    refused_application(call, child, code="consent.unsaid", where="consent", by=guardian, yes=half)
    refused_application(call, child, code="consent.child_missing", where="assent", by=guardian)


def test_one_guardian_does_not_apply_while_the_other_is_silent(call: Call) -> None:
    [child] = children(1)
    both = [guardian_of([child]), factories.GuardianshipFactory(child=child).guardian]
    said = [Yes(child.pk, ADULT_YES | {"assent"})]
    refused_application(call, child, code="consent.other_guardian", by=actor(both[0]), yes=said)
    factories.ConsentFactory(person=child, given_by=both[1])
    assert applied(call, child).members.get().person == child


def test_strangers_apply_for_nobody(call: Call) -> None:
    [child], school = children(1), factories.SchoolFactory()
    for by in (actor(factories.PersonFactory(age=45)), PUBLIC, SYSTEM):
        with unseen():
            apply(
                by=by,
                call=call,
                people=[child],
                sending=school,
                choices=choices_of(call)[:1],
                yes=[Yes(child.pk, ADULT_YES | {"assent"})],
                language="en",
                on=TODAY,
            )


def test_joining_a_group_until_it_is_full_or_the_call_closes(call: Call) -> None:
    leader = factories.PersonFactory()
    made = applied(call, leader, as_group=True)
    people = factories.PersonFactory.create_batch(4)

    def join(person: Person, on: dt.date = TODAY, *, said: bool = True) -> Application:
        yes = [Yes(person.pk, ADULT_YES)] if said else []
        return join_group(by=actor(person), group=made.group, person=person, yes=yes, language="en", on=on)

    with refused("consent.unsaid", where="consent"):
        join(people[0], said=False)
    before = events()
    for person in people[:3]:
        assert join(person) == made
    line = ("group.join", None, False, "participation.application", made.pk, 1)
    assert events() == [*before, line, line, line]
    with refused("application.group_too_large", where="choices"):
        join(people[3])
    with refused("call.closed"):
        join(people[3], CLOSES_ON)
    with unseen():
        join_group(by=actor(leader), group=made.group, person=people[3], yes=[], language="en", on=TODAY)
    assert made.members.count() == 4


def test_withdrawn_group_takes_nobody(call: Call) -> None:
    made = applied(call, factories.PersonFactory(), as_group=True)
    Application.objects.update(status=Application.Status.WITHDRAWN)
    person = factories.PersonFactory()
    with refused("group.gone"):
        join_group(by=actor(person), group=made.group, person=person, yes=[], language="en", on=TODAY)


def test_choices_are_ranked_anew_while_the_call_is_open(call: Call) -> None:
    made = applied(call, choices=choices_of(call)[:2])
    by = actor(made.person)
    turned = choices_of(call)[1::-1]
    with traces(("application.rank", None, False, "participation.application", made.pk, 1)):
        change_choices(by=by, application=made, choices=turned, on=TODAY)
    assert [row.opening for row in made.preferences.all()] == turned
    with refused("choices.none", where="choices"):
        change_choices(by=by, application=made, choices=[], on=TODAY)
    with refused("call.closed"):
        change_choices(by=by, application=made, choices=turned, on=CLOSES_ON)
    stranger = actor(factories.PersonFactory())
    with unseen():
        change_choices(by=stranger, application=made, choices=turned, on=TODAY)


def test_withdrawn_application_is_neither_ranked_nor_withdrawn_again(call: Call) -> None:
    made = applied(call)
    frozen(call)
    act = partial(withdraw_application, by=actor(made.person), application=made, people=[made.person])
    act(on=AFTER.date())
    with refused("application.withdrawn"):
        act(on=AFTER.date())
    with refused("application.withdrawn"):
        change_choices(by=actor(made.person), application=made, choices=choices_of(call)[:1], on=TODAY)
    assert (Ticket.objects.count(), Member.objects.count()) == (1, 0)


def test_withdrawing_a_group_before_the_freeze_leaves_nothing(call: Call) -> None:
    made = applied(call, *children(3))
    stranger = actor(factories.PersonFactory())
    with unseen():
        withdraw_application(by=stranger, application=made, people=people_in(made), on=TODAY)
    with traces():
        withdraw_application(by=actor(made.submitted_by), application=made, people=people_in(made), on=TODAY)
    assert [row.objects.count() for row in (Application, Group, Member, Preference)] == [0, 0, 0, 0]
