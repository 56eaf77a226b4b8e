"""Drafting and publishing a call: each refusal, and who may press the button."""

import datetime as dt

import pytest

from apps import factories
from apps.outcomes import refused, traces, unseen
from apps.participation.world import (
    CLOSES_ON,
    DAY,
    DICE,
    STAYS_FROM,
    TODAY,
    at_noon,
    call_values,
    draft,
    office,
    opening_values,
    published,
)
from sojourn.participation.actions.calls import add_opening, draft_call, publish_call
from sojourn.participation.actions.rounds import announce_round
from sojourn.participation.models import Call, Opening, Reserve
from sojourn.records.actor import PUBLIC, SYSTEM
from sojourn.registry.models import Membership

pytestmark = pytest.mark.django_db


def test_office_drafts_completes_and_publishes_with_one_line_each() -> None:
    organiser = factories.RegionFactory()
    by = office(organiser, Membership.Role.REGIONAL_OFFICE)
    component = factories.ComponentFactory()
    call = draft_call(by=by, code="spring", organiser=organiser, component=component, values=call_values())
    reserves = [(factories.RegionFactory(), 1), (factories.RegionFactory(), 1)]
    values = opening_values(factories.UniversityFactory(), reserves=reserves)
    opening = add_opening(by=by, call=call, values=values)
    announce_round(by=by, call=call, seed_source=DICE, at=at_noon(TODAY))
    with traces(("call.publish", 900, False, "participation.call", call.pk, 1)):
        publish_call(by=by, call=call, on=TODAY)
    assert Call.objects.get().status == Call.Status.PUBLISHED
    assert list(Opening.objects.values_list("pk", "seats")) == [(opening.pk, 2)]
    kept = [(row.region, row.seats) for row in Reserve.objects.order_by("position")]
    assert kept == reserves


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"closes_on": TODAY}, "call.dates", "closes_on"),
        ({"closes_on": TODAY - DAY}, "call.dates", "closes_on"),
        ({"minimum_age": 5}, "call.ages", "minimum_age"),
        ({"maximum_age": 31}, "call.ages", "minimum_age"),
        ({"minimum_age": 12, "maximum_age": 11}, "call.ages", "minimum_age"),
        ({"answer_days": 6}, "call.answer_days", "answer_days"),
        ({"maximum_choices": 0}, "call.counts", "maximum_choices"),
        ({"maximum_choices": 6}, "call.counts", "maximum_choices"),
        ({"maximum_group": 0}, "call.counts", "maximum_group"),
        ({"maximum_group": 46}, "call.counts", "maximum_group"),
    ],
)
def test_unsound_call_is_not_drafted(changes: dict[str, object], code: str, where: str) -> None:
    organiser, component = factories.CoordinatingOfficeFactory(), factories.ComponentFactory()
    with refused(code, where=where):
        draft_call(
            by=SYSTEM, code="x", organiser=organiser, component=component, values=call_values(**changes)
        )


def test_code_of_another_call_is_refused() -> None:
    call = draft("summer")
    with refused("call.code", where="code"):
        draft_call(
            by=SYSTEM,
            code="summer",
            organiser=call.organiser,
            component=call.component,
            values=call_values(),
        )


@pytest.mark.parametrize(
    "columns",
    [
        {"code": "A1", "track": "correspondence"},
        {"code": "A2", "is_retired": True},
        {"code": "A", "track": ""},
        {"code": "Z", "track": "unknown"},
    ],
)
def test_component_that_offers_no_places_has_no_call(columns: dict[str, object]) -> None:
    organiser, component = factories.CoordinatingOfficeFactory(), factories.ComponentFactory(**columns)
    with refused("call.component", where="component"):
        draft_call(by=SYSTEM, code="x", organiser=organiser, component=component, values=call_values())


def test_only_an_office_of_the_organiser_drafts_and_publishes() -> None:
    call = draft()
    other = factories.RegionFactory()
    wrong_role = office(call.organiser, Membership.Role.INSTITUTION)
    for by in (office(other), wrong_role, PUBLIC):
        with unseen():
            publish_call(by=by, call=call, on=TODAY)
        with unseen():
            draft_call(
                by=by, code="y", organiser=call.organiser, component=call.component, values=call_values()
            )


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"starts_on": CLOSES_ON}, "opening.dates", "starts_on"),
        ({"ends_on": STAYS_FROM}, "opening.dates", "starts_on"),
        ({"code": "taken"}, "opening.code", "code"),
        ({"seats": 0}, "opening.seats", "seats"),
        ({"seats": -1}, "opening.seats", "seats"),
    ],
)
def test_unsound_opening_is_not_added(changes: dict[str, object], code: str, where: str) -> None:
    call, host = draft(), factories.UniversityFactory()
    add_opening(by=SYSTEM, call=call, values=opening_values(host, code="taken"))
    with refused(code, where=where):
        add_opening(by=SYSTEM, call=call, values=opening_values(host, **changes))


@pytest.mark.parametrize(
    ("seats", "code", "where"),
    [
        ([2, 1], "opening.reserves", "seats"),
        ([1, 0], "opening.reserve", "reserves"),
        ([3, -1], "opening.reserve", "reserves"),
    ],
)
def test_unsound_reserves_are_refused(seats: list[int], code: str, where: str) -> None:
    call, host = draft(), factories.UniversityFactory()
    reserves = [(factories.RegionFactory(), count) for count in seats]
    with refused(code, where=where):
        add_opening(by=SYSTEM, call=call, values=opening_values(host, reserves=reserves))


def test_region_with_two_reserves_is_refused() -> None:
    call, host, region = draft(), factories.UniversityFactory(), factories.RegionFactory()
    with refused("opening.reserve", where="reserves"):
        add_opening(by=SYSTEM, call=call, values=opening_values(host, reserves=[(region, 1), (region, 1)]))


def test_incomplete_call_is_not_published() -> None:
    call = draft()
    with refused("call.no_openings"):
        publish_call(by=SYSTEM, call=call, on=TODAY)
    add_opening(by=SYSTEM, call=call, values=opening_values(factories.UniversityFactory()))
    with refused("call.no_round"):
        publish_call(by=SYSTEM, call=call, on=TODAY)
    announce_round(by=SYSTEM, call=call, seed_source=DICE, at=at_noon(TODAY))
    with refused("call.closed_already", where="closes_on"):
        publish_call(by=SYSTEM, call=call, on=CLOSES_ON)
    publish_call(by=SYSTEM, call=call, on=CLOSES_ON - dt.timedelta(days=1))
    assert Call.objects.get().status == Call.Status.PUBLISHED


def test_published_call_does_not_change() -> None:
    call, host = published(2), factories.UniversityFactory()
    with refused("call.published"):
        publish_call(by=SYSTEM, call=call, on=TODAY)
    with refused("call.published"):
        add_opening(by=SYSTEM, call=call, values=opening_values(host, code="late"))
