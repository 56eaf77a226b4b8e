"""A child reads the sheet on the wall, reports in three steps without an account; a lead takes it in hand."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from apps.safeguarding.cases import camp
from sojourn.safeguarding.models import ActivityCode, Incident

OpenPage = Callable[[int], Page]
Check = Callable[[Page], None]


@dataclass(frozen=True)
class Words:
    """How the page is read, and what it says at the end."""

    language: str
    width: int
    thanks: str
    waits: str


ENGLISH = Words("en", 1280, "Your report has arrived", "Waits for a safeguarding lead")
CHINESE = Words("zh-hans", 390, "您的反映已收到", "等待未成年人保护负责人受理")


@pytest.mark.journey
@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["english", "chinese"])
@pytest.mark.usefixtures("calendar")
def test_child_reports_in_three_steps_and_follows_it(
    open_page: OpenPage, live_server: LiveServer, is_sound: Check, words: Words
) -> None:
    lake = camp()
    ActivityCode.objects.create(opening=lake.opening, code="9AKE2027")
    page = open_page(words.width)
    page.context.add_cookies([{"name": "django_language", "value": words.language, "url": live_server.url}])
    page.goto(f"{live_server.url}/report/9AKE-2027/")
    assert page.locator("html").get_attribute("lang") == words.language
    is_sound(page)
    page.locator("button[value=next]").click()
    assert page.locator("#id_kind_error").count() == 1
    is_sound(page)
    page.locator("input[name=kind][value=hurt]").check()
    page.locator("button[value=next]").click()
    is_sound(page)
    page.locator("#id_note").fill("他打了我的朋友")
    page.locator("input[name=concerns][value=leader]").check()
    page.locator("button[value=next]").click()
    assert "他打了我的朋友" in page.locator("main").inner_text()
    is_sound(page)
    page.locator("button[value=send]").click()
    assert page.locator("h1").inner_text() == words.thanks
    is_sound(page)
    receipt = page.locator(".receipt").inner_text()
    page.locator("main a[href='/report/state/']").click()
    page.locator("#id_receipt").fill(receipt)
    page.locator("main form button").click()
    assert words.waits in page.locator("main").inner_text()
    is_sound(page)
    incident = Incident.objects.get()
    assert (incident.opening, incident.reporter, incident.note) == (lake.opening, None, "他打了我的朋友")
