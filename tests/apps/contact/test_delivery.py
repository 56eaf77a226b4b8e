"""The outbox empties itself: once, again after a failure, and never into an address that is dead."""

import datetime as dt
import smtplib

import pytest

from apps.factories import NOW, TODAY
from contact.conftest import Carrier, refused
from sojourn.contact.actions import try_address_again
from sojourn.contact.bounces import note_returned
from sojourn.contact.delivery import FIRST_WAIT, MOST_ATTEMPTS, STALE_AFTER, deliver
from sojourn.contact.gathering import gather
from sojourn.contact.models import KEPT_FOR, Mail, Message, Preference
from sojourn.contact.telling import News, tell
from sojourn.privacy.actions.expiring import expire
from sojourn.records.actor import SYSTEM, Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(somebody: Account) -> Mail:
    tell([News("round.drawn", "1", frozenset({somebody.person_id}), {"reference": "ABC"})], on=TODAY)
    gather(NOW)
    return Mail.objects.get()


def at(moment: dt.datetime):
    return lambda: moment


def test_mail_leaves_once_and_is_emptied(mail: Mail, carrier: Carrier, clock) -> None:
    assert [deliver(clock, carrier=carrier), deliver(clock, carrier=carrier)] == [1, 0]
    mail.refresh_from_db()
    assert (mail.status, mail.envelope, len(carrier.carried)) == (Mail.Status.SENT, "", 1)


def test_server_that_is_away_is_asked_again_later(mail: Mail, carrier: Carrier) -> None:
    carrier.answers = [ConnectionRefusedError()]
    assert deliver(at(NOW), carrier=carrier) == 0
    assert deliver(at(NOW + FIRST_WAIT / 2), carrier=carrier) == 0
    assert deliver(at(NOW + FIRST_WAIT), carrier=carrier) == 1


def test_greylisting_is_waited_out(mail: Mail, carrier: Carrier) -> None:
    carrier.answers = [refused(450), refused(451), None]
    for wait in range(4):
        deliver(at(NOW + wait * 2 * FIRST_WAIT), carrier=carrier)
    assert len(carrier.carried) == 1
    assert not Preference.objects.filter(address_failed_on__isnull=False).exists()


def test_patience_ends(mail: Mail, carrier: Carrier) -> None:
    carrier.answers = [ConnectionRefusedError()] * MOST_ATTEMPTS
    for day in range(MOST_ATTEMPTS):
        deliver(at(NOW + dt.timedelta(days=day)), carrier=carrier)
    mail.refresh_from_db()
    assert (mail.status, mail.envelope) == (Mail.Status.REFUSED, "")


def test_dead_address_is_not_mailed_again_until_its_owner_says_so(
    mail: Mail, somebody: Account, carrier: Carrier, clock
) -> None:
    carrier.answers = [refused(550)]
    deliver(clock, carrier=carrier)
    news = News("round.drawn", "2", frozenset({somebody.person_id}), {"reference": "ABC"})
    tell([news], on=TODAY)
    assert gather(NOW) == 0
    try_address_again(by=Actor(account_id=somebody.pk), account=somebody)
    tell([News("round.drawn", "3", news.person_ids, news.about)], on=TODAY)
    assert gather(NOW) == 1


def test_sender_that_is_refused_is_no_fault_of_the_address(mail: Mail, carrier: Carrier, clock) -> None:
    carrier.answers = [smtplib.SMTPSenderRefused(550, b"no", "x@example.org")]
    deliver(clock, carrier=carrier)
    mail.refresh_from_db()
    assert (mail.status, Preference.objects.count()) == (Mail.Status.WAITING, 0)


def test_mail_that_is_refused_as_such_is_no_fault_of_the_address(mail: Mail, carrier: Carrier, clock) -> None:
    carrier.answers = [smtplib.SMTPDataError(554, b"spam")]
    deliver(clock, carrier=carrier)
    mail.refresh_from_db()
    assert (mail.status, mail.answer, Preference.objects.count()) == (Mail.Status.REFUSED, "554", 0)


def test_claim_of_a_dead_worker_is_taken_over(mail: Mail, carrier: Carrier) -> None:
    Mail.objects.update(status=Mail.Status.SENDING, claimed_at=NOW)
    assert deliver(at(NOW + STALE_AFTER / 2), carrier=carrier) == 0
    assert deliver(at(NOW + STALE_AFTER * 2), carrier=carrier) == 1


def test_nobody_else_may_have_an_address_tried_again(somebody: Account) -> None:
    with pytest.raises(UnseenError):
        try_address_again(by=Actor(account_id=somebody.pk + 1), account=somebody)


def report(code: str, status: str) -> bytes:
    return (
        f"From: MAILER-DAEMON@example.net\r\nTo: noreply+{code}@example.org\r\nSubject: Undelivered\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not work.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.net\r\n\r\n"
        f"Final-Recipient: rfc822; x@example.org\r\nAction: failed\r\nStatus: {status}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(("status", "was"), [("5.1.1", "returned"), ("4.2.2", "delayed")])
def test_returned_mail_tells_a_dead_address_from_a_full_one(
    mail: Mail, carrier: Carrier, clock, status: str, was: str
) -> None:
    deliver(clock, carrier=carrier)
    assert note_returned(report(mail.code, status), on=TODAY) == was
    assert Preference.objects.filter(address_failed_on=TODAY).exists() is (was == "returned")


@pytest.mark.parametrize(
    ("content", "was"),
    [
        (b"", "other"),
        (b"Subject: I am on holiday\r\n\r\nBack on Monday. 5.1.1", "other"),
        (report("0" * 32, "5.1.1"), "unknown"),
        (b"\xff\xfe\x00" * 1000, "other"),
        (report("x", "5.1.1"), "unknown"),
    ],
)
def test_other_mail_changes_nothing(mail: Mail, carrier: Carrier, clock, content: bytes, was: str) -> None:
    deliver(clock, carrier=carrier)
    assert note_returned(content, on=TODAY) == was
    assert Preference.objects.count() == 0


def test_forged_report_about_a_mail_that_has_not_left_changes_nothing(mail: Mail) -> None:
    note_returned(report(mail.code, "5.1.1"), on=TODAY)
    mail.refresh_from_db()
    assert (mail.status, Preference.objects.count()) == (Mail.Status.WAITING, 0)


def test_messages_and_mails_go_after_their_time(mail: Mail) -> None:
    Mail.objects.update(made_at=NOW)
    last = TODAY + KEPT_FOR
    assert [expire(by=SYSTEM, rule=rule, limit=10, on=last) for rule in ("messages", "mails")] == [[], []]
    over = last + dt.timedelta(days=1)
    assert [len(expire(by=SYSTEM, rule=rule, limit=10, on=over)) for rule in ("messages", "mails")] == [1, 1]
    assert (Mail.objects.count(), Message.objects.count()) == (0, 0)
