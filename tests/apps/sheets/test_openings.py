"""Openings of a draft call from a sheet, as a volunteering agency publishes them."""

import datetime as dt
import json
from pathlib import Path

import pytest

from apps.factories import CallFactory, UniversityFactory
from apps.outcomes import refused, unseen
from apps.sheets.importing import checked, counts, faults, sent, undone, written
from sojourn.participation.actions.calls import remove_openings
from sojourn.participation.models import Call, Opening
from sojourn.records.actor import SYSTEM, Actor, Post
from sojourn.registry.models import Membership
from sojourn.sheets.models import Import

pytestmark = pytest.mark.django_db
SHEET = (
    "编号,标题,接待方,开始日期,结束日期,名额\n"
    "w1,Lake,host,2027-07-01,2027-07-15,30\n"
    "w2,Hill,host,2027年8月1日,2027/8/15,12\n"
)


@pytest.fixture
def call() -> Call:
    UniversityFactory(code="host")
    return CallFactory(code="summer", status=Call.Status.DRAFT)


def openings() -> list[tuple[str, int]]:
    return list(Opening.objects.order_by("code").values_list("code", "seats"))


def test_openings_are_added_to_the_draft_and_taken_out(tmp_path: Path, call: Call) -> None:
    importing = written(checked(sent(tmp_path, SHEET, kind="openings", scope="summer")))
    assert openings() == [("w1", 30), ("w2", 12)]
    assert Opening.objects.get(code="w2").starts_on == dt.date(2027, 8, 1)
    again = checked(sent(tmp_path, SHEET.replace("30", "31"), kind="openings", scope="summer"))
    assert (counts(again), faults(again)) == ((0, 0, 1, 1), [(2, "code", "w1")])
    assert undone(importing).status == Import.Status.UNDONE
    assert openings() == []


def test_records_of_an_agency_are_read_with_one_host_and_end_for_all(tmp_path: Path, call: Call) -> None:
    """The shape of the openings that the Peace Corps publishes; values are invented."""
    records = [
        {"REQ ID": f"{n}BR", "title": f"Post {n}", "STAGING": "16-Oct-27", "num_vol": n, "skills": "a\r\rb"}
        for n in range(1, 41)
    ]
    fixed = {"host": "host", "ends_on": "2029-12-31"}
    importing = checked(sent(tmp_path, json.dumps(records), kind="openings", scope="summer"), fixed=fixed)
    assert importing.mapping["columns"] == {"code": 0, "title": 1, "starts_on": 2, "seats": 3}
    assert counts(importing) == (40, 0, 0, 0)
    written(importing)
    assert openings()[0] == ("10BR", 10)


def test_what_the_rules_of_openings_forbid_is_told_by_row(tmp_path: Path, call: Call) -> None:
    text = (
        "code,title,host,start,end,seats\n"
        "a,Lake,nowhere,2027-07-01,2027-07-15,3\n"
        "b,Lake,host,2027-03-02,2027-07-15,3\n"
        "c,Lake,host,2027-07-15,2027-07-15,3\n"
        "d,,host,2027-07-01,2027-07-15,0\n"
    )
    importing = checked(sent(tmp_path, text, kind="openings", scope="summer"))
    assert counts(importing) == (0, 0, 0, 4)
    assert [column for _row, column, _value in faults(importing)] == [
        "host",
        "starts_on",
        "ends_on",
        "seats",
        "title",
    ]


def test_published_call_keeps_its_openings(tmp_path: Path, call: Call) -> None:
    importing = written(checked(sent(tmp_path, SHEET, kind="openings", scope="summer")))
    Call.objects.update(status=Call.Status.PUBLISHED)
    with refused("call.published"):
        remove_openings(by=SYSTEM, call=Call.objects.get(), ids=[1])
    kept = undone(importing)
    assert (kept.status, bool(kept.refusal), len(openings())) == (Import.Status.DONE, True, 2)


def test_call_of_somebody_else_does_not_exist(tmp_path: Path, call: Call) -> None:
    stranger = Actor(account_id=3, posts=frozenset({Post(Membership.Role.REGIONAL_OFFICE, 99)}))
    with unseen():
        sent(tmp_path, SHEET, by=stranger, kind="openings", scope="summer")
