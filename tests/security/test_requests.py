"""What a request may claim, and what it must bring along."""

import datetime as dt
import io
from http import HTTPStatus
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.shortcuts import resolve_url
from django.test import Client, override_settings

from apps.factories import NOW, AccountFactory, PersonFactory
from security.answers import UNSAFE, addresses
from security.production import HOST, browser, production_settings
from sojourn.web import clock, limits

pytestmark = pytest.mark.django_db
LOG_OUT = "/log-out/"
PASSWORD = "a long pass phrase 77"


def test_every_write_needs_the_token_of_its_form(client: Client) -> None:
    """Or a key in a header, which no form of another site can send: the session opens nothing of the API."""
    unsigned = browser(AccountFactory(person=PersonFactory()), enforce_csrf_checks=True)
    with mock.patch.object(limits, "take_place"):
        let_in = {
            f"{method} {address}": status
            for address in addresses()
            for method in UNSAFE
            if (status := unsigned.generic(method, address).status_code) not in refused(address)
        }
    assert let_in == {}


def refused(address: str) -> set[int]:
    if address.startswith("/messages/mute/"):
        return {404}  # mail programs post without a cookie; the right is the signature, and here is none
    return {401, 403, 404, 405} if address.startswith("/api/") else {403}


def test_form_of_another_site_is_refused_even_with_a_token(client: Client) -> None:
    unsigned = browser(enforce_csrf_checks=True)
    unsigned.get(resolve_url(settings.LOGIN_URL))
    token = unsigned.cookies["__Host-csrftoken"].value
    sent = {"csrfmiddlewaretoken": token, "language": "en"}
    answers = [
        unsigned.post("/language/", sent, headers={"Origin": origin})
        for origin in (f"https://{HOST}", f"http://{HOST}", "https://evil.example", "null")
    ]
    assert [answer.status_code for answer in answers] == [302, 403, 403, 403]


def test_logging_in_begins_a_new_session(client: Client) -> None:
    AccountFactory(email="lee@example.org", password=PASSWORD, person=PersonFactory())
    session = client.session
    session["planted"] = "by somebody who waits for a log-in"
    session.save()
    client.cookies["__Host-sessionid"] = session.session_key
    sent = {"username": "lee@example.org", "login": "lee@example.org", "password": PASSWORD}
    answer = client.post(resolve_url(settings.LOGIN_URL), sent)
    assert answer.status_code == HTTPStatus.FOUND
    assert client.cookies["__Host-sessionid"].value != session.session_key
    assert not client.session.exists(session.session_key)


def test_logging_out_ends_the_session_on_the_server(client: Client) -> None:
    client.force_login(AccountFactory(person=PersonFactory()))
    key = client.cookies["__Host-sessionid"].value
    client.post(LOG_OUT)
    client.cookies["__Host-sessionid"] = key
    assert client.get("/my/").status_code == HTTPStatus.FOUND


def test_log_in_ends_after_two_idle_hours_and_after_twelve_busy_ones(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(AccountFactory(person=PersonFactory()))
    assert settings.SESSION_COOKIE_AGE == 2 * 60 * 60
    told = []
    for hours in (0, 6, 12, 13):
        monkeypatch.setattr(clock, "now", lambda after=hours: NOW + dt.timedelta(hours=after))
        told.append(client.get("/my/").status_code)
    assert told == [200, 200, 200, 302]


def test_every_page_of_an_account_leads_out(client: Client) -> None:
    client.force_login(AccountFactory(person=PersonFactory()))
    pages = [
        answer for address in addresses() if (answer := client.get(address)).status_code == HTTPStatus.OK
    ]
    html = [page for page in pages if page["Content-Type"].startswith("text/html")]
    assert len(html) > 10
    assert [
        page.request["PATH_INFO"] for page in html if f'action="{LOG_OUT}"' not in page.content.decode()
    ] == []


def test_logging_out_clears_what_the_browser_keeps(client: Client) -> None:
    client.force_login(AccountFactory(person=PersonFactory()))
    assert "Clear-Site-Data" not in client.post("/language/", {"language": "en"})
    assert client.post(LOG_OUT)["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_trace_is_not_answered(client: Client, method: str) -> None:
    answer = client.generic(method, "/plan/", headers={"Cookie": "secret=1"})
    assert (answer.status_code, b"secret" in answer.content) == (HTTPStatus.METHOD_NOT_ALLOWED, False)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_led_to_another_site(client: Client, target: str) -> None:
    answer = client.post("/language/", {"language": "en", "next": target})
    assert answer["Location"] == "/"
    AccountFactory(email="lee@example.org", password=PASSWORD, person=PersonFactory())
    sent = {"username": "lee@example.org", "login": "lee@example.org", "password": PASSWORD, "next": target}
    assert client.post(resolve_url(settings.LOGIN_URL), sent)["Location"].startswith("/")


@pytest.mark.parametrize(
    "host", ["evil.example", f"{HOST}.evil.example", "127.0.0.1", f"{HOST}@evil.example"]
)
def test_site_answers_to_its_own_names_only(client: Client, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == HTTPStatus.BAD_REQUEST


def test_forwarded_host_is_not_believed(client: Client) -> None:
    answer = browser(scheme="http").get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer["Location"] == f"https://{HOST}/"


def test_without_a_proxy_nobody_is_believed_to_have_used_tls(client: Client, tmp_path: Path) -> None:
    alone = production_settings(tmp_path, SOJOURN_PROXIES="0")
    with override_settings(PROXIES=0, SECURE_PROXY_SSL_HEADER=alone.get("SECURE_PROXY_SSL_HEADER")):
        assert browser().get("/").status_code == HTTPStatus.MOVED_PERMANENTLY
    assert browser().get("/").status_code == HTTPStatus.OK


def test_program_that_comes_without_tls_is_refused_and_not_led_on(client: Client) -> None:
    key = {"Authorization": "Bearer sojourn_a_key"}
    answer = browser(scheme="http").get("/api/v1/calls", headers=key)
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert "Location" not in answer
    assert "revoke it" in answer.json()["title"]
    assert browser(scheme="http").get("/calls/").status_code == HTTPStatus.MOVED_PERMANENTLY


@pytest.mark.parametrize(
    "environment",
    [
        {"SOJOURN_HOSTS": "*"},
        {"SOJOURN_PROXIES": "all"},
        {"SOJOURN_PROXIES": "-1"},
        {"SOJOURN_SECURITY_CONTACT": "ask somebody"},
        {"SOJOURN_DEMO": "1"},
        {"SOJOURN_SECRET_KEY": ""},
        {"SOJOURN_FIELD_KEYS": ""},
    ],
)
def test_unsafe_setting_is_refused_at_the_start(tmp_path: Path, environment: dict[str, str]) -> None:
    [name] = environment
    with pytest.raises(ImproperlyConfigured, match=name):
        production_settings(tmp_path, **environment)


def test_deployment_checks_find_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # set by the journeys for their browser
    told = io.StringIO()
    by_smtp = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}  # not the tests' own
    with override_settings(MAILERS=by_smtp):
        call_command("check", deploy=True, fail_level="WARNING", stdout=told, stderr=told)
    assert told.getvalue() == "System check identified no issues (0 silenced).\n"
    assert settings.SILENCED_SYSTEM_CHECKS == []


def test_there_is_no_back_office_beside_the_pages(client: Client) -> None:
    assert not settings.DEBUG
    assert [app for app in settings.INSTALLED_APPS if "admin" in app or "debug" in app] == []
    assert [address for address in addresses() if "admin" in address or "debug" in address] == []


def test_whoever_finds_a_hole_is_told_whom_to_tell(client: Client) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:security@youth.example.org",
        "Expires: 2027-08-28T00:00:00+00:00",
        "Preferred-Languages: en, zh",
        f"Canonical: https://{HOST}/.well-known/security.txt",
    ]
    with override_settings(SECURITY_CONTACT=""):
        assert client.get("/.well-known/security.txt").status_code == HTTPStatus.NOT_FOUND
