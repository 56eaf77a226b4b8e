"""A guardian applies with a child, the office draws; they read why, accept, keep the certificate."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test.client import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from apps.factories import (
    AccountFactory,
    CallFactory,
    CoordinatingOfficeFactory,
    MembershipFactory,
    OpeningFactory,
    SchoolFactory,
)
from journeys.conftest import Calendar
from sojourn.core.draw import DiceThrows, source_to_dict
from sojourn.participation.models import Call, Engagement, Round
from sojourn.records.methods import check_proof
from sojourn.registry.models import Membership
from web.stories import DAY, Family, applied, family

FAMILY, OFFICE = "ada@example.org", "office@example.org"
PASSWORD = "a long pass phrase"
THROWS = " ".join(str(1 + number * number % 6) for number in range(60))
OpenPage = Callable[[int], Page]
Check = Callable[[Page], None]


@dataclass(frozen=True)
class Words:
    """What the pages say in one language, where the story looks for it."""

    html: str
    why: str
    yours: str
    certificate: str


ENGLISH = Words(
    "en",
    "The draw called your ticket as number",
    "The place is yours.",
    "Certificate of the draw",
)
CHINESE = Words("zh-hans", "抽签时，你的签号在", "名额归你了。", "抽签证明")


@dataclass(frozen=True)
class Cast:
    """Who plays, for what, on which days, and where."""

    own: Family
    call: Call
    calendar: Calendar
    site: str


@pytest.fixture
def cast(calendar: Calendar, live_server: LiveServer) -> Cast:
    """One seat at the lake that four families want, and a hill with room for all."""
    office = CoordinatingOfficeFactory()
    MembershipFactory(
        account=AccountFactory(email="office@example.org", password=PASSWORD),
        organisation=office,
        role=Membership.Role.PROGRAMME_OFFICE,
    )
    call = CallFactory(code="summer", maximum_choices=3)
    lake = OpeningFactory(call=call, code="lake", seats=1)
    hill = OpeningFactory(call=call, code="hill", seats=9)
    thrown = dt.datetime.combine(call.closes_on + DAY, dt.time(10), dt.UTC)
    source = DiceThrows(int(thrown.timestamp()), 6, 60, ("school-head", "parent"))
    Round.objects.create(
        call=call, seed_source=source_to_dict(source), announced_at=calendar.moment - 21 * DAY
    )
    for name in ("Berg", "Costa", "Dahl"):
        applied(family("Kim", name), call, [lake, hill])
    own = family("Mina", "Okafor")
    AccountFactory(email="ada@example.org", password=PASSWORD, person=own.guardian)
    SchoolFactory(code="lee-school", names={"en": "Lee Valley School", "zh": "李谷学校"}, town="Lee")
    return Cast(own, call, calendar, live_server.url)


def log_in(open_page: OpenPage, site: str, email: str, words: Words, width: int = 1280) -> Page:
    page = open_page(width)
    page.goto(f"{site}/log-in/")
    if words is CHINESE:
        page.locator("button[name=language][value=zh-hans]").click()
    enter(page, site, email)
    assert page.locator("html").get_attribute("lang") == words.html
    return page


def enter(page: Page, site: str, email: str) -> None:
    """Log in with a password; a log-in that nobody used for two hours has ended."""
    page.goto(f"{site}/log-in/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.btn-primary").first.click()
    page.locator("form[action$='/log-out/']").wait_for()


def go_on(page: Page) -> None:
    page.locator("main form button.btn-primary").first.click()


def hand_in(page: Page, own: Family, is_sound: Check) -> None:
    """From my place through the four steps to the application."""
    is_sound(page)
    page.locator("a[href$='/calls/summer/apply/']").click()
    is_sound(page)
    page.locator(f"input[name=people][value='{own.child.pk}']").check()
    go_on(page)
    page.locator("input[name=q]").fill("lee")
    page.locator("button[name=search]").click()
    is_sound(page)
    page.locator("button[name=sending][value=lee-school]").click()
    page.locator("#id_choices_1").select_option("lake")
    page.locator("#id_choices_2").select_option("hill")
    is_sound(page)
    go_on(page)
    page.locator(f"input[name='consent-{own.child.pk}']").check()
    is_sound(page)
    page.locator(f"input[name='assent-{own.child.pk}']").check()
    go_on(page)
    page.locator(".join-code, .ranked-list").first.wait_for()
    is_sound(page)


def run_the_draw(page: Page, cast: Cast, is_sound: Check) -> None:
    """The office freezes the list on the closing day and draws on the next, through its own pages."""
    cast.calendar.go_to(cast.call.closes_on)
    enter(page, cast.site, OFFICE)
    page.goto(f"{cast.site}/office/calls/summer/")
    is_sound(page)
    page.locator("a[href$='/freeze/']").click()
    go_on(page)
    cast.calendar.go_to(cast.call.closes_on + DAY, hour=12)
    enter(page, cast.site, OFFICE)
    page.goto(f"{cast.site}/office/calls/summer/")
    page.locator("a[href$='/draw/']").first.click()
    is_sound(page)
    page.locator("textarea[name=seed_value]").fill(THROWS)
    go_on(page)
    page.wait_for_url("**/draws/summer/")
    is_sound(page)


def answer_and_keep(page: Page, site: str, words: Words, is_sound: Check) -> None:
    """Read why, accept, open the certificate."""
    enter(page, site, FAMILY)
    page.goto(f"{site}/my/")
    is_sound(page)
    page.locator(".offer-title a").click()
    assert words.why in page.locator(".why-place").inner_text()
    is_sound(page)
    page.locator("form[action$='/accept/'] button").click()
    assert words.yours in page.locator(".messages").inner_text()
    page.locator("a[href$='/certificate/']").click()
    assert page.locator("h1").inner_text() == words.certificate
    is_sound(page)


@pytest.mark.journey
@pytest.mark.parametrize(("words", "width"), [(ENGLISH, 1280), (CHINESE, 390)], ids=["english", "chinese"])
def test_family_gets_from_application_to_certificate(
    open_page: OpenPage, cast: Cast, is_sound: Check, words: Words, width: int
) -> None:
    guardian = log_in(open_page, cast.site, FAMILY, words, width)
    hand_in(guardian, cast.own, is_sound)
    officer = log_in(open_page, cast.site, OFFICE, words)
    run_the_draw(officer, cast, is_sound)
    answer_and_keep(guardian, cast.site, words, is_sound)

    paper = guardian.locator(".certificate").inner_text()
    files = zipfile.ZipFile(io.BytesIO(Client().get("/draws/summer/proof.zip").content))
    proof = {name.split("/")[-1]: files.read(name) for name in files.namelist()}
    ticket = Engagement.objects.get(person=cast.own.child).offer.application.ticket
    assert check_proof(proof, published=Round.objects.get(call=cast.call).run.commitment).ok
    assert [ticket.code in paper, ticket.code in proof["order.csv"].decode()] == [True, True]
