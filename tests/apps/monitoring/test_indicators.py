import datetime as dt

import pytest

from apps import factories
from apps.monitoring.references import REFERENCES, expected
from apps.monitoring.worlds import FIRST, LAST, SEEN_ON, random_world
from sojourn.monitoring.indicators import DEFINITIONS, Trees, counted, tally
from sojourn.participation.models import Engagement
from sojourn.registry.models import Consent
from sojourn.tracks.visits import VISITS

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 10)


def test_every_indicator_that_visits_offer_is_defined_and_referenced():
    assert set(DEFINITIONS) == VISITS.indicator_codes == set(REFERENCES)
    for code, definition in DEFINITIONS.items():
        assert definition.code == code
        assert definition.version >= 1
        assert "visits" in definition.tracks


@pytest.mark.parametrize("seed", range(3))
def test_sql_counts_what_plain_python_counts(seed):
    random_world(seed)
    seen = {code: list(counted(code, FIRST, LAST, SEEN_ON)) for code in DEFINITIONS}
    assert seen == {code: expected(code, FIRST, LAST, SEEN_ON) for code in DEFINITIONS}
    assert all(seen.values())


def test_a_part_of_the_period_counts_the_same_records_as_the_whole():
    random_world(99)
    middle = dt.date(2027, 3, 1)
    for code in DEFINITIONS:
        parts = [*counted(code, FIRST, middle, SEEN_ON), *counted(code, middle, LAST, SEEN_ON)]
        assert sorted(parts) == list(counted(code, FIRST, LAST, SEEN_ON))


def people(on=DAY + dt.timedelta(days=1)):
    return [row.record_id for row in counted("people_taking_part", FIRST, LAST, on)]


def engagement(age=20, **columns):
    person = factories.PersonFactory(age=age)
    return factories.EngagementFactory(person=person, opening__starts_on=DAY, **columns)


def test_without_consent_nobody_counts():
    engagement()
    assert people() == []


def test_with_consent_an_engagement_counts_from_its_first_day():
    made = engagement()
    factories.say_yes(made)
    assert people(on=DAY - dt.timedelta(days=1)) == []
    assert people(on=DAY) == [made.pk]


def test_a_guardians_consent_is_not_enough_from_age_8():
    made = engagement(age=12)
    factories.say_yes(made)
    assert people() == [made.pk]
    Consent.objects.filter(kind="assent").delete()
    assert people() == []


def test_consent_that_ends_on_the_first_day_does_not_count_and_later_does():
    made = engagement()
    factories.say_yes(made)
    Consent.objects.update(ends_on=DAY + dt.timedelta(days=1))
    assert people() == [made.pk]
    Consent.objects.update(ends_on=DAY)
    assert people() == []


def test_consent_to_another_component_does_not_count():
    factories.say_yes(engagement())
    Consent.objects.update(component_code="A3")
    assert people() == []


def test_leaving_early_and_staying_to_the_end_count_alike():
    made = engagement()
    factories.say_yes(made)
    Engagement.objects.update(ends_on=DAY + dt.timedelta(days=1))
    assert people() == [made.pk]


def test_a_second_opening_of_the_component_does_not_count_again():
    made = engagement()
    factories.say_yes(made)
    later = factories.OpeningFactory(call=made.opening.call, starts_on=DAY + dt.timedelta(days=20))
    factories.EngagementFactory(
        person=made.person,
        opening=later,
        offer__application__person=None,
        offer__application__organisation=made.sending,
        offer__application__submitted_by=made.person,
    )
    assert people(on=LAST) == [made.pk]


def test_a_record_counts_upwards_in_components_and_for_the_office():
    parent = factories.ComponentFactory(code="A", track="")
    component = factories.ComponentFactory(code="A2", parent=parent)
    made = engagement(opening__call__component=component)
    factories.say_yes(made)
    cells = tally("people_taking_part", FIRST, LAST, DAY, Trees.now())
    office = factories.CoordinatingOfficeFactory()
    assert {(cell.component_id, cell.organisation_id) for cell in cells} == {
        (above, place) for above in (parent.pk, component.pk) for place in (office.pk, made.sending.parent_id)
    }
    assert len(set(cells.values())) == 1


def test_the_hash_changes_with_the_records_and_not_with_the_value_alone():
    first, second = engagement(), engagement()
    factories.say_yes(first)
    (before,) = set(tally("people_taking_part", FIRST, LAST, DAY, Trees.now()).values())
    Consent.objects.all().delete()
    factories.say_yes(second)
    (after,) = set(tally("people_taking_part", FIRST, LAST, DAY, Trees.now()).values())
    assert before.value == after.value == 1
    assert before.records_sha256 != after.records_sha256
