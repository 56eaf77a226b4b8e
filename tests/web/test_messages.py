"""The page of messages, muting by the link of a mail, and the secret calendar address."""

import datetime as dt

import pytest
from django.core.signing import Signer
from django.test import Client
from icalendar import Calendar

from apps.factories import (
    NOW,
    TODAY,
    AccountFactory,
    CallFactory,
    EngagementFactory,
    OpeningFactory,
    PersonFactory,
    RegionFactory,
    UniversityFactory,
    say_yes,
)
from sojourn.contact.models import CalendarLink, Preference
from sojourn.contact.rules import muting_token
from sojourn.contact.telling import News, tell
from sojourn.registry.models import Account, Membership

CHOICES = {
    "rhythm": "daily",
    "quiet_from": "22",
    "quiet_until": "6",
    "zone": "Asia/Shanghai",
    "language": "zh-hans",
    "muted": ["stay.begins"],
}


@pytest.fixture
def somebody(log_in) -> Client:
    return log_in(person=PersonFactory())


def account_of(client: Client) -> Account:
    return Account.objects.get(pk=client.session["_auth_user_id"])


def told(client: Client, count: int = 1) -> None:
    person = account_of(client).person_id
    news = (News("round.drawn", str(n), frozenset({person}), {"reference": f"REF{n}"}) for n in range(count))
    tell(news, on=TODAY)


def test_page_shows_what_i_was_told_and_nothing_of_others(somebody: Client, log_in) -> None:
    other = log_in(person=PersonFactory())
    told(other)
    assert "REF0" not in somebody.get("/messages/").content.decode()
    told(somebody)
    assert 'href="/my/applications/REF0/"' in somebody.get("/messages/").content.decode()


def test_page_needs_as_many_queries_for_one_message_as_for_three(
    somebody: Client, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    told(somebody, 1)
    with django_assert_max_num_queries(12) as first:
        somebody.get("/messages/")
    told(somebody, 3)
    with django_assert_num_queries(len(first)):
        somebody.get("/messages/")


def test_choices_are_kept(somebody: Client) -> None:
    assert somebody.post("/messages/", CHOICES).status_code == 302
    kept = Preference.objects.get(account=account_of(somebody))
    assert (kept.rhythm, kept.quiet_from, kept.zone, kept.language, kept.muted) == (
        "daily",
        22,
        "Asia/Shanghai",
        "zh-hans",
        ["stay.begins"],
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Asia/Nowhere"},
        {"quiet_from": "24"},
        {"quiet_until": "²"},
        {"muted": ["round.drawn"]},
        {"language": "xx"},
        {"rhythm": ""},
        {"zone": "../../etc/passwd"},
    ],
    ids=str,
)
def test_choices_that_are_none_are_refused_in_words(somebody: Client, wrong) -> None:
    answer = somebody.post("/messages/", CHOICES | wrong)
    assert (answer.status_code, Preference.objects.count()) == (200, 0)
    assert b"field-error" in answer.content


def test_stranger_is_asked_to_log_in(client: Client, db) -> None:
    assert client.get("/messages/").status_code == 302


def test_link_of_a_mail_mutes_without_a_log_in(somebody: Client) -> None:
    address = f"/messages/mute/{muting_token(account_of(somebody).pk, {'stay.begins'})}/"
    assert Client().get(address).status_code == 200
    assert Preference.objects.count() == 0  # a mail program that looks ahead mutes nothing
    one_click = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    assert Preference.objects.get().muted == ["stay.begins"]


@pytest.mark.parametrize("signed", ["1:stay.begins", "1:stay.begins:forged", "x" * 200, "%00"])
def test_link_that_nobody_signed_leads_nowhere(client: Client, db, signed: str) -> None:
    assert client.post(f"/messages/mute/{signed}/").status_code == 404


def test_link_signed_for_something_else_leads_nowhere(client: Client, db) -> None:
    signed = Signer(salt="something else").sign("1:stay.begins")
    assert client.post(f"/messages/mute/{signed}/").status_code == 404


def made_link(client: Client) -> str:
    page = client.post("/messages/calendar/")
    return str(page.context["address"]).partition("8000")[2]


def days(content: bytes) -> dict[str, tuple[dt.date, dt.date]]:
    calendar = Calendar.from_ical(content)
    return {str(e["summary"]): (e["dtstart"].dt, e["dtend"].dt) for e in calendar.walk("VEVENT")}


def test_calendar_of_a_participant_holds_the_own_stay_and_no_name(somebody: Client) -> None:
    stay = EngagementFactory(person=account_of(somebody).person)
    EngagementFactory(opening__titles={"en": "Somebody else’s"})
    answer = Client().get(made_link(somebody))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert days(answer.content) == {f"Stay: {stay.opening.titles['en']}": (stay.starts_on, stay.ends_on)}
    assert stay.person.family_name.encode() not in answer.content


def test_calendar_of_a_host_and_of_an_office_hold_what_they_run(log_in) -> None:
    host, region = UniversityFactory(), RegionFactory()
    opening = OpeningFactory(host=host, call__status="published")
    call = CallFactory(organiser=region, status="published")
    OpeningFactory(call__status="draft", host=host)
    hosts = Client().get(made_link(log_in(Membership.Role.INSTITUTION, host)))
    office = Client().get(made_link(log_in(Membership.Role.REGIONAL_OFFICE, region)))
    assert list(days(hosts.content)) == [f"Opening: {opening.titles['en']}"]
    assert list(days(office.content)) == [f"Last day to apply: {call.titles['en']}"]


def test_calendar_link_is_kept_as_a_hash_and_ends_with_the_next(somebody: Client) -> None:
    first = made_link(somebody)
    assert CalendarLink.objects.get().secret_sha256 not in first
    second = made_link(somebody)
    assert [Client().get(link).status_code for link in (first, second)] == [404, 200]
    somebody.post("/messages/calendar/end/")
    assert Client().get(second).status_code == 404


def test_calendar_of_a_closed_account_is_gone(somebody: Client) -> None:
    link = made_link(somebody)
    Account.objects.update(is_active=False)
    assert Client().get(link).status_code == 404


def test_dead_address_is_told_and_tried_again_on_request(somebody: Client) -> None:
    Preference.objects.create(account=account_of(somebody), address_failed_on=NOW.date())
    assert b"came back" in somebody.get("/messages/").content
    somebody.post("/messages/try-again/")
    assert Preference.objects.get().address_failed_on is None


def test_host_prints_letters_for_those_without_mail_only(log_in) -> None:
    host = UniversityFactory()
    opening = OpeningFactory(host=host, call__status="published")
    reached = EngagementFactory(opening=opening)
    AccountFactory(person=reached.person)
    say_yes(reached)
    leader = log_in(Membership.Role.LEADER, host)
    address = f"/institution/openings/{opening.call.code}/{opening.code}/letters.pdf"
    assert leader.get(address).status_code == 302
    alone = EngagementFactory(opening=opening)
    say_yes(alone)
    answer = leader.get(address)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert log_in(Membership.Role.LEADER, UniversityFactory()).get(address).status_code == 404
