"""From the outbox to a mail server: every mail leaves, and leaves once as far as mail can know.

A mail is claimed in one short transaction, handed over outside of any, and noted in another. Killed in
between, it is sent again under the same message id, by which servers and programs drop the second copy; no
protocol between two machines can do better. No transaction is open while a server is waited for.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable
from typing import Protocol, cast

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend
from django.db.models import F

from sojourn.contact.envelopes import Envelope, opened
from sojourn.contact.models import Mail, Preference

STALE_AFTER = dt.timedelta(minutes=5)
"""A claim older than this was left by a worker that is gone: the server's own patience is shorter."""
MOST_ATTEMPTS = 10
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=6)
PERMANENT = 500
log = logging.getLogger(__name__)


class Carrier(Protocol):
    """Whoever takes mails away; raises OSError (SMTPException is one) where that fails."""

    def carry(self, envelope: Envelope) -> None:
        """Hand over one mail."""

    def close(self) -> None:
        """End the connection."""


class Server:
    """The mail server of the settings, over one connection that is opened when first needed."""

    def __init__(self) -> None:
        self._backend = cast("EmailBackend", mailers["transport"])

    def carry(self, envelope: Envelope) -> None:
        """Hand over one mail."""
        self._backend.open()
        connection = cast("smtplib.SMTP", self._backend.connection)
        connection.sendmail(envelope.sender, [envelope.to], envelope.content)

    def close(self) -> None:
        """End the connection."""
        self._backend.close()


def deliver(
    now: Callable[[], dt.datetime],
    *,
    carrier: Carrier | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due, until nothing is or one is asked to stop. Gives how many mails were handed over."""
    _free_stale(now())
    carried = 0
    carrier = carrier or Server()
    try:
        while not stopping():
            mail = _claim(now())
            if mail is None:
                return carried
            carried += _send(mail, carrier, now)
    finally:
        carrier.close()
    return carried


def _claim(at: dt.datetime) -> Mail | None:
    """The next due mail, now this worker's alone: of many who try, one UPDATE finds it waiting."""
    for mail in Mail.objects.due(at)[:20]:
        taken = Mail.objects.filter(pk=mail.pk, status=Mail.Status.WAITING, run_after=mail.run_after)
        if taken.update(status=Mail.Status.SENDING, claimed_at=at, attempts=F("attempts") + 1):
            mail.attempts, mail.claimed_at = mail.attempts + 1, at
            return mail
    return None


def _free_stale(at: dt.datetime) -> None:
    stale = Mail.objects.filter(status=Mail.Status.SENDING, claimed_at__lt=at - STALE_AFTER)
    stale.update(status=Mail.Status.WAITING, run_after=at)


def _send(mail: Mail, carrier: Carrier, now: Callable[[], dt.datetime]) -> bool:
    mine = Mail.objects.filter(pk=mail.pk, status=Mail.Status.SENDING, claimed_at=mail.claimed_at)
    try:
        carrier.carry(opened(mail))
    except OSError as error:
        code = _answer(error)
        log.warning("mail %s, attempt %s: %s", mail.pk, mail.attempts, code)
        if _is_final(error) or mail.attempts >= MOST_ATTEMPTS:
            mine.update(status=Mail.Status.REFUSED, envelope="", answer=code)
            if isinstance(error, smtplib.SMTPRecipientsRefused) and _is_final(error):
                note_failed_address(mail, on=now().date())
        else:
            wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
            mine.update(status=Mail.Status.WAITING, run_after=now() + wait, answer=code)
            if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                carrier.close()
        return False
    mine.update(status=Mail.Status.SENT, envelope="", answer="")
    return True


def note_failed_address(mail: Mail, *, on: dt.date) -> None:
    """Stop mailing to an address that does not work; its account sees that on its pages."""
    if mail.account_id is not None:
        Preference.objects.update_or_create(account_id=mail.account_id, defaults={"address_failed_on": on})


def _answer(error: OSError) -> str:
    """The server's code, else the kind of error."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return str(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    return type(error).__name__[:12]


def _is_final(error: OSError) -> bool:
    """Whether the server will never take this mail: no to the address, or to the mail itself, for good."""
    about_this_mail = smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
    return isinstance(error, about_this_mail) and int(_answer(error)) >= PERMANENT
