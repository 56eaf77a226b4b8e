"""An auditor reads what was done by its numbers, proves that it is whole, and meets no person."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.factories import NOW, EngagementFactory, OpeningFactory, PersonFactory
from sojourn.records.models import AuditEvent
from sojourn.records.trails import seal
from sojourn.registry.models import Membership

pytestmark = pytest.mark.django_db
VERBS = ["plan.load", "plan.publish", "call.draft"]


@pytest.fixture
def auditor(log_in, office) -> Client:
    return log_in(Membership.Role.AUDITOR, office)


def acted(times: int, verb: str = "call.draft", at: dt.datetime = NOW) -> None:
    AuditEvent.objects.bulk_create(
        AuditEvent(verb=verb, at=at, actor_account=7, object_kind="participation.call", object_id=number)
        for number in range(1, times + 1)
    )


def lines(client: Client, question: str = "") -> list[list[str]]:
    """The sheet of the page with these filters, without its heads."""
    return list(csv.reader(io.StringIO(client.get(f"/audit/acts.csv{question}").content.decode())))[1:]


def test_acts_stand_in_words_with_numbers_only(auditor: Client) -> None:
    acted(1)
    page = auditor.get("/audit/").content.decode()
    assert [word in page for word in ("Drafted a call", "account 7", "participation.call 1")] == [True] * 3


def test_sheet_holds_the_lines_that_the_page_shows(auditor: Client) -> None:
    acted(2)
    shown = [row[2:] for row in lines(auditor, "?verb=call.draft")]
    assert shown == [
        ["call.draft", "Drafted a call", "7", "0", "participation.call", number, "1"] for number in ("2", "1")
    ]


def test_filters_by_act_and_by_days_both_included(auditor: Client) -> None:
    for number, verb in enumerate(VERBS):
        acted(1, verb, NOW + dt.timedelta(days=number))
    day = (NOW + dt.timedelta(days=1)).date().isoformat()
    assert [row[2] for row in lines(auditor, "?verb=plan.load")] == ["plan.load"]
    assert [row[2] for row in lines(auditor, f"?first={day}&last={day}")] == ["plan.publish"]


@pytest.mark.parametrize("question", ["?verb=unknown", "?first=soon", "?before=0", "?before=" + "9" * 30])
def test_question_that_is_not_on_the_list_is_answered_with_nothing(auditor: Client, question: str) -> None:
    acted(1)
    assert [auditor.get(f"/audit/{question}").status_code, lines(auditor, question)] == [200, []]


@pytest.mark.parametrize(
    "question", ["?order_by=at", "?actor_account=7", "?verb__startswith=plan", "?limit=9"]
)
def test_unknown_name_in_the_address_changes_nothing(auditor: Client, question: str) -> None:
    acted(3)
    assert lines(auditor, question) == lines(auditor)


def test_pages_go_on_without_a_gap(auditor: Client) -> None:
    acted(60)
    first = lines(auditor, "?verb=call.draft")
    rest = lines(auditor, f"?verb=call.draft&before={first[-1][0]}")
    assert [len(first), len(rest)] == [50, 10]
    assert [row[7] for row in first + rest] == [str(number) for number in range(60, 0, -1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_queries_at_any_length(auditor: Client, rows: int) -> None:
    acted(rows)
    auditor.get("/audit/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        auditor.get("/audit/")
    assert len([query for query in asked if "records_" in query["sql"]]) == 3


def test_seals_that_hold_are_said_to_be_whole(auditor: Client) -> None:
    acted(3)
    seal("audit", at=NOW)
    assert auditor.get("/audit/seals/").content.decode().count("Whole: no sealed line was changed") == 2


def test_seal_that_does_not_fit_its_lines_is_said_to_be_broken(auditor: Client, monkeypatch) -> None:
    acted(3)
    seal("audit", at=NOW)
    monkeypatch.setattr("sojourn.records.trails._rows_sha256", lambda _rows: "0" * 64)
    page = auditor.get("/audit/seals/").content.decode()
    assert ["The chain is broken" in page, "seal 1" in page] == [True, True]


def test_auditor_sees_no_roster_and_no_person(auditor: Client) -> None:
    opening = OpeningFactory()
    EngagementFactory(opening=opening, person=PersonFactory(given_name="Mina", family_name="Okafor"))
    acted(1)
    roster = f"/institution/openings/{opening.call.code}/{opening.code}/roster/"
    assert [auditor.get(page).status_code for page in (roster, "/my/", "/office/", "/posts/")] == [404] * 4
    told = auditor.get("/audit/").content.decode() + auditor.get("/audit/acts.csv").content.decode()
    assert ["Mina" in told, "Okafor" in told] == [False, False]
