"""A call from the office's first draft to the public proof, through the pages alone."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.test import Client

from apps.factories import (
    ApplicationFactory,
    CallFactory,
    ComponentFactory,
    ConsentFactory,
    OpeningFactory,
    PreferenceFactory,
    RegionFactory,
    SchoolFactory,
    UniversityFactory,
)
from sojourn.participation.models import Call, Offer, Opening, Round, Ticket
from sojourn.records.methods import check_proof
from sojourn.registry.models import Account, Membership
from sojourn.web import clock
from web.given import logged_in_as

DRAFT = {
    "code": "lakes",
    "component": "A2",
    "title_en": "Lakes and stars",
    "title_zh": "湖与星",
    "summary_en": "A week by the water.",
    "summary_zh": "水边的一周。",
    "opens_on": "2027-03-01",
    "closes_on": "2027-03-31",
    "minimum_age": "12",
    "maximum_age": "25",
    "maximum_choices": "3",
    "maximum_group": "1",
    "answer_days": "14",
}
DICE = {
    "moment": "2027-04-03T10:00",
    "faces": "6",
    "throws": "50",
    "first_witness": "school-head",
    "second_witness": "parent",
}
THROWS = "3 5 1 6 2 " * 10


@pytest.fixture
def component(office):
    return ComponentFactory(responsible=office)


@pytest.fixture
def drafted(officer: Client, component) -> Call:
    assert officer.post("/office/calls/new/", DRAFT).status_code == 302
    return Call.objects.get()


@pytest.fixture
def published(officer: Client, drafted: Call) -> Call:
    host = UniversityFactory(code="host")
    region = RegionFactory(code="north")
    opening = {
        "code": "week-1",
        "host": host.code,
        "title_en": "Week 1",
        "title_zh": "第一周",
        "starts_on": "2027-07-01",
        "ends_on": "2027-07-07",
        "seats": "2",
        "region_1": region.code,
        "kept_1": "1",
    }
    steps = [("openings/new/", opening), ("announce/?kind=dice", DICE), ("publish/", {})]
    assert [officer.post(f"/office/calls/lakes/{step}", data).status_code for step, data in steps] == [
        302
    ] * 3
    drafted.refresh_from_db()
    return drafted


@pytest.fixture
def drawn(officer: Client, published: Call, monkeypatch: pytest.MonkeyPatch) -> Round:
    opening = Opening.objects.get()
    school = SchoolFactory(parent=RegionFactory())
    for _number in range(3):
        application = ApplicationFactory(call=published, sending=school)
        ConsentFactory(person=application.person)
        PreferenceFactory(application=application, opening=opening)
    at(monkeypatch, 2, officer)
    assert officer.post("/office/calls/lakes/freeze/").status_code == 302
    at(monkeypatch, 4, officer)
    assert officer.post("/office/calls/lakes/draw/", {"seed_value": THROWS}).status_code == 302
    return Round.objects.get()


def at(monkeypatch: pytest.MonkeyPatch, day: int, officer: Client) -> None:
    """Turn the clock to noon of a day in April, when the officer has to log in again."""
    moment = dt.datetime(2027, 4, day, 12, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", moment.date)
    account = Account.objects.get(memberships__role=Membership.Role.PROGRAMME_OFFICE)
    officer.cookies = logged_in_as(account, at=moment).cookies


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_last_days_typed_in_become_half_open_periods(published: Call) -> None:
    opening = Opening.objects.get()
    assert (published.closes_on, opening.ends_on) == (dt.date(2027, 4, 1), dt.date(2027, 7, 8))


def test_published_call_is_read_with_its_rules(client: Client, published: Call) -> None:
    page = text(client.get("/calls/lakes/"))
    for sentence in (
        "You are 12 to 25 years old on the first day of the opening.",
        "1–7 July 2027",
        "1 first for North",
        "Applications March 2027",
        "Dice thrown before two witnesses",
    ):
        assert page.count(sentence) == 1, sentence


def test_open_call_leads_to_its_application_and_a_closed_one_does_not(
    client: Client, officer: Client, published: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = 'href="/my/calls/lakes/apply/"'
    assert client.get("/calls/lakes/").content.decode().count(link) == 1
    at(monkeypatch, 2, officer)
    assert client.get("/calls/lakes/").content.decode().count(link) == 0


def test_draft_is_not_public(client: Client, drafted: Call) -> None:
    assert client.get("/calls/lakes/").status_code == 404
    assert "Lakes and stars" not in text(client.get("/calls/"))


def test_refusal_of_a_rule_stands_at_its_field(officer: Client, component) -> None:
    answer = officer.post("/office/calls/new/", DRAFT | {"answer_days": "2"})
    assert answer.context["form"].errors["answer_days"] == [
        "Families need at least 7 days to answer an offer."
    ]
    assert Call.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "lakes and stars"),
        ("component", "nonsense"),
        ("opens_on", "31.02.2027"),
        ("minimum_age", "１２x"),
        ("minimum_age", "-1"),
        ("maximum_choices", "0"),
        ("title_zh", ""),
    ],
)
def test_bad_input_is_said_at_its_field(officer: Client, component, field: str, value: str) -> None:
    answer = officer.post("/office/calls/new/", DRAFT | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])


def test_code_that_is_taken_is_refused_in_words(officer: Client, drafted: Call) -> None:
    answer = officer.post("/office/calls/new/", DRAFT)
    assert answer.context["form"].errors["code"] == ["This code is taken. Choose another one."]


def test_reserve_without_number_and_unknown_host_are_both_told(officer: Client, drafted: Call) -> None:
    region = RegionFactory()
    data = {"code": "w", "host": "nowhere", "region_1": region.code, "region_2": region.code, "kept_2": "1"}
    errors = officer.post("/office/calls/lakes/openings/new/", data).context["form"].errors
    assert {"host", "kept_1", "region_2", "seats"} <= set(errors)


def test_seed_that_could_be_known_too_early_is_refused(officer: Client, drafted: Call) -> None:
    early = DICE | {"moment": "2027-03-20T10:00"}
    answer = officer.post("/office/calls/lakes/announce/?kind=dice", early)
    assert "The seed could be known before the list is frozen." in text(answer)
    assert Round.objects.count() == 0


def test_freezing_an_open_call_is_refused_with_its_reason(officer: Client, published: Call) -> None:
    answer = officer.post("/office/calls/lakes/freeze/")
    assert (answer.status_code, text(answer).count("The call is still open")) == (409, 1)


def test_confirming_pages_change_nothing_when_they_are_read(officer: Client, published: Call) -> None:
    assert [officer.get(f"/office/calls/lakes/{step}/").status_code for step in ("freeze", "draw")] == [
        200,
        200,
    ]
    assert Round.objects.get().status == Round.Status.ANNOUNCED


def test_wrong_throws_are_refused_and_nothing_is_drawn(
    officer: Client, published: Call, drawn: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = officer.post("/office/calls/lakes/draw/", {"seed_value": THROWS})
    assert "Its outcome is final." in text(again)
    assert Offer.objects.count() == 2


def test_proof_of_the_draw_can_be_downloaded_and_verified(client: Client, drawn: Round) -> None:
    archive = zipfile.ZipFile(io.BytesIO(client.get("/draws/lakes/proof.zip").content))
    files = {name.removeprefix("proof-lakes/"): archive.read(name) for name in archive.namelist()}
    assert check_proof(files, published=drawn.run.commitment).ok
    files["seed.json"] = files["seed.json"].replace(b"3", b"4", 1)
    assert not check_proof(files, published=drawn.run.commitment).ok


def test_ticket_is_told_its_place_and_stranger_codes_nothing(client: Client, drawn: Round) -> None:
    for ticket in Ticket.objects.order_by("place_in_order"):
        page = text(client.get("/draws/lakes/", {"ticket": ticket.code}))
        assert f"Place {ticket.place_in_order} of 3 in the drawn order." in page
        placed = Offer.objects.filter(application=ticket.application).exists()
        assert ("A place in “Week 1”, choice 1." in page) == placed
    assert "This draw holds no such ticket." in text(client.get("/draws/lakes/", {"ticket": "XXXX"}))


def test_draw_page_names_no_person_and_no_reference(client: Client, drawn: Round) -> None:
    page = client.get("/draws/lakes/").content.decode()
    archive = zipfile.ZipFile(io.BytesIO(client.get("/draws/lakes/proof.zip").content))
    everything = page + "".join(archive.read(name).decode() for name in archive.namelist())
    for ticket in Ticket.objects.order_by("pk"):
        application = ticket.application
        assert application.reference not in everything
        assert application.person.family_name not in everything


def test_frozen_list_is_public_before_the_draw_but_has_no_proof_yet(
    client: Client, officer: Client, published: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = ApplicationFactory(call=published)
    ConsentFactory(person=application.person)
    PreferenceFactory(application=application, opening=Opening.objects.get())
    at(monkeypatch, 2, officer)
    officer.post("/office/calls/lakes/freeze/")
    commitment = Round.objects.get().run.commitment
    assert commitment in client.get("/draws/lakes/").content.decode()
    assert client.get("/draws/lakes/proof.zip").status_code == 404


def test_other_office_cannot_touch_a_call(log_in, published: Call) -> None:
    other = log_in(Membership.Role.REGIONAL_OFFICE, RegionFactory())
    steps = ["", "openings/new/", "announce/", "publish/", "freeze/", "draw/"]
    answers = [other.post(f"/office/calls/lakes/{step}").status_code for step in steps]
    assert answers == [404] * len(steps)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_queries_at_any_length(
    client: Client, db, django_assert_num_queries, rows: int
) -> None:
    for _number in range(rows):
        OpeningFactory(call=CallFactory())
    with django_assert_num_queries(2):
        client.get("/calls/")
