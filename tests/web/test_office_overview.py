"""The overview takes the same few queries at any size, and shows counts that tell of nobody."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.factories import NOW, ComponentFactory, RegionFactory, TargetFactory
from sojourn.monitoring.models import Figure
from sojourn.plan.models import Quota, Target
from sojourn.records.models import Run
from sojourn.registry.models import Membership, Organisation
from sojourn.web.office.overview import programme_overview, regional_overview

MOST_QUERIES = 6
MARCH = (dt.date(2027, 3, 1), dt.date(2027, 4, 1))
FEBRUARY = (dt.date(2027, 2, 1), dt.date(2027, 3, 1))


def figure(target: Target, organisation: Organisation, value: int, month=FEBRUARY, **changes) -> None:
    Figure.objects.create(
        **{
            "indicator": target.indicator,
            "definition_version": 1,
            "component": target.component,
            "organisation": organisation,
            "starts_on": month[0],
            "ends_on": month[1],
            "value": value,
            "records_sha256": "0" * 64,
            "seen_on": NOW.date(),
            "computed_at": NOW,
        }
        | changes
    )


def split(target: Target, amounts: list[int]) -> list[Organisation]:
    """A target over as many new regions as there are amounts."""
    run = Run.objects.create(
        method="apportion.webster/1", status="done", commitment="0" * 64, committed_at=NOW, done_at=NOW
    )
    regions = [
        RegionFactory(code=f"{target.code}-{number:02}", hex_column=number % 6, hex_row=number // 6)
        for number in range(len(amounts))
    ]
    Quota.objects.bulk_create(
        Quota(target=target, organisation=region, amount=amount, run=run)
        for region, amount in zip(regions, amounts, strict=True)
    )
    return regions


@pytest.mark.parametrize("size", [1, 31])
def test_overview_takes_six_queries_at_any_size(officer: Client, office, size: int) -> None:
    for code in [f"A{number}" for number in range(size)]:
        target = TargetFactory(code=f"t-{code}", component=ComponentFactory(code=code))
        for region in split(target, [10] * size) if code == "A0" else []:
            for month in (FEBRUARY, MARCH):
                figure(target, region, 7, month)
                figure(target, office, 7, month, indicator=f"x-{region.code}")
    officer.get("/office/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = officer.get("/office/")
    assert (answer.status_code, len(asked)) == (200, MOST_QUERIES)


def test_months_within_the_target_are_added_up(office) -> None:
    target = TargetFactory(starts_on=dt.date(2027, 2, 1), ends_on=dt.date(2027, 4, 1), amount=100)
    figure(target, office, 40)
    figure(target, office, 2, MARCH)
    figure(target, office, 900, (dt.date(2027, 4, 1), dt.date(2027, 5, 1)))
    figure(target, office, 900, indicator="places_offered")
    page = programme_overview(office.pk)
    assert [(line.reached, line.amount) for line in page.targets] == [(42, 100)]


def test_regions_are_compared_by_the_target_asked_for(office) -> None:
    first, second = (
        TargetFactory(code="one"),
        TargetFactory(code="two", component=ComponentFactory(code="A3")),
    )
    split(first, [30, 70])
    for region, value in zip(split(second, [10, 20]), [9, 0], strict=True):
        figure(second, region, value)
    page = programme_overview(office.pk, chosen_code="two")
    assert page.chosen is not None
    assert (page.chosen.code, [(line.quota, line.reached) for line in page.regions]) == (
        "two",
        [(10, 9), (20, 0)],
    )
    assert programme_overview(office.pk, chosen_code="nonsense").chosen.code == "one"


def test_small_counts_of_people_are_hidden_on_the_page(officer: Client) -> None:
    target = TargetFactory()
    for region, value in zip(split(target, [50, 50, 50]), [3, 8, 40], strict=True):
        figure(target, region, value)
    page = officer.get("/office/").context["page"]
    assert [line.reached for line in page.regions] == [None, None, 40]


def test_people_of_a_component_above_are_not_counted_twice_by_month(office) -> None:
    above = ComponentFactory(code="A", track="")
    below = ComponentFactory(code="A2", parent=above)
    targets = [TargetFactory(component=above), TargetFactory(component=below)]
    for target in targets:
        figure(target, office, 12)
    page = programme_overview(office.pk)
    assert [line.values for line in page.months] == [(12,)]


def test_region_sees_its_own_share_and_no_other(log_in, office) -> None:
    target = TargetFactory()
    own, other = split(target, [60, 40])
    figure(target, own, 21)
    figure(target, other, 13)
    page = regional_overview(own.pk)
    assert [(line.amount, line.reached) for line in page.targets] == [(60, 21)]
    text = log_in(Membership.Role.REGIONAL_OFFICE, own).get("/office/").content.decode()
    assert other.names["en"] not in text


def test_overview_before_any_plan_says_what_comes_next(officer: Client) -> None:
    assert "There is no plan in force" in officer.get("/office/").content.decode()
