"""Sessions: enough vetted adults for the minors there, on a day of the stay, told by the host."""

import datetime as dt

import pytest

from apps import factories
from apps.outcomes import events, refused, unseen
from apps.participation.world import DAY, office
from sojourn.participation.actions.sessions import record_session
from sojourn.participation.models import Attendance, Engagement, Opening, Session
from sojourn.participation.rules.safety import adults_needed
from sojourn.registry.models import Account, Membership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ages", "needed"),
    [
        ([], 0),
        ([18] * 50, 0),
        ([17], 2),
        ([6] * 12, 2),
        ([8] * 13, 3),
        ([9] * 16, 2),
        ([12] * 17, 3),
        ([13] * 20, 2),
        ([17] * 21, 3),
        ([8] * 6 + [12] * 8 + [17] * 10, 3),
        ([8] * 6 + [12] * 8 + [17] * 11, 4),
        ([8] * 3 + [12] * 4 + [17] * 10 + [25] * 30, 2),
    ],
)
def test_adults_needed_by_age(ages: list[int], needed: int) -> None:
    assert adults_needed(ages) == needed
    assert adults_needed(reversed(ages)) == needed


@pytest.fixture
def camp() -> Opening:
    return factories.OpeningFactory()


def leaders(count: int, **columns: object) -> list[Account]:
    return [factories.VettingFactory(**columns).account for _ in range(count)]


def travellers(camp: Opening, count: int, age: int) -> list[Engagement]:
    born_on = factories.born(age, camp.starts_on)
    people = factories.PersonFactory.create_batch(count, birth_on=born_on)
    made = [factories.EngagementFactory(opening=camp, person=person) for person in people]
    for engagement in made:
        factories.say_yes(engagement)
    return made


def record(camp: Opening, adults: list[Account], present: list[Engagement], **changes: object) -> Session:
    form = {
        "by": office(camp.host, Membership.Role.LEADER),
        "held_on": camp.starts_on,
        "on": camp.starts_on,
    } | changes
    return record_session(
        opening=camp, titles={"en": "Day", "zh": "日"}, adults=adults, present=present, **form
    )


def test_session_keeps_its_adults_and_who_was_there(camp: Opening) -> None:
    present, adults = travellers(camp, 3, 12), leaders(2)
    absent = travellers(camp, 1, 12)
    made = record(camp, adults, present)
    assert events() == [("session.record", 900, False, "participation.session", made.pk, 1)]
    record(camp, adults, present + absent, held_on=camp.ends_on - DAY, on=camp.ends_on + 90 * DAY)
    assert Session.objects.count() == 2
    assert set(made.adults.all()) == set(adults)
    assert {row.engagement_id for row in made.attendances.all()} == {row.pk for row in present}
    assert Attendance.objects.count() == 7


def test_too_few_vetted_adults_are_refused(camp: Opening) -> None:
    present, [one, two] = travellers(camp, 17, 12), leaders(2)
    with refused("session.adults", where="adults"):
        record(camp, [one, two], present)
    with refused("session.adults", where="adults"):
        record(camp, [one], present[:1])
    with refused("session.adults", where="adults"):
        record(camp, [one, one], present[:1])
    record(camp, [one, two, *leaders(1)], present)
    assert Attendance.objects.count() == 17


@pytest.mark.parametrize(
    ("first", "after", "counts"), [(0, 1, True), (-300, 1, True), (1, 20, False), (-300, 0, False)]
)
def test_vetting_counts_on_the_day_of_the_session(
    camp: Opening, first: int, after: int, *, counts: bool
) -> None:
    [valid], present = leaders(1), travellers(camp, 1, 12)
    [edge] = leaders(1, starts_on=camp.starts_on + first * DAY, ends_on=camp.starts_on + after * DAY)
    if counts:
        record(camp, [valid, edge], present)
    else:
        with refused("session.adults", where="adults"):
            record(camp, [valid, edge], present)
    assert Session.objects.count() == int(counts)


def test_adults_alone_need_nobody(camp: Opening) -> None:
    record(camp, [], travellers(camp, 4, 20))
    assert Attendance.objects.count() == 4


def test_strangers_and_double_ticks_are_refused(camp: Opening) -> None:
    [here], adults = travellers(camp, 1, 20), leaders(2)
    elsewhere = factories.EngagementFactory()
    left = factories.EngagementFactory(opening=camp, ends_on=camp.starts_on)
    for stranger in (elsewhere, left):
        with refused("session.stranger", where="present"):
            record(camp, adults, [here, stranger])
    with refused("session.twice", where="present"):
        record(camp, adults, [here, here])


def test_days_outside_of_the_stay_and_days_to_come_are_refused(camp: Opening) -> None:
    late = camp.ends_on + dt.timedelta(days=30)
    for held_on in (camp.starts_on - DAY, camp.ends_on):
        with refused("session.day", where="held_on"):
            record(camp, [], [], held_on=held_on, on=late)
    with refused("session.future", where="held_on"):
        record(camp, [], [], held_on=camp.starts_on + DAY, on=camp.starts_on)


def test_only_the_host_confirms(camp: Opening) -> None:
    other = factories.UniversityFactory()
    for by in (office(other, Membership.Role.INSTITUTION), office(camp.host.parent), office(camp.host)):
        with unseen():
            record(camp, [], [], by=by)
