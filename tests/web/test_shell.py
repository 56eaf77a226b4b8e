"""The frame of every page: languages, log-in, refusals, headers, demonstration."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from apps.factories import AccountFactory, RegionFactory
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.registry.models import Membership
from sojourn.web.access import Audience, belongs_to
from sojourn.web.actors import actor_of
from sojourn.web.middleware import RefusalMiddleware

TEMPLATES = Path(__file__).parents[2] / "src/sojourn/web/templates"
pytestmark = pytest.mark.django_db


def test_language_switch_keeps_the_page_and_needs_no_script(client: Client) -> None:
    answer = client.post("/language/", {"language": "zh-hans", "next": "/calls/"}, follow=True)
    page = answer.content.decode()
    assert answer.request["PATH_INFO"] == "/calls/"
    assert re.search(r'<html lang="([^"]+)"', page)[1] == "zh-hans"
    assert "<h1>招募</h1>" in page


def test_page_carries_a_strict_policy_without_exceptions(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_template_needs_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|\son\w+=|<style|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []


def test_logging_in_leads_home_by_audience(client: Client, office) -> None:
    account = AccountFactory(email="lee@example.org", password="a long pass phrase")
    office.memberships.create(account=account, role="programme_office", starts_on="2027-01-01")
    answer = client.post(
        "/log-in/", {"login": "LEE@example.org", "password": "a long pass phrase"}, follow=True
    )
    assert answer.request["PATH_INFO"] == "/office/"


def test_wrong_password_is_told_without_saying_which_part_is_wrong(client: Client) -> None:
    AccountFactory(email="lee@example.org", password="a long pass phrase")
    wrong = client.post("/log-in/", {"login": "lee@example.org", "password": "another"})
    unknown = client.post("/log-in/", {"login": "nobody@example.org", "password": "another"})
    sentence = "No account has this address and password. Check both and try again."
    assert [answer.content.decode().count(sentence) for answer in (wrong, unknown)] == [1, 1]


def test_refusal_becomes_a_page_with_its_reason() -> None:
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    request = _anonymous("/")
    answer = middleware.process_exception(request, RefusalError("offer.lapsed", "The offer has passed on."))
    assert answer.status_code == 409
    assert "<p>The offer has passed on.</p>" in answer.content.decode()


def test_what_must_not_be_seen_is_a_page_that_does_not_exist() -> None:
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    answer = middleware.process_exception(_anonymous("/"), UnseenError())
    assert (answer.status_code, "does not exist" in answer.content.decode()) == (404, True)


def test_other_errors_go_their_way() -> None:
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(_anonymous("/"), ValueError("x")) is None


def test_error_page_stands_without_context() -> None:
    assert "Something went wrong on our side" in render_to_string("500.html")


def test_demonstration_log_ins_exist_only_in_a_demonstration(client: Client, settings) -> None:
    account = AccountFactory(email="office@demo.invalid")
    settings.DEMO = False
    hidden = [client.get("/demo/").status_code, client.post(f"/demo/{account.pk}/").status_code]
    settings.DEMO = True
    shown = client.post(f"/demo/{account.pk}/")
    assert (hidden, shown.status_code, shown["Location"]) == ([404, 404], 302, "/home/")


def test_demonstration_never_logs_in_a_real_account(client: Client, settings) -> None:
    settings.DEMO = True
    account = AccountFactory(email="lee@example.org")
    assert client.post(f"/demo/{account.pk}/").status_code == 404
    assert client.get(f"/demo/{AccountFactory(email='a@demo.invalid').pk}/").status_code == 405


def test_demonstration_is_said_on_every_page(client: Client, settings) -> None:
    settings.DEMO = True
    pages = [client.get(address).content.decode() for address in ("/", "/calls/", "/log-in/", "/demo/")]
    assert ["demo-banner" in page for page in pages] == [True] * 4


def test_menu_shows_only_what_one_may_open(log_in, officer: Client) -> None:
    region = log_in(Membership.Role.REGIONAL_OFFICE, RegionFactory())
    links = [
        re.findall(r'href="(/office/[^"]*)"', who.get("/office/calls/").content.decode())
        for who in (officer, region)
    ]
    assert ["/office/quotas/" in found for found in links] == [True, False]


def test_source_of_the_running_site_is_handed_out(client: Client) -> None:
    names = zipfile.ZipFile(io.BytesIO(client.get("/source.zip").content)).namelist()
    assert "sojourn/web/public/source.py" in names
    assert [name for name in names if "__pycache__" in name] == []


def test_public_actor_belongs_to_the_public_alone() -> None:
    actor = actor_of(_anonymous("/"))
    assert [audience for audience in Audience if belongs_to(actor, audience)] == [Audience.PUBLIC]


def _anonymous(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.resolver_match = None
    return request
