"""A paper slip opens one minor's own say, and nobody else's anything."""

import datetime as dt

import pytest

from apps.factories import (
    TODAY,
    AccountFactory,
    EngagementFactory,
    GuardianshipFactory,
    MembershipFactory,
    OpeningFactory,
    PersonFactory,
    UniversityFactory,
)
from apps.outcomes import refused, unseen
from sojourn.entrance.actions.slips import issue_class_slips, issue_slip, revoke_slip
from sojourn.entrance.models import Slip
from sojourn.entrance.queries import child_of_slip, slip_of, slips_of
from sojourn.entrance.tokens import LETTERS, new_code
from sojourn.records.actor import PUBLIC, Actor
from sojourn.records.roles import VERBS, Role
from sojourn.registry.models import Person
from sojourn.registry.queries import actor_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def guardian_of(child: Person) -> Actor:
    account = AccountFactory(person=GuardianshipFactory(child=child).guardian)
    return actor_of(account, on=TODAY)


def test_code_is_found_however_it_is_typed() -> None:
    child = PersonFactory(age=12)
    issue_slip(by=guardian_of(child), child=child, code="K7QM-3XRD-9WPT", on=TODAY)
    for typed in ("K7QM-3XRD-9WPT", "k7qm3xrd9wpt", " k7qm 3xrd 9wpt ", "K7QM–3XRD–9WPT"):
        assert slip_of(typed, on=TODAY) == Slip.objects.get()
    for typed in ("", "K7QM-3XRD-9WPU", "K7QM", Slip.objects.get().code_hash):
        assert slip_of(typed, on=TODAY) is None


def test_code_has_58_random_bits_and_no_letter_that_looks_like_another() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {14}
    assert not set("01OILU") - {"U", "L"} & set(LETTERS)
    assert len(LETTERS) ** 12 > 2**58


def test_slip_acts_as_the_child_alone_until_it_ends() -> None:
    child = PersonFactory(age=12)
    slip = issue_slip(by=guardian_of(child), child=child, code=new_code(), on=TODAY)
    assert child_of_slip(slip.pk, on=TODAY) == Actor(person_id=child.pk, is_child=True)
    assert child_of_slip(slip.pk, on=slip.ends_on) is None
    assert slip.ends_on == TODAY + 180 * DAY


def test_revoked_slip_is_dead_at_the_next_request() -> None:
    child = PersonFactory(age=12)
    by = guardian_of(child)
    slip = issue_slip(by=by, child=child, code="K7QM-3XRD-9WPT", on=TODAY)
    revoke_slip(by=by, slip=slip, on=TODAY)
    assert (child_of_slip(slip.pk, on=TODAY), slip_of("K7QM-3XRD-9WPT", on=TODAY)) == (None, None)


def test_new_slip_ends_the_one_before() -> None:
    child = PersonFactory(age=12)
    by = guardian_of(child)
    first = issue_slip(by=by, child=child, code="first", on=TODAY)
    second = issue_slip(by=by, child=child, code="second", on=TODAY)
    assert [line.number for line in slips_of(child.pk, on=TODAY)] == [second.pk]
    assert child_of_slip(first.pk, on=TODAY) is None


def test_slip_is_for_ages_8_to_17_and_printed_by_the_own_guardian() -> None:
    for age in (7, 18):
        child = PersonFactory(age=age)
        by = guardian_of(child)
        if age < 18:
            with refused("slip.age"):
                issue_slip(by=by, child=child, code="x", on=TODAY)
        else:
            with unseen():
                issue_slip(by=by, child=child, code="x", on=TODAY)
    child = PersonFactory(age=12)
    stranger = guardian_of(PersonFactory(age=12))
    itself = Actor(person_id=child.pk, is_child=True)
    for by in (stranger, itself, PUBLIC, Actor(account_id=3, person_id=child.pk)):
        with unseen():
            issue_slip(by=by, child=child, code="x", on=TODAY)


def test_host_prints_slips_for_the_minors_of_its_own_activity_alone() -> None:
    host = UniversityFactory()
    opening = OpeningFactory(host=host)
    minor = EngagementFactory(opening=opening, person=PersonFactory(age=12))
    adult = EngagementFactory(opening=opening, person=PersonFactory(age=20))
    foreign = EngagementFactory(person=PersonFactory(age=12))
    leader = actor_of(MembershipFactory(role=Role.LEADER, organisation=host).account, on=TODAY)
    slips = issue_class_slips(by=leader, opening=opening, codes={minor.pk: "one"}, on=TODAY)
    assert [(slip.child_id, slip.organisation_id) for slip in slips] == [(minor.person_id, host.pk)]
    assert slips[0].ends_on == opening.ends_on + 30 * DAY
    for row in (adult, foreign):
        with unseen():
            issue_class_slips(by=leader, opening=opening, codes={minor.pk: "a", row.pk: "b"}, on=TODAY)
    others = [
        MembershipFactory(role=Role.LEADER).account,
        MembershipFactory(role=Role.HOST, organisation=host).account,
        MembershipFactory(role=Role.REGIONAL_OFFICE, organisation=host.parent).account,
    ]
    for account in others:
        with unseen():
            issue_class_slips(
                by=actor_of(account, on=TODAY), opening=opening, codes={minor.pk: "c"}, on=TODAY
            )
    assert Slip.objects.count() == 1


def test_guardian_ends_a_slip_of_the_host_and_the_host_none_of_the_guardian() -> None:
    host = UniversityFactory()
    child = PersonFactory(age=12)
    opening = OpeningFactory(host=host)
    row = EngagementFactory(opening=opening, person=child)
    leader = actor_of(MembershipFactory(role=Role.LEADER, organisation=host).account, on=TODAY)
    guardian = guardian_of(child)
    own = issue_slip(by=guardian, child=child, code="own", on=TODAY)
    with unseen():
        revoke_slip(by=leader, slip=own, on=TODAY)
    printed = issue_class_slips(by=leader, opening=opening, codes={row.pk: "class"}, on=TODAY)[0]
    revoke_slip(by=guardian, slip=Slip.objects.get(pk=printed.pk), on=TODAY)
    assert [line.number for line in slips_of(child.pk, on=TODAY)] == [own.pk]


def test_child_role_can_say_yes_or_no_and_leave_and_cannot_take_or_change_a_place() -> None:
    assert VERBS[Role.CHILD] & {"application.submit", "application.rank", "offer.accept"} == set()
    assert VERBS[Role.CHILD] >= {"consent.give", "consent.withdraw", "engagement.leave"}
