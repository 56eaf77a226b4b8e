"""Lists and rows: pages, filters, orders, validators, and what is not shown to whom."""

import json

import pytest

from api.conftest import Connect
from api.programs import Program, told
from apps.factories import (
    CallFactory,
    OpeningFactory,
    RegionFactory,
    SchoolFactory,
    SessionFactory,
    UniversityFactory,
)
from sojourn.registry.models import Membership

pytestmark = pytest.mark.django_db
Role = Membership.Role


def codes(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["code"] for row in json.loads(answer.content)["items"]]


def pages(program: Program, path: str, query: dict) -> list[list[str]]:
    """Every page of a list, by its cursors."""
    found, cursor = [], None
    while True:
        answer = program.get(path, query | ({"cursor": cursor} if cursor else {}))
        found.append(codes(answer))
        cursor = json.loads(answer.content)["next"]
        if cursor is None:
            return found


def flat(found: list[list[str]]) -> list[str]:
    return [code for page in found for code in page]


def test_pages_of_a_list_hold_every_row_once_in_order(anyone: Program) -> None:
    region = RegionFactory(code="north")
    for number in (5, 3, 1, 4, 2):
        SchoolFactory(code=f"s{number}", parent=region)
    assert pages(anyone, "/organisations", {"kind": "school", "limit": 2}) == [
        ["s1", "s2"],
        ["s3", "s4"],
        ["s5"],
    ]
    backwards = {"kind": "school", "limit": 3, "order": "-code"}
    assert pages(anyone, "/organisations", backwards) == [["s5", "s4", "s3"], ["s2", "s1"]]


def test_pages_in_an_order_of_two_columns_hold_every_row_once(anyone: Program) -> None:
    call = CallFactory()
    days = ["2027-07-01", "2027-07-02", "2027-07-01", "2027-07-03", "2027-07-02"]
    for number, day in enumerate(days):
        OpeningFactory(call=call, code=f"o{number}", starts_on=day, ends_on="2027-08-01")
    assert flat(pages(anyone, "/openings", {"limit": 2})) == ["o0", "o2", "o1", "o4", "o3"]
    assert flat(pages(anyone, "/openings", {"limit": 2, "order": "-starts_on"})) == [
        "o3",
        "o4",
        "o1",
        "o2",
        "o0",
    ]


def test_cursor_serves_only_the_question_that_it_was_written_for(anyone: Program) -> None:
    SchoolFactory.create_batch(3)
    cursor = json.loads(anyone.get("/organisations", {"limit": 1}).content)["next"]
    assert anyone.get("/organisations", {"limit": 2, "cursor": cursor}).status_code == 200
    other = anyone.get("/organisations", {"limit": 1, "kind": "school", "cursor": cursor})
    assert told(other) == (422, "cursor.invalid")
    for forged in ("", "x", cursor[:-1], cursor + "A", "é", f"{cursor}:{cursor}"):
        assert told(anyone.get("/organisations", {"cursor": forged})) == (422, "cursor.invalid")


def test_next_page_is_named_in_a_header_too(anyone: Program) -> None:
    SchoolFactory.create_batch(3)
    answer = anyone.get("/organisations", {"limit": 2, "kind": "school"})
    address = answer["Link"].removeprefix("<").removesuffix('>; rel="next"')
    assert codes(anyone.client.get(address)) == codes(
        anyone.get(
            "/organisations",
            {"limit": 2, "kind": "school", "cursor": json.loads(answer.content)["next"]},
        )
    )
    assert "Link" not in anyone.get("/organisations", {"limit": 100})


def test_filters_narrow_a_list(anyone: Program) -> None:
    north, south = RegionFactory(code="north"), RegionFactory(code="south")
    SchoolFactory(code="a", parent=north, level="primary")
    SchoolFactory(code="b", parent=south)
    UniversityFactory(code="c", parent=north)
    assert codes(anyone.get("/organisations", {"within": "north"})) == ["a", "c", "north"]
    assert codes(anyone.get("/organisations", {"parent": "north", "kind": "university"})) == ["c"]
    assert codes(anyone.get("/organisations", {"level": "primary"})) == ["a"]
    assert codes(anyone.get("/organisations", {"parent": "nowhere"})) == []


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("limit=0", ("limit", "greater_than_equal")),
        ("limit=101", ("limit", "less_than_equal")),
        ("limit=1_0", ("limit", "int_type")),
        ("limit=１０", ("limit", "int_type")),
        ("limit=²", ("limit", "int_type")),
        ("limit=1e1", ("limit", "int_type")),
        ("limit=" + "9" * 5000, ("limit", "int_type")),
        ("limit=1&limit=2", ("limit", "repeated")),
        ("kind=planet", ("kind", "literal_error")),
        ("parent=a%00b", ("parent", "character")),
        ("parent=a/b", ("parent", "string_pattern_mismatch")),
        ("surname=Li", ("surname", "unknown_parameter")),
        ("order=town", ("order", "literal_error")),
    ],
)
def test_parameter_that_cannot_be_used_is_named(anyone: Program, query: str, fault: tuple[str, str]) -> None:
    answer = anyone.client.get(f"/api/v1/organisations?{query}")
    assert told(answer) == (422, "input.invalid")
    assert [(each["parameter"], each["code"]) for each in json.loads(answer.content)["faults"]] == [fault]


@pytest.mark.parametrize(
    "day", ["2027-W01-1", "20270701", "２０２７-07-01", "1798761600", "2027-02-30", "2027-7-1"]
)
def test_day_has_one_form(anyone: Program, day: str) -> None:
    answer = anyone.get("/openings", {"starts_from": day})
    assert [each["code"] for each in json.loads(answer.content)["faults"]] == ["day"]


def test_unchanged_answer_is_not_sent_twice(anyone: Program) -> None:
    SchoolFactory(code="a")
    first = anyone.get("/organisations")
    again = anyone.get("/organisations", If_None_Match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    SchoolFactory(code="b")
    changed = anyone.get("/organisations", If_None_Match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_head_tells_what_get_would_and_options_what_is_allowed(anyone: Program) -> None:
    SchoolFactory(code="a")
    got = anyone.get("/organisations")
    head = anyone.client.head("/api/v1/organisations")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])
    assert head["Content-Length"] == str(len(got.content))
    options = anyone.client.options("/api/v1/organisations")
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    wrong = anyone.client.delete("/api/v1/organisations")
    assert told(wrong) == (405, "method.unknown")
    assert wrong["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_no_other_site_may_read_in_a_browser(anyone: Program) -> None:
    answer = anyone.get("/organisations", Origin="https://elsewhere.example")
    assert [name for name in answer.headers if name.lower().startswith("access-control")] == []


@pytest.mark.parametrize(
    ("accepted", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("application/problem+json", 200),
        ("text/csv", 406),
        ("image/*", 406),
    ],
)
def test_answer_is_json_or_none(anyone: Program, accepted: str, status: int) -> None:
    assert anyone.get("/organisations", Accept=accepted).status_code == status


@pytest.mark.parametrize(
    "path",
    ["/", "/people", "/organisations/", "/organisations/none", "/calls/%00", "/runs/1", "/openings/a/b"],
)
def test_what_is_not_there_is_a_problem_too(anyone: Program, path: str) -> None:
    assert told(anyone.get(path)) == (404, "missing")


def test_problem_speaks_the_reader_s_language(anyone: Program) -> None:
    english, chinese = (
        json.loads(anyone.get("/organisations", {"limit": 0}, Accept_Language=language).content)
        for language in ("en", "zh-CN,zh;q=0.9")
    )
    assert english["code"] == chinese["code"]
    assert english["faults"][0]["detail"] == "This is too small: at least 1."
    assert chinese["faults"][0]["detail"] == "太小：至少为 1。"


def test_draft_is_seen_by_its_own_office_alone(anyone: Program, connect: Connect) -> None:
    here, there = RegionFactory(), RegionFactory()
    CallFactory(code="public", organiser=there)
    draft = CallFactory(code="draft", organiser=here, status="draft")
    OpeningFactory(call=draft, code="camp")
    own, foreign = (connect(region, Role.REGIONAL_OFFICE) for region in (here, there))
    assert [sorted(codes(each.get("/calls"))) for each in (anyone, foreign, own)] == [
        ["public"],
        ["public"],
        ["draft", "public"],
    ]
    assert [each.get("/calls/draft").status_code for each in (anyone, foreign, own)] == [404, 404, 200]
    assert [each.get("/openings/draft/camp").status_code for each in (anyone, foreign, own)] == [
        404,
        404,
        200,
    ]


def test_sessions_are_counts_for_the_host_alone(connect: Connect) -> None:
    session = SessionFactory()
    host = connect(session.opening.host, Role.INSTITUTION)
    other = connect(SchoolFactory(), Role.INSTITUTION)
    [row] = json.loads(host.get("/sessions").content)["items"]
    assert (row["number"], row["present"], row["adults"]) == (session.pk, 0, 0)
    assert json.loads(other.get("/sessions").content)["items"] == []
    assert other.get(f"/sessions/{session.pk}").status_code == 404
    [line] = json.loads(host.get("/hosted-openings").content)["items"]
    assert (line["seats"], line["taken"], line["sessions"]) == (30, 0, 1)


@pytest.mark.parametrize("path", ["/organisations", "/openings", "/calls", "/runs", "/bulletins"])
def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    anyone: Program, path: str, django_assert_max_num_queries
) -> None:
    OpeningFactory.create_batch(4)
    with django_assert_max_num_queries(2):
        anyone.get(path, {"limit": 1})
    with django_assert_max_num_queries(2):
        anyone.get(path, {"limit": 3})
