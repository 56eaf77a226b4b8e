"""Webhooks against a real server on loopback: signed, retried, never lost, never sent where none may go."""

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

import pytest
from django.db import connection, transaction

from api.programs import lead
from apps.factories import NOW, TODAY, CallFactory, OpeningFactory, RegionFactory, SchoolFactory
from apps.outcomes import refused, unseen
from apps.participation.world import published
from sojourn.client import WebhookError, read_webhook
from sojourn.connections.actions.deliveries import KEPT_FOR, WAITS, forget_deliveries
from sojourn.connections.actions.sending import send_due
from sojourn.connections.actions.webhooks import register_webhook, remove_webhook, resend, resume_webhook
from sojourn.connections.events import EVENTS
from sojourn.connections.models import Delivery, Outgoing, Webhook
from sojourn.connections.outbound import UnreachableError, checked_url, may_be_asked, post, resolved
from sojourn.participation.actions.sessions import record_session
from sojourn.records.actor import SYSTEM
from sojourn.records.models import AuditEvent
from sojourn.records.roles import VERBS, Role
from sojourn.registry.models import Organisation

pytestmark = pytest.mark.django_db
REFUSED_EVENTS = {"application.", "offer.", "engagement.", "consent.", "group.", "roster."}


@dataclass
class Receiver:
    """A program's server: what arrived, and with which status it answers next."""

    url: str = ""
    status: int = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_ON_LOOPBACK = True
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append((dict(self.headers), body))
            self.send_response(made.status)
            self.send_header("Location", made.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_told: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_port}/hook?from=us"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def hook(organisation: Organisation, url: str, *events: str) -> Webhook:
    role = Role.PROGRAMME_OFFICE if organisation.kind == "coordinating_office" else Role.INSTITUTION
    return register_webhook(
        by=lead(organisation, role), organisation=organisation, url=url, events=events, on=TODAY
    )


def at(moment: dt.datetime):
    return lambda: moment


def test_message_is_signed_and_holds_ids_and_counts_alone(office: Organisation, receiver: Receiver) -> None:
    webhook = hook(office, receiver.url, "call.publish")
    published(2, code="summer")
    assert send_due(at(NOW)) == 1
    [(headers, body)] = receiver.got
    message = read_webhook(webhook.secret, headers, body, now=NOW.timestamp())
    event = AuditEvent.objects.get(verb="call.publish")
    assert message == {
        "type": "call.publish",
        "timestamp": event.at.isoformat(),
        "data": {"event": event.pk, "path": "/api/v1/calls/summer", "count": 1},
    }
    [delivery] = Delivery.objects.all()
    assert (delivery.status, delivery.answer, delivery.attempts) == ("delivered", "200", 1)
    assert not Outgoing.objects.exists()
    assert send_due(at(NOW)) == 0


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("webhook-signature", "v1,AAAA"),
        ("webhook-timestamp", str(int(NOW.timestamp()) - 1)),
        ("webhook-timestamp", str(int(NOW.timestamp()) - 301)),
        ("webhook-timestamp", "١٢"),
        ("webhook-id", "msg_0"),
    ],
)
def test_forged_or_old_message_is_not_believed(
    office: Organisation, receiver: Receiver, header: str, value: str
) -> None:
    webhook = hook(office, receiver.url, "call.publish")
    published(2)
    send_due(at(NOW))
    [(headers, body)] = receiver.got
    changed = {name.lower(): told for name, told in headers.items()} | {header: value}
    with pytest.raises(WebhookError):
        read_webhook(webhook.secret, changed, body, now=NOW.timestamp())
    with pytest.raises(WebhookError):
        read_webhook(webhook.secret, headers, body + b" ", now=NOW.timestamp())


def test_message_that_is_not_taken_is_sent_again_later_with_the_same_number(
    office: Organisation, receiver: Receiver
) -> None:
    hook(office, receiver.url, "call.publish")
    published(2)
    receiver.status = 500
    moment = NOW
    for number, wait in enumerate(WAITS[:3], 1):
        assert send_due(at(moment)) == 1
        assert send_due(at(moment + wait - dt.timedelta(seconds=1))) == 0
        assert len(receiver.got) == number
        moment += wait
    receiver.status = 204
    assert send_due(at(moment)) == 1
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert len({body for _headers, body in receiver.got}) == 1
    assert Delivery.objects.get().status == "delivered"


def test_webhook_that_takes_nothing_for_three_days_is_switched_off_and_can_be_resumed(
    office: Organisation, receiver: Receiver
) -> None:
    webhook = hook(office, receiver.url, "call.publish")
    published(2)
    receiver.status = 503
    moment = NOW
    for wait in (*WAITS, dt.timedelta()):
        assert send_due(at(moment)) == 1
        moment += wait
    webhook.refresh_from_db()
    assert (webhook.is_active, Delivery.objects.get().status) == (False, "given_up")
    published(2, code="later")
    assert send_due(at(moment + dt.timedelta(days=9))) == 0
    by = lead(office, Role.PROGRAMME_OFFICE)
    with refused("webhook.off"):
        resend(by=by, delivery=Delivery.objects.select_related("webhook").get(), at=moment)
    receiver.status = 200
    resume_webhook(by=by, webhook=webhook, at=moment)
    with refused("webhook.active"):
        resume_webhook(by=by, webhook=webhook, at=moment)
    assert send_due(at(moment)) == 1
    assert Delivery.objects.get().status == "delivered"


def test_message_of_a_killed_worker_falls_due_again(office: Organisation, receiver: Receiver) -> None:
    hook(office, receiver.url, "call.publish")
    published(2)
    killed = mock.patch("sojourn.connections.actions.sending.post", side_effect=KeyboardInterrupt)
    with killed, pytest.raises(KeyboardInterrupt):
        send_due(at(NOW))
    assert send_due(at(NOW + dt.timedelta(seconds=59))) == 0
    assert send_due(at(NOW + dt.timedelta(seconds=60))) == 1
    assert len(receiver.got) == 1


def test_event_of_an_act_that_was_rolled_back_is_told_to_nobody(
    office: Organisation, receiver: Receiver
) -> None:
    hook(office, receiver.url, "call.publish")
    before = Outgoing.objects.count()
    mark = transaction.savepoint_create()
    published(2)
    assert Outgoing.objects.count() == before + 4
    transaction.savepoint_rollback(mark)
    assert Outgoing.objects.count() == before


def test_nothing_is_noted_for_going_out_where_nobody_listens() -> None:
    published(2)
    assert not Outgoing.objects.exists()


def test_session_is_told_to_its_host_alone(office: Organisation, receiver: Receiver) -> None:
    opening = OpeningFactory(call=CallFactory(), starts_on=TODAY - dt.timedelta(days=3), ends_on=TODAY)
    other = SchoolFactory()
    for place in (opening.host, other, office):
        hook(place, f"{receiver.url}&to={place.code}", "session.record")
    record_session(
        by=lead(opening.host, Role.INSTITUTION),
        opening=opening,
        held_on=TODAY - dt.timedelta(days=1),
        titles={"en": "A day"},
        adults=[],
        present=[],
        on=TODAY,
    )
    assert send_due(at(NOW)) == 1
    assert [row.webhook.organisation for row in Delivery.objects.select_related("webhook__organisation")] == [
        opening.host
    ]


def test_secret_is_encrypted_in_the_database(office: Organisation, receiver: Receiver) -> None:
    webhook = hook(office, receiver.url, "call.publish")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM connections_webhook")
        [(stored,)] = cursor.fetchall()
    assert webhook.secret.startswith("whsec_")
    assert webhook.secret[6:] not in stored


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"url": "http://example.org/"}, "webhook.url", "url"),
        ({"url": "ftp://example.org/"}, "webhook.url", "url"),
        ({"url": "https://user:word@example.org/"}, "webhook.url", "url"),
        ({"url": "https:///path"}, "webhook.url", "url"),
        ({"url": "https://example.org:x/"}, "webhook.url", "url"),
        ({"url": "https://exa mple.org/"}, "webhook.url", "url"),
        ({"url": "https://example.org/" + "a" * 200}, "webhook.long_url", "url"),
        ({"events": []}, "webhook.events", "events"),
        ({"events": ["offer.decline"]}, "webhook.events", "events"),
    ],
)
def test_webhook_that_cannot_be_used_is_refused(
    office: Organisation, settings, changed: dict, code: str, where: str
) -> None:
    settings.WEBHOOKS_ON_LOOPBACK = False
    asked = {"url": "https://example.org/hook", "events": ["call.publish"]} | changed
    by = lead(office, Role.PROGRAMME_OFFICE)
    with refused(code, where=where):
        register_webhook(by=by, organisation=office, on=TODAY, **asked)


def test_webhooks_of_an_organisation_are_few_and_differ(office: Organisation) -> None:
    by = lead(office, Role.PROGRAMME_OFFICE)
    for number in range(10):
        hook(office, f"https://example.org/{number}", "call.publish")
    asked = {"by": by, "organisation": office, "events": ["call.publish"], "on": TODAY}
    with refused("webhook.known", where="url"):
        register_webhook(url="https://example.org/1", **asked)
    with refused("webhook.too_many"):
        register_webhook(url="https://example.org/new", **asked)


def test_strangers_do_nothing_with_a_webhook(office: Organisation) -> None:
    row = hook(office, "https://example.org/", "call.publish")
    region = RegionFactory()
    for stranger in (lead(region, Role.REGIONAL_OFFICE), lead(office, Role.LEADER), SYSTEM):
        with unseen():
            remove_webhook(by=stranger, webhook=row)
        with unseen():
            resume_webhook(by=stranger, webhook=row, at=NOW)
    neighbour = lead(region, Role.REGIONAL_OFFICE)
    with unseen():
        register_webhook(
            by=neighbour,
            organisation=office,
            url="https://example.org/2",
            events=["call.publish"],
            on=TODAY,
        )
    remove_webhook(by=lead(office, Role.PROGRAMME_OFFICE), webhook=row)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_address_inside_a_network_is_never_asked(settings, address: str) -> None:
    settings.WEBHOOKS_ON_LOOPBACK = False
    assert not may_be_asked(address)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 443))]
    with (
        mock.patch("socket.getaddrinfo", return_value=found),
        pytest.raises(UnreachableError, match="forbidden"),
    ):
        post("https://innocent.example/", b"{}", {})


def test_name_with_one_address_inside_is_refused_whole(settings) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("203.0.114.9", "10.0.0.1")]
    assert may_be_asked("203.0.114.9")
    with (
        mock.patch("socket.getaddrinfo", return_value=found),
        pytest.raises(UnreachableError, match="forbidden"),
    ):
        resolved(checked_url("https://innocent.example/"))


def test_redirect_is_not_followed(office: Organisation, receiver: Receiver) -> None:
    receiver.status = 302
    assert post(receiver.url, b"{}", {}) == 302
    assert len(receiver.got) == 1


def test_address_that_never_answers_is_given_up_in_time(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WEBHOOKS_ON_LOOPBACK = True
    monkeypatch.setattr("sojourn.connections.outbound.SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(UnreachableError, match="no_answer"):
            post(f"http://127.0.0.1:{port}/", b"{}", {})
    with pytest.raises(UnreachableError, match="no_answer"):
        post(f"http://127.0.0.1:{port}/", b"{}", {})


def test_log_of_messages_is_kept_for_a_month(office: Organisation, receiver: Receiver) -> None:
    hook(office, receiver.url, "call.publish")
    published(2)
    send_due(at(NOW))
    assert forget_deliveries(before=NOW + KEPT_FOR, most=10) == 0
    assert forget_deliveries(before=NOW + KEPT_FOR + dt.timedelta(seconds=1), most=10) == 1


def test_no_event_tells_of_a_person() -> None:
    assert [verb for verb in EVENTS if any(verb.startswith(each) for each in REFUSED_EVENTS)] == []
    assert [verb for verb in EVENTS if verb in VERBS[Role.PARTICIPANT]] == []
