"""Applying without JavaScript: four steps, errors at their field, nothing kept before the yes."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from apps.factories import (
    TODAY,
    ApplicationFactory,
    CallFactory,
    ConsentFactory,
    GroupFactory,
    MemberFactory,
    OpeningFactory,
    PersonFactory,
    PreferenceFactory,
    SchoolFactory,
)
from sojourn.participation.models import Application, Call, Member, Preference
from sojourn.registry.models import Consent, Organisation
from web.stories import DAY, Family, family

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Family:
    return family()


@pytest.fixture
def guardian(log_in, own: Family) -> Client:
    return log_in(person=own.guardian)


@pytest.fixture
def school() -> Organisation:
    return SchoolFactory(code="lee-school", names={"en": "Lee Valley School", "zh": "李谷学校"}, town="Lee")


@pytest.fixture
def call(db) -> Call:
    made = CallFactory(code="summer", maximum_choices=3, maximum_group=2)
    for code in ("lake", "hill"):
        OpeningFactory(call=made, code=code)
    return made


def address(people=(), sending="", choices=(), done=0, **more) -> str:
    pairs = [("people", person.pk) for person in people] + [("choices", code) for code in choices]
    pairs += [("sending", sending)] if sending else []
    return "/my/calls/summer/apply/?" + urlencode([*pairs, ("done", done), *more.items()])


def errors(page: bytes) -> list[str]:
    found = re.findall(r'class="field-error".*?<span>(.*?)</span>', page.decode(), re.DOTALL)
    return [" ".join(words.split()) for words in found]


def heading_of_step(page: bytes) -> str:
    current = re.search(r'aria-current="step">.*?<span>(.*?)</span>', page.decode(), re.DOTALL)
    return current[1] if current else ""


def ticks(own: Family) -> dict[str, str]:
    return {f"consent-{own.child.pk}": "on", f"assent-{own.child.pk}": "on"}


def test_whole_path_works_without_a_script(guardian: Client, own: Family, school, call: Call) -> None:
    steps = [
        address(),
        address([own.child], done=1),
        address([own.child], done=1, q="lee", search=1),
        address([own.child], "lee-school", done=2),
        address([own.child], "lee-school", ["hill", "", "lake"], done=3),
    ]
    pages = [guardian.get(step) for step in steps]
    assert [heading_of_step(page.content) for page in pages] == [
        "Who",
        "School",
        "School",
        "Choices",
        "Review and yes",
    ]
    assert b"Lee Valley School" in pages[2].content
    assert Application.objects.count() == 0
    answer = guardian.post(steps[-1], ticks(own))
    application = Application.objects.get()
    assert answer["Location"] == f"/my/applications/{application.reference}/"
    assert (application.person, application.submitted_by) == (own.child, own.guardian)
    ranked = application.preferences.order_by("rank").values_list("rank", "opening__code")
    assert list(ranked) == [(1, "hill"), (2, "lake")]
    yes = Consent.objects.order_by("kind").values_list("kind", "given_by", "person")
    assert list(yes) == [("assent", own.child.pk, own.child.pk), ("consent", own.guardian.pk, own.child.pk)]


def test_each_page_carries_what_was_said_before(guardian: Client, own: Family, school, call: Call) -> None:
    page = guardian.get(address([own.child], "lee-school", done=2)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.split("<main")[1]))
    assert hidden == {"people": str(own.child.pk), "sending": "lee-school", "done": "3"}


def test_child_reads_its_own_words_and_nothing_is_ticked(guardian, own: Family, school, call: Call) -> None:
    page = guardian.get(address([own.child], "lee-school", ["lake"], 3)).content.decode()
    assert ["Nobody may be cross with me." in page, "I agree that the child named here" in page] == [
        True,
        True,
    ]
    assert (page.count('type="checkbox"'), "checked" in page) == (2, False)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("assent", "Nothing happens without consent. Read and tick it."),
        ("consent", "The child’s own yes is missing. If the child does not want to, that decides."),
    ],
)
@pytest.mark.usefixtures("school", "call")
def test_missing_yes_is_told_at_its_tick_and_nothing_is_kept(
    guardian: Client, own: Family, said: str, sentence: str
) -> None:
    answer = guardian.post(address([own.child], "lee-school", ["lake"], 3), {f"{said}-{own.child.pk}": "on"})
    assert errors(answer.content) == [sentence]
    assert (Application.objects.count(), Consent.objects.count()) == (0, 0)


def test_applying_twice_is_told_where_the_person_is_chosen(guardian, own: Family, school, call: Call) -> None:
    for _time in range(2):
        answer = guardian.post(address([own.child], "lee-school", ["lake"], 3), ticks(own))
    assert heading_of_step(answer.content) == "Who"
    assert errors(answer.content) == [
        "There is an application to this call already. Change or withdraw that one instead."
    ]
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ([""], "Choose at least one opening."),
        (["lake", "lake"], "The same opening is ranked twice. Choose each one once."),
        (
            ["lake", "hill", "lake", "hill"],
            "You ranked 4 openings; this call takes 3 at most.",
        ),
    ],
)
@pytest.mark.usefixtures("school", "call")
def test_unsound_ranking_is_told_at_the_lists(
    guardian: Client, own: Family, choices: list[str], sentence: str
) -> None:
    answer = guardian.get(address([own.child], "lee-school", choices, 3))
    assert (heading_of_step(answer.content), errors(answer.content)) == ("Choices", [sentence])


def test_opening_of_another_call_cannot_be_ranked(guardian, own: Family, school, call: Call) -> None:
    OpeningFactory(code="elsewhere")
    answer = guardian.get(address([own.child], "lee-school", ["elsewhere"], 3))
    assert (heading_of_step(answer.content), len(errors(answer.content))) == ("Choices", 1)


def test_nobody_applies_for_a_child_of_others(guardian: Client, school, call: Call) -> None:
    other = family("Solveig", "Lindqvist")
    answer = guardian.post(address([other.child], "lee-school", ["lake"], 3), ticks(other))
    assert (heading_of_step(answer.content), b"Solveig" in answer.content) == ("Who", False)
    assert Application.objects.count() == 0


def test_minor_with_a_log_in_is_sent_to_the_guardian(log_in, own: Family, school, call: Call) -> None:
    child = log_in(person=own.child)
    answer = child.post(address([own.child], "lee-school", ["lake"], 3), ticks(own))
    assert (b"a guardian applies for you" in answer.content, Application.objects.count()) == (True, 0)


def test_school_that_does_not_exist_is_asked_for_again(guardian, own: Family, call: Call) -> None:
    answer = guardian.get(address([own.child], "no-such-school", done=2))
    assert heading_of_step(answer.content) == "School"
    assert b"Choose the school or office through which you apply." in answer.content


def test_search_finds_organisations_and_never_people(guardian, own: Family, school, call: Call) -> None:
    page = guardian.get(address([own.child], done=1, q="Okafor", search=1)).content.decode()
    assert ("Nothing found." in page, page.count('class="pick"')) == (True, 0)


def test_closed_call_refuses_and_an_unknown_one_is_not_found(guardian: Client, call: Call) -> None:
    Call.objects.update(closes_on=TODAY)
    answers = [guardian.get(address()), guardian.get("/my/calls/unknown/apply/")]
    assert [answer.status_code for answer in answers] == [409, 404]


def test_draft_call_cannot_be_seen(guardian: Client, call: Call) -> None:
    Call.objects.update(status=Call.Status.DRAFT)
    assert guardian.get(address()).status_code == 404


@pytest.mark.parametrize("done", ["", "-1", "９", "4", "x" * 2000])
def test_odd_addresses_start_at_the_first_step(guardian: Client, call: Call, done: str) -> None:
    answer = guardian.get("/my/calls/summer/apply/", {"done": done, "people": "abc", "choices": "\x00"})
    assert (answer.status_code, heading_of_step(answer.content)) == (200, "Who")


def test_choices_change_while_the_call_is_open_and_not_after(guardian, own: Family, school, call) -> None:
    guardian.post(address([own.child], "lee-school", ["lake"], 3), ticks(own))
    page = f"/my/applications/{Application.objects.get().reference}/choices/"
    assert errors(guardian.post(page, {"choices": ["", ""]}).content) == ["Choose at least one opening."]
    assert guardian.post(page, {"choices": ["hill", "lake"]}).status_code == 302
    assert list(Preference.objects.order_by("rank").values_list("opening__code", flat=True)) == [
        "hill",
        "lake",
    ]
    Call.objects.update(closes_on=TODAY)
    assert [guardian.get(page).status_code, guardian.post(page, {"choices": ["lake"]}).status_code] == [
        409
    ] * 2


def test_withdrawing_before_the_freeze_leaves_nothing(guardian, own: Family, school, call: Call) -> None:
    guardian.post(address([own.child], "lee-school", ["lake"], 3), ticks(own))
    guardian.post(f"/my/applications/{Application.objects.get().reference}/withdraw/")
    assert (Application.objects.count(), Member.objects.count()) == (0, 0)
    again = guardian.post(address([own.child], "lee-school", ["lake"], 3), ticks(own))
    assert again.status_code == 302


# Groups ---------------------------------------------------------------------------------------------------


@pytest.fixture
def group(call: Call):
    """A group of one, by another family, with room for one more."""
    other = family("Solveig", "Lindqvist")
    made = GroupFactory(call=call, join_code="ABCD2345")
    application = ApplicationFactory(call=call, person=None, group=made, submitted_by=other.guardian)
    MemberFactory(application=application, person=other.child)
    PreferenceFactory(application=application, opening=call.openings.get(code="lake"))
    return made


def joining(own: Family, code: str = "abcd-2345") -> str:
    return "/my/groups/join/?" + urlencode({"code": code, "person": own.child.pk})


def test_code_shows_what_the_group_chose_and_not_who_is_in_it(guardian, own: Family, group) -> None:
    page = guardian.get(joining(own)).content.decode()
    assert ["Camp Lake" in page or "Camp lake" in page, "Solveig" in page] == [True, False]
    assert "1 person so far, room for 1 more." in page


def test_joining_shares_the_ticket(guardian: Client, own: Family, group) -> None:
    answer = guardian.post(joining(own), ticks(own))
    assert answer["Location"] == f"/my/applications/{group.application.reference}/"
    assert group.application.members.filter(person=own.child).exists()


def test_full_group_and_wrong_code_are_told(guardian: Client, own: Family, group) -> None:
    wrong = guardian.get(joining(own, "ABCD2346"))
    assert errors(wrong.content) == ["No group has this code. Ask for it again: it has 8 letters and digits."]
    MemberFactory(application=group.application, person=PersonFactory(age=12))
    full = guardian.post(joining(own), ticks(own))
    assert (full.status_code, group.application.members.filter(person=own.child).exists()) == (200, False)
    assert b'role="alert"' in full.content


# My yeses ---------------------------------------------------------------------------------------------------


def test_yes_is_taken_back_and_said_again(guardian: Client, own: Family, call: Call) -> None:
    for kind, giver in (("consent", own.guardian), ("assent", own.child)):
        ConsentFactory(person=own.child, kind=kind, given_by=giver, starts_on=TODAY - 5 * DAY)
    page = f"/my/yeses/{own.child.pk}/A2/take_part/"
    assert guardian.get(f"{page}withdraw/").status_code == 405
    guardian.post(f"{page}withdraw/")
    live = Consent.objects.filter(ends_on__gt=TODAY)
    assert live.count() == 0
    assert "Nothing is ticked, so nothing is saved." in guardian.post(page).content.decode()
    assert guardian.post(page, ticks(own)).status_code == 302
    assert sorted(live.values_list("kind", flat=True).order_by()) == ["assent", "consent"]


def test_nobody_takes_back_or_says_the_yes_of_others(log_in, own: Family, call: Call) -> None:
    ConsentFactory(person=own.child, given_by=own.guardian)
    other = log_in(person=family().guardian)
    page = f"/my/yeses/{own.child.pk}/A2/take_part/"
    seen = [other.get(page), other.post(page, ticks(own)), other.post(f"{page}withdraw/")]
    assert [answer.status_code for answer in seen] == [404] * 3
    assert Consent.objects.filter(ends_on__gt=TODAY).count() == 1


def test_minor_takes_the_guardians_yes_back(log_in, own: Family, call: Call) -> None:
    ConsentFactory(person=own.child, given_by=own.guardian)
    log_in(person=own.child).post(f"/my/yeses/{own.child.pk}/A2/take_part/withdraw/")
    assert Consent.objects.filter(ends_on__gt=TODAY).count() == 0


def test_copy_holds_what_the_page_shows(guardian: Client, own: Family, call: Call) -> None:
    ConsentFactory(person=own.child, given_by=own.guardian)
    held = guardian.get("/my/data/copy.json").json()
    assert [(one["given_name"], len(one["consents"])) for one in held["people"]] == [("Ada", 0), ("Mina", 1)]
