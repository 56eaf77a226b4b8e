"""Setting out: the adults are checked again, for the whole stay, and below the ratio nobody leaves."""

import pytest

from apps import factories
from apps.outcomes import events, refused, unseen
from apps.participation.world import DAY, office
from sojourn.participation.actions.departures import confirm_departure
from sojourn.participation.models import Departure, Opening
from sojourn.participation.queries.hosts import last_departure
from sojourn.records.refusal import RefusalError
from sojourn.registry.models import Account, Membership, Vetting

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp() -> Opening:
    """A camp with one child of 12."""
    made = factories.OpeningFactory()
    child = factories.PersonFactory(birth_on=factories.born(12, made.starts_on))
    factories.EngagementFactory(opening=made, person=child)
    return made


def adults(number: int, **columns: object) -> list[Account]:
    return [factories.VettingFactory(**columns).account for _ in range(number)]


def confirm(camp: Opening, named: list[Account], **changes: object) -> Departure:
    form = {"by": office(camp.host, Membership.Role.LEADER), "on": camp.starts_on} | changes
    return confirm_departure(opening=camp, adults=named, **form)


def test_departure_keeps_its_day_and_its_adults(camp: Opening) -> None:
    named = adults(2)
    made = confirm(camp, named)
    assert events() == [("departure.confirm", 900, False, "participation.departure", made.pk, 1)]
    assert (made.left_on, set(made.adults.all())) == (camp.starts_on, set(named))
    later = confirm(camp, adults(3), on=camp.starts_on + DAY)
    latest = last_departure(camp)
    assert latest is not None
    assert (latest.left_on, latest.adults, Departure.objects.count()) == (later.left_on, 3, 2)


@pytest.mark.parametrize("number", [0, 1])
def test_no_departure_below_two_vetted_adults(camp: Opening, number: int) -> None:
    named = adults(number)
    with refused("departure.adults", where="adults"):
        confirm(camp, named)


def test_no_departure_below_the_ratio(camp: Opening) -> None:
    for _child in range(16):
        child = factories.PersonFactory(birth_on=factories.born(12, camp.starts_on))
        factories.EngagementFactory(opening=camp, person=child)
    named = adults(2)
    with refused("departure.adults", where="adults"):
        confirm(camp, named)
    confirm(camp, [*named, *adults(1)])


def test_vetting_lasts_to_the_last_day_and_is_checked_again_at_departure(
    camp: Opening,
) -> None:
    [steady], [ending] = adults(1), adults(1, ends_on=camp.ends_on - DAY)
    with pytest.raises(RefusalError, match=f"{ending.email} is over from {camp.ends_on - DAY}"):
        confirm(camp, [steady, ending])
    factories.VettingFactory(
        account=ending, starts_on=camp.ends_on - DAY, ends_on=camp.ends_on + DAY
    )  # renewed without a gap
    confirm(camp, [steady, ending])
    Vetting.objects.filter(account=steady).update(ends_on=camp.starts_on)  # revoked meanwhile
    with pytest.raises(RefusalError, match=f"{steady.email} has no vetting"):
        confirm(camp, [steady, ending])


def test_training_is_not_taken_for_a_check(camp: Opening) -> None:
    trained = adults(2, kind=Vetting.Kind.TRAINING)
    with refused("departure.adults", where="adults"):
        confirm(camp, trained)


def test_departure_is_confirmed_around_the_stay_by_its_host(camp: Opening) -> None:
    named = adults(2)
    for on in (camp.starts_on - 2 * DAY, camp.ends_on):
        with refused("departure.day"):
            confirm(camp, named, on=on)
    for by in (office(factories.UniversityFactory(), Membership.Role.LEADER), office(camp.host.parent)):
        with unseen():
            confirm(camp, named, by=by)
    confirm(camp, named, on=camp.starts_on - DAY)


def test_nobody_sets_out_for_an_empty_stay() -> None:
    empty, named = factories.OpeningFactory(), adults(2)
    with refused("departure.nobody"):
        confirm(empty, named)
