"""Who is vetted and trained: noted by the institution for others, for a time, revocable, without details."""

import datetime as dt

import pytest

from apps.factories import (
    TODAY,
    AccountFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    VettingFactory,
)
from apps.outcomes import events, refused, unseen
from apps.participation.world import DAY, office
from sojourn.records.actor import SYSTEM
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Membership, Organisation, Vetting
from sojourn.registry.queries import actor_of
from sojourn.safeguarding.actions.vetting import record_vetting, revoke_vetting
from sojourn.safeguarding.queries.vetting import Standing, adult_of, adults_of, records_of, vetting_counts

pytestmark = pytest.mark.django_db
Role = Membership.Role
KEEPERS = [Role.INSTITUTION, Role.SAFEGUARDING_LEAD]


@pytest.fixture
def school() -> Organisation:
    return SchoolFactory()


def leader(school: Organisation, role: str = Role.LEADER) -> Account:
    return MembershipFactory(organisation=school, role=role).account


def record(school: Organisation, account: Account, **changes: object) -> Vetting:
    form = {
        "by": office(school, Role.INSTITUTION),
        "kind": Vetting.Kind.CHECK,
        "starts_on": TODAY - DAY,
        "ends_on": TODAY + 365 * DAY,
    } | changes
    return record_vetting(organisation=school, account=account, on=TODAY, **form)


@pytest.mark.parametrize("role", KEEPERS)
def test_keeper_notes_a_check_and_a_training(school: Organisation, role: str) -> None:
    adult = leader(school)
    made = record(school, adult, by=office(school, role))
    record(school, adult, by=office(school, role), kind=Vetting.Kind.TRAINING)
    assert events()[0] == ("vetting.record", 900, False, "registry.vetting", made.pk, 1)
    [line] = adults_of(school.pk, on=TODAY)
    assert (line.check.standing, line.training.standing) == (Standing.VALID, Standing.VALID)


def test_record_holds_no_detail_of_the_check() -> None:
    held = {field.name for field in Vetting._meta.get_fields()}
    assert held == {"id", "kind", "account", "checked_by", "starts_on", "ends_on"}


def test_nobody_notes_their_own_check(school: Organisation) -> None:
    lead = leader(school, Role.INSTITUTION)
    by = actor_of(lead, on=TODAY)
    with refused("vetting.own"):
        record(school, lead, by=by)


def test_only_keepers_of_the_same_institution_note_and_end_checks(school: Organisation) -> None:
    adult, noted = leader(school), VettingFactory(checked_by=school)
    others = [
        office(school, Role.LEADER),
        office(school, Role.HOST),
        office(SchoolFactory(), Role.INSTITUTION),
        office(school.parent, Role.REGIONAL_OFFICE),
        office(school.parent, Role.INSTITUTION),
    ]
    for by in others:
        with unseen():
            record(school, adult, by=by)
        with unseen():
            revoke_vetting(by=by, vetting=noted, on=TODAY)


def test_check_is_noted_for_holders_of_a_post_alone(school: Organisation) -> None:
    stranger, former = AccountFactory(), MembershipFactory(organisation=school, ends_on=TODAY).account
    auditor, elsewhere = leader(school, Role.AUDITOR), leader(SchoolFactory())
    for account in (stranger, former, elsewhere, auditor):
        with unseen():
            record(school, account)


def test_minor_is_never_vetted_as_an_adult(school: Organisation) -> None:
    minor = AccountFactory(person=PersonFactory(age=17))
    MembershipFactory(account=minor, organisation=school, role=Role.LEADER)
    with refused("vetting.minor"):
        record(school, minor)


@pytest.mark.parametrize(
    ("starts", "ends", "code", "where"),
    [
        (TODAY + DAY, TODAY + 90 * DAY, "vetting.future", "starts_on"),
        (TODAY - 90 * DAY, TODAY, "vetting.over", "last_day"),
        (TODAY, TODAY.replace(year=TODAY.year + 3) + DAY, "vetting.too_long", "last_day"),
        (dt.date(2024, 2, 29), dt.date(2027, 3, 2), "vetting.too_long", "last_day"),
    ],
)
def test_period_that_cannot_be_true_is_refused(
    school: Organisation, starts: dt.date, ends: dt.date, code: str, where: str
) -> None:
    adult = leader(school)
    with refused(code, where=where):
        record(school, adult, starts_on=starts, ends_on=ends)


def test_check_counts_for_three_years_at_most(school: Organisation) -> None:
    adult = leader(school)
    record(school, adult, starts_on=TODAY, ends_on=TODAY.replace(year=TODAY.year + 3))
    assert records_of(adult.pk, on=TODAY)[0].is_live


def test_revoked_check_does_not_count_from_that_day_on(school: Organisation) -> None:
    adult = leader(school)
    noted = record(school, adult)
    by = office(school, Role.INSTITUTION)
    revoke_vetting(by=by, vetting=noted, on=TODAY)
    [line] = adults_of(school.pk, on=TODAY)
    assert line.check.standing == Standing.NONE
    assert adults_of(school.pk, on=TODAY - DAY)[0].check.standing == Standing.ENDING
    with refused("vetting.ended"):
        revoke_vetting(by=by, vetting=noted, on=TODAY)
    today = record(school, adult, starts_on=TODAY)
    assert revoke_vetting(by=by, vetting=today, on=TODAY).ends_on == TODAY


def test_renewals_are_asked_for_in_time_and_counted_without_names(school: Organisation) -> None:
    names = ["missing", "ending", "edge", "valid"]
    ends = [None, 10, 61, 300]
    for name, days in zip(names, ends, strict=True):
        account = AccountFactory(email=f"{name}@example.org")
        MembershipFactory(account=account, organisation=school, role=Role.LEADER)
        VettingFactory(account=account, kind=Vetting.Kind.TRAINING)
        if days:
            VettingFactory(account=account, ends_on=TODAY + days * DAY)
    found = adults_of(school.pk, on=TODAY)
    lines = {line.name.split("@")[0]: (line.check.standing, line.is_due) for line in found}
    assert lines == {
        "missing": (Standing.NONE, True),
        "ending": (Standing.ENDING, True),
        "edge": (Standing.VALID, False),
        "valid": (Standing.VALID, False),
    }
    assert [line.is_due for line in found] == [True, True, False, False]
    counts = vetting_counts(school.pk, on=TODAY)
    assert (counts.valid, counts.ending, counts.none) == (2, 1, 1)


def test_adult_of_another_institution_is_not_found(school: Organisation) -> None:
    adult = leader(school)
    assert adult_of(office(school, Role.INSTITUTION), adult.pk, on=TODAY) == (adult, school)
    for by in (office(school, Role.LEADER), office(SchoolFactory(), Role.INSTITUTION), SYSTEM):
        with pytest.raises(UnseenError):
            adult_of(by, adult.pk, on=TODAY)


def test_adult_reads_the_own_records_the_latest_first(school: Organisation) -> None:
    adult = leader(school)
    old = VettingFactory(account=adult, ends_on=TODAY - 90 * DAY)
    new = record(school, adult)
    assert [line.number for line in records_of(adult.pk, on=TODAY)] == [new.pk, old.pk]
    assert [line.is_ours for line in records_of(adult.pk, on=TODAY, seen_from=school.pk)] == [True, False]
