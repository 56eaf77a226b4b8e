import datetime as dt

import pytest

from apps import factories
from apps.monitoring.worlds import FIRST, LAST, SEEN_ON, random_world
from sojourn.monitoring.actions import compute_figures, draft_bulletin, publish_bulletin
from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries import bulletin, bulletins, figure_trace, figures_of
from sojourn.monitoring.queries.small import without_small
from sojourn.plan.models import Target
from sojourn.records.actor import SYSTEM
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


def test_an_office_lists_its_own_figures_and_hides_small_counts_of_people(world):
    region = Organisation.objects.regional_offices().first()
    lines = figures_of(region.pk)
    own = Figure.objects.filter(organisation=region).exclude(component__track="")
    assert sorted(line.number for line in lines) == sorted(own.values_list("pk", flat=True))
    values = dict(own.values_list("pk", "value"))
    people = set(own.filter(indicator="people_taking_part").values_list("pk", flat=True))
    small = [line for line in lines if line.number in people and 0 < values[line.number] < 5]
    assert small != []
    assert {line.value for line in small} == {None}


def test_lone_small_month_is_not_to_be_worked_out_from_a_total(world):
    own = Figure.objects.filter(indicator="people_taking_part").exclude(component__track="")
    first = own.order_by("organisation_id", "component_id", "starts_on").first()
    series = own.filter(organisation=first.organisation_id, component=first.component_id)
    series.update(value=20)
    Figure.objects.filter(pk=first.pk).update(value=3)
    numbers = set(series.values_list("pk", flat=True).order_by())
    lines = [line for line in figures_of(first.organisation_id) if line.number in numbers]
    hidden = [line.number for line in lines if line.value is None]
    assert (len(lines), len(hidden)) == (series.count(), 2)
    assert first.pk in hidden
    assert {figure_trace(figure).value for figure in series.filter(pk__in=hidden)} == {None}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([0, 7, 9], [0, 7, 9]),
        ([3, 7, 9], [None, None, 9]),
        ([3, 4, 9], [None, None, 9]),
        ([0, 3, 0], [0, None, 0]),
        ([5, 4, 5], [None, None, 5]),
        ([3], [None]),
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
    made = draft_bulletin(by=SYSTEM, code="b-1", starts_on=FIRST, ends_on=dt.date(2027, 6, 1), on=SEEN_ON)
    assert bulletins() == []
    with pytest.raises(UnseenError):
        bulletin("b-1")
    publish_bulletin(by=SYSTEM, bulletin=made, on=SEEN_ON)
    Figure.objects.all().delete()
    assert [line.code for line in bulletins()] == ["b-1"]
    assert bulletin("b-1", 1).document["code"] == "b-1"
    assert bulletin("b-1").newer is None
    with pytest.raises(UnseenError):
        bulletin("b-1", 2)
