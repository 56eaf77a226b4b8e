"""Anyone reports a worry in three steps; bad input is told at its field and nothing is half written."""

import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from apps.factories import TODAY, AccountFactory, EngagementFactory, OpeningFactory, PersonFactory
from apps.safeguarding.cases import Camp, camp
from sojourn.records.models import AuditEvent
from sojourn.safeguarding.codes import in_groups
from sojourn.safeguarding.models import ActivityCode, Incident, IncidentEvent
from sojourn.web.limits import GUESSES
from sojourn.web.public.reports import REPORTS

pytestmark = pytest.mark.django_db
INPUT = re.compile(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?')
Said = dict[str, object]
FIRST = {"step": "1", "go": "next", "kind": "hurt"}


@pytest.fixture
def lake() -> Camp:
    made = camp()
    ActivityCode.objects.create(opening=made.opening, code="9AKE2027")
    return made


def hidden(answer) -> dict[str, str]:
    """What the page carries along."""
    found = dict(INPUT.findall(answer.content.decode()))
    return {name: html.unescape(value) for name, value in found.items() if name != "csrfmiddlewaretoken"}


def walk(
    client: Client, first: dict[str, object] | None = None, second: dict[str, object] | None = None
) -> Iterator:
    """The answer to each of the three steps."""
    once = hidden(client.get("/report/"))["once"]
    answer = client.post("/report/", {**FIRST, "once": once, **(first or {})})
    yield answer
    answer = client.post("/report/", {**hidden(answer), "go": "next", "note": "words", **(second or {})})
    yield answer
    yield client.post("/report/", {**hidden(answer), "go": "send"})


def receipt(answer) -> str:
    return re.search(r'class="receipt">([^<]+)<', answer.content.decode())[1]


def test_three_steps_without_account_bring_the_report_to_the_leads(client: Client, lake: Camp) -> None:
    first = {"code": "9ake-2027", "in_danger": "on", "happened_on": TODAY.isoformat()}
    *_steps, sent = walk(client, first, {"note": "打人了 😢", "concerns": "leader"})
    incident = Incident.objects.get()
    assert (incident.opening, incident.kind, incident.note) == (lake.opening, "hurt", "打人了 😢")
    assert (incident.is_severe, incident.concerns, incident.happened_on) == (True, "leader", TODAY)
    assert (sent.status_code, sent["Cache-Control"]) == (200, "no-store")
    followed = client.post("/report/state/", {"receipt": receipt(sent).lower().replace("-", " ")})
    assert "was told and has not opened it yet" in followed.content.decode()
    assert "打人了" not in followed.content.decode()


def test_nothing_is_written_before_the_last_step(client: Client, lake: Camp) -> None:
    steps = walk(client, {"code": "9AKE2027"})
    for _step in range(2):
        next(steps)
        assert (Incident.objects.count(), IncidentEvent.objects.count(), AuditEvent.objects.count()) == (
            0,
            0,
            0,
        )
    next(steps)
    assert Incident.objects.count() == 1


def test_same_form_sent_twice_is_one_report_with_one_receipt(client: Client, lake: Camp) -> None:
    *_steps, second = walk(client)
    page = {**hidden(second), "go": "send"}
    again = {**hidden(_steps[-1]), "go": "send"}
    assert page != again
    sent = [client.post("/report/", again) for _time in range(2)]
    assert receipt(sent[0]) == receipt(sent[1]) == receipt(second)
    assert Incident.objects.count() == 1


def test_next_child_at_the_same_page_is_a_report_of_its_own(client: Client, lake: Camp) -> None:
    answers = list(walk(client))
    last = {**hidden(answers[1]), "go": "send"}
    client.post("/report/", {**last, "note": "something else"})
    assert Incident.objects.count() == 2


def test_code_is_used_by_as_many_as_need_it(client: Client, lake: Camp) -> None:
    for number in range(3):
        list(walk(client, {"code": "9AKE2027"}, {"note": f"words {number}"}))
    assert [row.opening for row in Incident.objects.all()] == [lake.opening] * 3


def test_paper_code_opens_the_form_with_the_code_filled_in(client: Client, lake: Camp) -> None:
    assert 'value="9AKE-2027"' in client.get(f"/report/{in_groups('9AKE2027')}/").content.decode()


def test_logged_in_person_stays_unknown_unless_they_wish_otherwise(log_in, lake: Camp) -> None:
    person = PersonFactory()
    EngagementFactory(opening=lake.opening, person=person)
    client = log_in(person=person)
    list(walk(client, {"activity": lake.opening.pk}))
    incident = Incident.objects.get()
    assert (incident.opening, incident.reporter) == (lake.opening, None)
    assert set(AuditEvent.objects.values_list("actor_account", flat=True)) == {None}
    list(walk(client, {"activity": lake.opening.pk}, {"known": "on"}))
    assert Incident.objects.exclude(reporter=None).get().reporter.person == person


def test_activity_of_others_cannot_be_chosen(log_in, lake: Camp) -> None:
    client = log_in(person=PersonFactory())
    assert 'name="activity"' not in client.get("/report/").content.decode()
    person = PersonFactory()
    EngagementFactory(opening=lake.opening, person=person)
    other = OpeningFactory()
    answer = next(walk(log_in(person=person), {"activity": other.pk}))
    assert "id_activity_error" in answer.content.decode()
    assert other.titles["en"] not in answer.content.decode()


def test_way_back_keeps_every_word(client: Client, lake: Camp) -> None:
    steps = walk(client, {"code": "9AKE2027"}, {"note": "my own words"})
    next(steps)
    last = next(steps)
    second = client.post("/report/", {**hidden(last), "go": "back"})
    assert "my own words</textarea>" in second.content.decode()
    first = client.post("/report/", {**hidden(second), "note": "more", "go": "back"})
    page = first.content.decode()
    assert ['value="hurt"' in page, "9AKE2027" in page, "checked" in page] == [True] * 3
    assert re.search(r'name="in_danger"[^>]*checked', page) is None
    assert hidden(first)["note"] == "more"


@pytest.mark.parametrize(
    ("first", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "rumour"}, "kind"),
        ({"happened_on": "yesterday"}, "happened_on"),
        ({"happened_on": "२०२७-०३-०१x"}, "happened_on"),
        ({"code": "00000000"}, "code"),
        ({"code": "\x00"}, None),
        ({"code": "x" * 70}, "code"),
        ({"code": "😢"}, "code"),
    ],
)
def test_fault_of_the_first_step_is_told_at_its_field(
    client: Client, lake: Camp, first: dict[str, str], field: str | None
) -> None:
    answer = next(walk(client, first))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'id="id_(\w+)_error"', page) == ([field] if field else [])


def test_future_day_and_too_long_note_are_told_and_the_words_stay(client: Client, lake: Camp) -> None:
    *_steps, answer = walk(client, {"happened_on": "2099-01-01"})
    assert re.findall(r'id="id_(\w+)_error"', answer.content.decode()) == ["happened_on"]
    steps = walk(client, None, {"note": "long " * 2001})
    next(steps)
    page = next(steps).content.decode()
    assert re.findall(r'id="id_(\w+)_error"', page) == ["note"]
    assert page.count("long ") > 2000
    assert Incident.objects.count() == 0


@pytest.mark.parametrize(
    "note", ["a\x00b", "😢" * 50, "\u202e\u2067abc", "\ud83d", "<script>alert(1)</script>", ""]
)
def test_any_text_arrives(client: Client, lake: Camp, note: str) -> None:
    sendable = note.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    *_steps, sent = walk(client, None, {"note": sendable})
    assert sent.status_code == 200
    assert Incident.objects.get().note == sendable.replace("\x00", "")


def test_note_of_a_megabyte_is_refused_and_nothing_breaks(client: Client, lake: Camp) -> None:
    once = hidden(client.get("/report/"))["once"]
    sent = {**FIRST, "step": "3", "go": "send", "once": once, "note": "x" * 2**20}
    assert client.post("/report/", sent).status_code == 413
    assert client.post("/report/", sent | {"note": "x" * 900_000}).status_code == 200
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("step", ["0", "4", "x", "²", "१", ""])
def test_step_that_there_is_not_begins_anew(client: Client, lake: Camp, step: str) -> None:
    answer = client.post("/report/", {"step": step, "go": "send", "kind": "hurt"})
    assert (answer.status_code, Incident.objects.count()) == (200, 0)


@pytest.mark.parametrize("place", ["forged", "WzEsMl0:x:y", "\x00", "😢"])
def test_forged_place_leads_nowhere(client: Client, lake: Camp, place: str) -> None:
    client.post("/report/", {"step": "3", "go": "send", "kind": "hurt", "code": "9AKE2027", "place": place})
    assert Incident.objects.get().opening is None


def test_codes_cannot_be_guessed_and_a_report_without_one_still_arrives(client: Client, lake: Camp) -> None:
    for number in range(GUESSES.times):
        wrong = next(walk(client, {"code": f"WRONG{number}"}))
        assert "No activity has this code" in wrong.content.decode()
    answer = next(walk(client, {"code": "9AKE2027"}))
    assert "Too many wrong codes came from here" in answer.content.decode()
    *_steps, sent = walk(client)
    assert (sent.status_code, Incident.objects.count()) == (200, 1)


def test_receipts_cannot_be_guessed(client: Client, lake: Camp) -> None:
    answers = [client.post("/report/state/", {"receipt": f"0000{n}"}) for n in range(GUESSES.times + 1)]
    assert [answer.status_code for answer in answers] == [200] * GUESSES.times + [429]
    assert "No report has this receipt" in answers[0].content.decode()


def test_flood_of_reports_is_stopped_and_the_words_stay_on_the_page(
    client: Client, lake: Camp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sojourn.web.public.reports.REPORTS", type(REPORTS)("few reports", 2, 3600))
    for number in range(2):
        list(walk(client, None, {"note": f"words {number}"}))
    *_steps, stopped = walk(client, None, {"note": "the third"})
    page = stopped.content.decode()
    assert ("Very many reports came from here" in page, 'name="note" value="the third"' in page) == (
        True,
        True,
    )
    assert Incident.objects.count() == 2


@pytest.mark.parametrize("address", ["/", "/calls/", "/report/", "/log-in/"])
def test_every_page_leads_to_the_report(client: Client, address: str) -> None:
    assert 'href="/report/"' in client.get(address, follow=True).content.decode()


def test_pages_work_in_chinese_and_name_the_help_lines(client: Client, lake: Camp) -> None:
    client.cookies["django_language"] = "zh-hans"
    for answer in walk(client):
        page = answer.content.decode()
        assert ["0800 1111" in page, "12355" in page, "116 111" in page] == [True] * 3
    assert "您的反映已收到" in page


def test_member_of_staff_without_person_may_report_too(log_in, lake: Camp) -> None:
    client = Client()
    client.force_login(AccountFactory())
    assert client.get("/report/").status_code == 200
