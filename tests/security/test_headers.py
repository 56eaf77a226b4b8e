"""The ten rules of the Mozilla Observatory, and what else a browser can be told, on every kind of answer.

One of the ten, integrity of scripts from elsewhere, has nothing to check here but that there are none.
"""

import io
import re
import zipfile
from collections import Counter
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest

from security.answers import Answer
from security.production import HOST, browser
from sojourn.connections.addresses import PROGRAMS

KINDS = {200, 301, 302, 400, 401, 403, 404, 405, 409, 413, 422, 429, 500}
ONCE = 1
pytestmark = pytest.mark.django_db


def wrong(answers: list[Answer], header: str, value: str) -> list[str]:
    """The answers that do not carry the header with this value."""
    return [
        f"{answer}: {answer.response.get(header)}"
        for answer in answers
        if answer.response.get(header) != value
    ]


def secure(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.asked != "without TLS"]


def test_answers_are_of_every_kind(answers: list[Answer]) -> None:
    counted = Counter(answer.response.status_code for answer in answers)
    assert set(counted) == KINDS
    assert counted[200] > 40
    types = {answer.response.get("Content-Type", "").partition(";")[0] for answer in answers}
    assert {"text/html", "text/css", "image/svg+xml", "application/zip", "application/json"} <= types


def test_content_security_policy_allows_our_own_files_and_nothing_inline(answers: list[Answer]) -> None:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert wrong(answers, "Content-Security-Policy", policy) == []


def test_cookies_are_bound_to_the_host_to_tls_and_to_the_server(answers: list[Answer]) -> None:
    cookies = [
        (answer.response.cookies[name].key, morsel)
        for answer in answers
        for name, morsel in answer.response.cookies.items()
    ]
    assert {key for key, _morsel in cookies} <= {
        "__Host-sessionid",
        "__Host-csrftoken",
        "__Host-django_language",
    }
    assert len(cookies) > ONCE
    flags = {
        (bool(m["secure"]), bool(m["httponly"]), m["samesite"], m["path"], m["domain"]) for _key, m in cookies
    }
    assert flags == {(True, True, "Lax", "/", "")}


def test_no_other_site_may_read_an_answer(answers: list[Answer]) -> None:
    assert [str(a) for a in answers if a.response.has_header("Access-Control-Allow-Origin")] == []
    assert wrong(answers, "Cross-Origin-Resource-Policy", "same-origin") == []


def test_no_window_of_another_site_keeps_a_handle_on_ours(answers: list[Answer]) -> None:
    assert wrong(secure(answers), "Cross-Origin-Opener-Policy", "same-origin") == []


def test_browser_comes_back_by_tls_for_two_years(answers: list[Answer]) -> None:
    value = "max-age=63072000; includeSubDomains; preload"
    assert wrong(secure(answers), "Strict-Transport-Security", value) == []


def test_address_without_tls_leads_to_the_same_with_it() -> None:
    answer = browser(scheme="http").get("/plan/?page=1")
    assert (answer.status_code, answer["Location"]) == (301, f"https://{HOST}/plan/?page=1")


def test_redirects_stay_on_the_site(answers: list[Answer]) -> None:
    led = [answer for answer in answers if answer.response.status_code in {301, 302}]
    assert {urlsplit(answer.response["Location"]).netloc for answer in led} == {"", HOST}


def test_no_other_site_learns_the_address_of_a_page(answers: list[Answer]) -> None:
    assert wrong(secure(answers), "Referrer-Policy", "same-origin") == []


def test_pages_load_nothing_from_elsewhere_so_that_no_integrity_is_needed(answers: list[Answer]) -> None:
    loaded = {
        address
        for answer in answers
        if answer.response.get("Content-Type", "").startswith("text/html")
        for tag in re.findall(r"<(?:script|link|img|iframe|source|form)\b[^>]*>", answer.body.decode())
        if 'rel="canonical"' not in tag
        for address in re.findall(r'\s(?:src|href|action)="([^"]*)"', tag)
    }
    assert len(loaded) > ONCE
    elsewhere = {address for address in loaded if urlsplit(address).scheme or urlsplit(address).netloc}
    assert {address for address in elsewhere if not address.startswith("data:image/svg+xml;")} == set()


def test_types_are_not_guessed(answers: list[Answer]) -> None:
    assert wrong(secure(answers), "X-Content-Type-Options", "nosniff") == []
    assert [str(a) for a in answers if a.body and not a.response.get("Content-Type")] == []


def test_no_frame_holds_a_page(answers: list[Answer]) -> None:
    assert wrong(answers, "X-Frame-Options", "DENY") == []


def test_pages_ask_for_no_camera_place_or_payment(answers: list[Answer]) -> None:
    [policy] = {answer.response.get("Permissions-Policy", "") for answer in answers}
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"} <= set(policy.split(", "))


def test_only_files_of_the_package_are_kept_by_a_browser(answers: list[Answer]) -> None:
    kept = {a.asked for a in answers if a.response.get("Cache-Control") != "no-store"}
    assert kept - {"without TLS"} == {
        answer.asked
        for answer in answers
        if answer.asked.startswith("/static/") and answer.response.status_code == HTTPStatus.OK
    }


def test_downloads_are_saved_under_a_plain_name_and_never_run(answers: list[Answer]) -> None:
    files = [
        answer
        for answer in answers
        if answer.response.status_code == HTTPStatus.OK
        and not answer.asked.startswith(("/static/", PROGRAMS))
        and not answer.response["Content-Type"].startswith("text/html")
    ]
    named = {answer.asked: answer.response.get("Content-Disposition", "") for answer in files}
    assert [
        asked
        for asked, told in named.items()
        if not re.fullmatch(r'(attachment|inline); filename="[\w.-]+"', told)
    ] == []
    assert {answer.response["Content-Type"].partition(";")[0] for answer in files} >= {"application/zip"}


def test_no_download_holds_a_person_but_oneself(answers: list[Answer]) -> None:
    """There is no export of people: what is about people in a download is about oneself."""
    holding = {
        answer.asked
        for answer in answers
        if answer.response.status_code == HTTPStatus.OK
        and not answer.response["Content-Type"].startswith("text/html")
        and any(
            name.encode() in told for name in ("Mina", "Okafor", "Berg", "Ada") for told in opened(answer)
        )
    }
    assert {address for address in holding if not address.startswith("/my/")} == set()
    assert "/my/data/copy.json" in holding


def opened(answer: Answer) -> list[bytes]:
    """The body, and what a zip file holds but our own source."""
    if answer.response["Content-Type"] != "application/zip" or answer.asked == "/source.zip":
        return [answer.body]
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    return [archive.read(name) for name in archive.namelist()]


def test_errors_tell_nothing_of_the_inside(answers: list[Answer]) -> None:
    errors = [answer for answer in answers if answer.response.status_code >= HTTPStatus.BAD_REQUEST]
    telling = re.compile(
        rb"Traceback|File \"|sojourn/|django\.|a detail of ours|DEBUG|settings|SELECT", re.IGNORECASE
    )
    told = {
        f"{answer}: {found[0]!r}"
        for answer in errors
        if (found := telling.search(re.sub(rb"/static/[^\"]*|data-\w+=\"[^\"]*\"", b"", answer.body)))
    }
    assert told == set()


def test_errors_say_what_to_do_in_a_page(answers: list[Answer]) -> None:
    for answer in answers:
        if answer.response.status_code >= HTTPStatus.BAD_REQUEST and not answer.asked.startswith(PROGRAMS):
            assert answer.response["Content-Type"].startswith("text/html"), answer
            assert b"<h1>" in answer.body, answer
            assert b"btn-primary" in answer.body, answer


def test_errors_for_programs_are_problems(answers: list[Answer]) -> None:
    types = {
        answer.response["Content-Type"]
        for answer in answers
        if answer.response.status_code >= HTTPStatus.BAD_REQUEST and answer.asked.startswith(PROGRAMS)
    }
    assert types == {"application/problem+json"}


def test_server_does_not_say_what_it_is_made_of(answers: list[Answer]) -> None:
    assert [
        str(a) for a in answers if a.response.has_header("Server") or a.response.has_header("X-Powered-By")
    ] == []
