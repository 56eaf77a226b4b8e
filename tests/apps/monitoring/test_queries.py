import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps import factories
from apps.monitoring.worlds import FIRST, LAST, SEEN_ON, random_world
from sojourn.monitoring.actions import compute_figures, draft_bulletin, publish_bulletin
from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries import bulletin, bulletins, figure_trace, overview, public_progress
from sojourn.monitoring.queries.small import without_small
from sojourn.plan.models import Quota, Target
from sojourn.records.actor import SYSTEM
from sojourn.records.models import Run
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Consent, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    random_world(7, people=40)
    factories.PlanFactory(document={"programme": {"titles": {"en": "Two Rivers", "zh": "两江"}}})
    compute()


def compute():
    compute_figures(by=SYSTEM, starts_on=FIRST, ends_on=LAST, on=SEEN_ON, at=factories.NOW)


def target_with_quotas(code, indicator="people_taking_part"):
    component = factories.ComponentFactory(code=code)
    target = factories.TargetFactory(component=component, code=f"{code}-total", indicator=indicator)
    run = Run.objects.create(method="webster", commitment="0" * 64, committed_at=factories.NOW)
    for office in Organisation.objects.regional_offices():
        Quota.objects.create(target=target, organisation=office, amount=50, run=run)
    return target


def value_of(indicator, component, organisation):
    rows = Figure.objects.filter(indicator=indicator, component__code=component, organisation=organisation)
    return sum(rows.filter(starts_on__lte=SEEN_ON).values_list("value", flat=True))


def test_the_overview_sums_figures_by_target_and_month(world):
    target_with_quotas("A2", "places_offered")
    page = overview(None, SEEN_ON)
    office = factories.CoordinatingOfficeFactory()
    (line,) = page.targets
    assert line.actual == value_of("places_offered", "A2", office) > 0
    assert sum(row.actual for row in page.regions) <= line.actual
    months = [
        point.value for point in page.months if (point.component, point.indicator) == ("A2", line.indicator)
    ]
    assert sum(months) == line.actual
    assert len(page.regions) == 3


def test_a_region_sees_its_quota_as_its_target(world):
    target_with_quotas("A2")
    target_with_quotas("A3")
    region = Organisation.objects.regional_offices().first()
    page = overview(region.pk, SEEN_ON)
    assert [(line.target, line.amount) for line in page.targets] == [("A2-total", 50), ("A3-total", 50)]
    reached = value_of("people_taking_part", "A2", region)
    assert page.targets[0].actual == (reached if reached == 0 or reached >= 5 else None)
    assert page.regions == ()


def test_an_office_sees_no_month_with_fewer_than_five_people(world):
    people = [
        point.value for point in overview(None, SEEN_ON).months if point.indicator == "people_taking_part"
    ]
    assert people.count(None) > 0
    assert [value for value in people if value is not None and 0 < value < 5] == []
    held = [point.value for point in overview(None, SEEN_ON).months if point.indicator == "sessions_held"]
    assert [value for value in held if value and value < 5] != []


@pytest.mark.parametrize("regions", [1, 31])
def test_the_overview_takes_four_queries_at_any_size(regions):
    factories.RegionFactory.create_batch(regions)
    for code in ("A2", "A3"):
        target_with_quotas(code)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert len(overview(None, SEEN_ON).regions) == 2 * regions
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([0, 7, 9], [0, 7, 9]),
        ([3, 7, 9], [None, None, 9]),
        ([3, 4, 9], [None, None, 9]),
        ([0, 3, 0], [0, None, 0]),
        ([5, 4, 5], [None, None, 5]),
        ([], []),
    ],
)
def test_offices_see_no_small_count_and_cannot_subtract_it(values, shown):
    assert without_small(values) == shown


def test_each_figure_is_traced_to_openings_that_add_up_to_it(world):
    for figure in Figure.objects.order_by("pk")[::8]:
        trace = figure_trace(figure)
        assert trace.agrees
        counts = [line.count for line in trace.activities]
        if None not in counts:
            assert sum(counts) == figure.value
        assert trace.definition.code == figure.indicator


def test_a_small_figure_of_people_shows_neither_value_nor_hash(world):
    small = Figure.objects.filter(indicator="people_taking_part", value__lt=5).first()
    trace = figure_trace(small)
    assert (trace.value, trace.records_sha256) == (None, None)
    assert all(line.count is None for line in trace.activities)
    held = Figure.objects.filter(indicator="sessions_held", value__lt=5).first()
    assert figure_trace(held).value == held.value


def test_a_figure_whose_records_have_changed_does_not_agree(world):
    figure = Figure.objects.filter(indicator="people_taking_part").order_by("-value").first()
    Consent.objects.all().delete()
    assert not figure_trace(figure).agrees


def test_the_public_sees_progress_of_the_newest_published_bulletin_only(world):
    Target.objects.all().delete()
    factories.TargetFactory(
        component=factories.ComponentFactory(code="A2"), code="A2-places", indicator="places_offered"
    )
    assert public_progress() == ()
    made = draft_bulletin(by=SYSTEM, code="b-1", starts_on=FIRST, ends_on=dt.date(2027, 6, 1), on=SEEN_ON)
    assert (public_progress(), bulletins()) == ((), [])
    with pytest.raises(UnseenError):
        bulletin("b-1")
    publish_bulletin(by=SYSTEM, bulletin=made, on=SEEN_ON)
    (before,) = public_progress()
    Figure.objects.all().delete()
    assert public_progress() == (before,)
    assert before.actual > 0
    assert [line.code for line in bulletins()] == ["b-1"]
    assert bulletin("b-1", 1).document["code"] == "b-1"
    assert bulletin("b-1").newer is None
    with pytest.raises(UnseenError):
        bulletin("b-1", 2)
