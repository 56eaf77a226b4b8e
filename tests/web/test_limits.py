"""Writes and guesses are limited by account, or by an address that is nowhere stored."""

import datetime as dt
import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory

from apps.factories import NOW, PersonFactory
from sojourn.cli import tasks
from sojourn.connections.addresses import address_of
from sojourn.participation.actions.applications import ALPHABET
from sojourn.records.jobs import enqueue, run_job
from sojourn.web import clock, limits
from sojourn.web.limits import GUESSES, LARGEST_OF_STRANGERS, Limit, OverLimitError, guessed, take_place
from sojourn.web.sources import hidden_key

THREE = Limit("three", 3, 60)
pytestmark = pytest.mark.django_db


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits small enough to meet."""
    monkeypatch.setattr(limits, "STRANGERS_WRITE", THREE)
    monkeypatch.setattr(limits, "ACCOUNTS_WRITE", THREE)
    monkeypatch.setattr(limits, "GUESSES", Limit("guesses", 2, 900))


def switch(client: Client, **headers: str) -> int:
    return client.post("/language/", {"language": "en"}, **headers).status_code


@pytest.mark.usefixtures("narrow")
def test_stranger_who_writes_too_often_waits(client: Client) -> None:
    assert [switch(client) for _ in range(4)] == [302, 302, 302, 429]
    answer = client.post("/language/", {"language": "en"})
    assert answer["Retry-After"] == "60"
    assert "Wait 1 minute, then try again." in answer.content.decode()
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("narrow")
def test_wait_is_told_in_chinese(client: Client) -> None:
    client.cookies["django_language"] = "zh-hans"
    page = [client.post("/language/", {"language": "zh-hans"}) for _ in range(4)][-1].content.decode()
    assert "请等 1 分钟后再试" in page


@pytest.mark.usefixtures("narrow")
def test_one_address_does_not_use_up_the_places_of_another(client: Client) -> None:
    near = [switch(client, REMOTE_ADDR="192.0.2.1") for _ in range(4)]
    assert (near[-1], switch(client, REMOTE_ADDR="192.0.2.2")) == (429, 302)
    network = [switch(client, REMOTE_ADDR=f"2001:db8::{number}") for number in range(1, 5)]
    assert (network[-1], switch(client, REMOTE_ADDR="2001:db8:0:1::1")) == (429, 302)


@pytest.mark.usefixtures("narrow")
def test_account_is_limited_wherever_it_writes_from(log_in) -> None:
    browser = log_in(person=PersonFactory())
    told = [switch(browser, REMOTE_ADDR=f"192.0.2.{number}") for number in range(4)]
    assert told == [302, 302, 302, 429]


def test_places_come_back_with_the_next_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        take_place(THREE, "somebody")
    with pytest.raises(OverLimitError) as caught:
        take_place(THREE, "somebody")
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(seconds=caught.value.wait))
    assert take_place(THREE, "somebody")


def test_wrong_codes_are_counted_and_right_ones_are_not(rf: RequestFactory, narrow) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.9")
    request.user = type("Stranger", (), {"is_authenticated": False})()
    assert [guessed(request, lambda: True) for _ in range(5)] == [True] * 5
    assert [guessed(request, lambda: False) for _ in range(2)] == [False] * 2
    tried = []
    with pytest.raises(OverLimitError):
        guessed(request, lambda: tried.append("a third guess") is None)
    assert tried == []


@pytest.mark.usefixtures("narrow")
def test_code_of_a_group_cannot_be_guessed_for_long(log_in) -> None:
    browser = log_in(person=PersonFactory())
    told = [browser.get(f"/my/groups/join/?code=WRONG{number}&person=1").status_code for number in range(3)]
    assert told == [200, 200, 429]


def test_guesses_are_too_few_to_find_one_of_ten_thousand_groups() -> None:
    in_a_year = 365 * 24 * 3600 / GUESSES.seconds * GUESSES.times
    assert in_a_year * 10_000 / len(ALPHABET) ** 8 < 0.01


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.66, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.66, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "not an address", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    rf: RequestFactory, settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == address


def test_no_address_is_stored_and_the_name_it_has_changes_overnight(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(client, REMOTE_ADDR="192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM sojourn_cache")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert "192.0.2" not in str(rows)
    today = hidden_key("address 192.0.2.77", "", 1)
    monkeypatch.setattr(clock, "today", lambda: dt.date(2027, 3, 2))
    assert hidden_key("address 192.0.2.77", "", 1) != today


def test_name_in_the_cache_cannot_be_computed_without_the_secret(settings) -> None:
    known = hidden_key("address 192.0.2.77", "", 1)
    settings.SECRET_KEY = "another"
    assert hidden_key("address 192.0.2.77", "", 1) != known


def test_night_deletes_what_the_cache_no_longer_needs() -> None:
    cache.add("old", 1, timeout=-10)
    cache.add("new", 1, timeout=1000)
    before = (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)).isoformat()
    job = enqueue("cache.prune", {"before": before}, run_after=NOW)
    run_job(job.pk, now=lambda: NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sojourn_cache")
        assert cursor.fetchone()[0] == 1
    assert "cache.prune" in {job.kind for job in tasks.nightly()}


def test_body_that_is_too_large_is_refused_before_it_is_read(client: Client, officer: Client) -> None:
    class Unread(io.BytesIO):
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    told = {"CONTENT_LENGTH": str(LARGEST_OF_STRANGERS + 1), "wsgi.input": Unread()}
    answer = client.generic("POST", "/language/", **told)
    assert (answer.status_code, "This is too large" in answer.content.decode()) == (413, True)
    large = {"CONTENT_LENGTH": str(limits.LARGEST + 1), "wsgi.input": Unread()}
    assert officer.generic("POST", "/office/plan/", **large).status_code == 413
