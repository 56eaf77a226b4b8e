"""Writes: one action each, once for each key, all of it or nothing; JSON's traps end before they begin."""

import json

import pytest

from api.conftest import Connect
from api.programs import Program, told
from apps.factories import CallFactory, ComponentFactory, OpeningFactory, RegionFactory, SchoolFactory
from sojourn.connections.actions.answers import KEPT_FOR, forget_answers
from sojourn.connections.models import KeptAnswer
from sojourn.participation.models import Call, Opening, Reserve, Round
from sojourn.records.models import AuditEvent
from sojourn.registry.models import Membership, Organisation

pytestmark = pytest.mark.django_db
Role = Membership.Role
SCHOOL = {"code": "gb-1", "kind": "school", "names": {"en": "A school", "zh": "学校"}, "parent": "north"}
CALL = {
    "code": "camps",
    "component": "A2",
    "titles": {"en": "Camps", "zh": "营地"},
    "summaries": {"en": "Two weeks."},
    "opens_on": "2027-03-10",
    "closes_on": "2027-04-10",
    "minimum_age": 8,
    "maximum_age": 17,
}
CAMP = {
    "code": "week-1",
    "host": "host",
    "titles": {"en": "Week one"},
    "starts_on": "2027-07-01",
    "ends_on": "2027-07-15",
    "seats": 30,
}


@pytest.fixture
def north(db) -> Organisation:
    return RegionFactory(code="north")


@pytest.fixture
def region(connect: Connect, north: Organisation) -> Program:
    return connect(north, Role.REGIONAL_OFFICE)


def faults(answer) -> list[tuple[str, str]]:
    assert told(answer)[0] == 422
    return [(each["pointer"], each["code"]) for each in json.loads(answer.content)["faults"]]


def test_call_goes_from_draft_to_public(region: Program, anyone: Program) -> None:
    ComponentFactory()
    SchoolFactory(code="host")
    drafted = region.post("/calls", CALL)
    assert (drafted.status_code, drafted["Location"]) == (201, "/api/v1/calls/camps")
    row = json.loads(drafted.content)
    assert (row["status"], row["organiser"], row["answer_days"]) == ("draft", "north", 14)
    added = region.post("/calls/camps/openings", CAMP | {"reserves": [{"region": "north", "seats": 3}]})
    assert (added.status_code, added["Location"]) == (201, "/api/v1/openings/camps/week-1")
    assert Reserve.objects.get().seats == 3
    assert told(region.post("/calls/camps/publication", {})) == (409, "call.no_round")
    Round.objects.create(call=Call.objects.get(), seed_source={}, announced_at="2027-03-01T00:00Z")
    assert anyone.get("/calls/camps").status_code == 404
    assert region.post("/calls/camps/publication", {}).status_code == 201
    assert json.loads(anyone.get("/calls/camps").content)["status"] == "published"


def test_rule_s_no_points_to_the_value_at_fault(region: Program) -> None:
    ComponentFactory()
    answer = region.post("/calls", CALL | {"closes_on": "2027-03-01"})
    assert json.loads(answer.content)["code"] == "call.dates"
    assert faults(answer) == [("#/closes_on", "call.dates")]
    assert not Call.objects.exists()


def test_every_fault_of_a_body_is_named(region: Program) -> None:
    answer = region.post(
        "/calls",
        CALL
        | {
            "opens_on": "10.3.2027",
            "minimum_age": "8a",
            "maximum_age": True,
            "titles": {"fr": "Camps"},
            "x/y": 1,
        },
    )
    assert sorted(faults(answer)) == [
        ("#/maximum_age", "int_type"),
        ("#/minimum_age", "int_type"),
        ("#/opens_on", "day"),
        ("#/titles/en", "missing"),
        ("#/titles/fr", "extra_forbidden"),
        ("#/x~1y", "extra_forbidden"),
    ]


def test_names_that_nothing_has_are_faults(region: Program) -> None:
    assert faults(region.post("/calls", CALL)) == [("#/component", "unknown")]
    OpeningFactory(
        call=CallFactory(code="own", organiser=Organisation.objects.get(code="north"), status="draft")
    )
    assert faults(region.post("/calls/own/openings", CAMP)) == [("#/host", "unknown")]
    SchoolFactory(code="host")
    asked = CAMP | {"reserves": [{"region": "nowhere", "seats": 1}]}
    assert faults(region.post("/calls/own/openings", asked)) == [("#/reserves/0/region", "unknown")]


def test_call_of_another_office_is_not_there(region: Program) -> None:
    SchoolFactory(code="host")
    CallFactory(code="other", status="draft")
    assert told(region.post("/calls/other/openings", CAMP)) == (404, "missing")
    assert told(region.post("/calls/other/publication", {})) == (404, "missing")


def test_batch_is_added_whole(region: Program) -> None:
    rows = [SCHOOL, SCHOOL | {"code": "gb-2", "easting": 412786, "northing": 286672, "level": "primary"}]
    answer = region.post("/organisations", {"rows": rows})
    assert json.loads(answer.content) == {"added": ["gb-1", "gb-2"], "known": []}
    again = region.post("/organisations", {"rows": [*rows, SCHOOL | {"code": "gb-3"}]})
    assert json.loads(again.content) == {"added": ["gb-3"], "known": ["gb-1", "gb-2"]}


def test_batch_with_a_fault_adds_nothing_and_names_every_row(region: Program) -> None:
    RegionFactory(code="south")
    rows = [
        SCHOOL,
        SCHOOL | {"code": "gb-2", "parent": "south"},
        SCHOOL,
        SCHOOL | {"code": "gb-3", "easting": 1},
    ]
    assert faults(region.post("/organisations", {"rows": rows})) == [
        ("#/rows/1/parent", "organisation.unknown_office"),
        ("#/rows/2/code", "organisation.twice"),
        ("#/rows/3/easting", "organisation.place"),
    ]
    assert not Organisation.objects.filter(kind="school").exists()


def test_batch_has_at_most_a_thousand_rows(region: Program) -> None:
    rows = [SCHOOL | {"code": f"gb-{number}"} for number in range(1001)]
    assert faults(region.post("/organisations", {"rows": rows})) == [("#/rows", "too_long")]
    answer = region.post("/organisations", {"rows": rows[:1000]})
    assert len(json.loads(answer.content)["added"]) == 1000


def test_same_key_has_one_effect_and_one_answer(region: Program) -> None:
    first = region.post("/organisations", {"rows": [SCHOOL]}, key="the-same-key")
    again = region.post("/organisations", {"rows": [SCHOOL]}, key="the-same-key")
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert AuditEvent.objects.filter(verb="organisation.add").count() == 1
    assert told(region.post("/organisations", {"rows": []}, key="the-same-key")) == (422, "key.reused")
    assert told(region.post("/calls", CALL, key="the-same-key")) == (422, "key.reused")


def test_key_of_another_program_is_another_key(connect: Connect, north: Organisation) -> None:
    for code in ("gb-1", "gb-2"):
        program = connect(north, Role.REGIONAL_OFFICE)
        sent = {"rows": [SCHOOL | {"code": code}]}
        assert program.post("/organisations", sent, key="the-same-key").status_code == 201


def test_refused_write_leaves_its_key_free_for_the_corrected_one(region: Program) -> None:
    assert told(region.post("/calls", CALL, key="the-same-key"))[0] == 422
    assert not KeptAnswer.objects.exists()
    ComponentFactory()
    assert region.post("/calls", CALL, key="the-same-key").status_code == 201


@pytest.mark.parametrize("key", ["short", "with a blank in it", "x" * 129])
def test_write_needs_a_usable_key(region: Program, key: str) -> None:
    assert told(region.post("/organisations", {"rows": [SCHOOL]}, key=key)) == (400, "key.missing")
    assert not Organisation.objects.filter(code="gb-1").exists()


def test_answers_are_kept_for_a_day(region: Program) -> None:
    region.post("/organisations", {"rows": [SCHOOL]})
    made = KeptAnswer.objects.get().made_at
    assert forget_answers(before=made + KEPT_FOR, most=10) == 0
    assert forget_answers(before=made + KEPT_FOR * 2, most=10) == 1


def test_write_about_a_version_that_has_changed_is_refused(region: Program) -> None:
    ComponentFactory()
    SchoolFactory(code="host")
    region.post("/calls", CALL)
    tag = region.get("/calls/camps")["ETag"]
    assert region.post("/calls/camps/openings", CAMP, If_Match=tag).status_code == 201
    stale = region.post("/calls/camps/openings", CAMP | {"code": "week-2"}, If_Match=tag)
    assert told(stale) == (412, "version.changed")
    assert [row.code for row in Opening.objects.all()] == ["week-1"]
    fresh = region.get("/calls/camps")["ETag"]
    assert region.post("/calls/camps/openings", CAMP | {"code": "week-2"}, If_Match=fresh).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b'{"rows": 1e400}',
        b'{"rows": -1e400}',
        b'{"rows": NaN}',
        b'{"rows": Infinity}',
        b'{"rows": [], "rows": []}',
        b'{"rows": ' + b"9" * 5000 + b"}",
        b'{"rows": 0.' + b"1" * 5000 + b"}",
        b"[" * 100_000,
        b"[" * 17 + b"1" + b"]" * 17,
        b'{"a":' * 50_000,
        "{}".encode("utf-16"),
        b"\xef\xbb\xbf{}",
        b'{"rows": "\xff"}',
        b"{'rows': []}",
        b'{"rows": [],}',
        b"{} {}",
    ],
    ids=lambda body: body[:12].decode("latin-1"),
)
def test_json_with_a_trap_is_refused(region: Program, body: bytes) -> None:
    assert told(region.post("/organisations", body)) == (400, "json.malformed")


@pytest.mark.parametrize("body", [b"null", b"1", b'"text"', b"[]", b"{}", b"true"])
def test_json_of_another_shape_is_refused(region: Program, body: bytes) -> None:
    assert told(region.post("/organisations", body)) == (422, "input.invalid")


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "a\\udfffb"])
def test_text_that_no_database_stores_is_refused(region: Program, text: str) -> None:
    sent = json.dumps({"rows": [SCHOOL]}).replace("A school", text)
    assert faults(region.post("/organisations", sent)) == [("#/rows/0/names/en", "character")]


def test_text_with_any_other_character_is_stored(region: Program) -> None:
    name = "a\u2028b 學校 \U0001f600 \u202e <script>"
    assert region.post("/organisations", {"rows": [SCHOOL | {"names": {"en": name}}]}).status_code == 201
    assert json.loads(region.get("/organisations/gb-1").content)["names"] == {"en": name, "zh": None}


def test_body_that_is_too_large_is_refused_unread(region: Program) -> None:
    assert told(region.post("/organisations", b" " * (10 * 2**20))) == (413, "body.too_large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"]
)
def test_body_has_to_be_json(region: Program, kind: str) -> None:
    headers = region.headers({"Idempotency-Key": "a-test-key"})
    answer = region.client.post("/api/v1/organisations", b"{}", content_type=kind, headers=headers)
    assert told(answer) == (415, "body.not_json")
