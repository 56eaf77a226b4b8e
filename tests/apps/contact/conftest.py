"""Accounts to tell things to, and a server that takes mail away and can be told to misbehave."""

import datetime as dt
import email
import smtplib
from collections.abc import Callable
from email import policy
from email.message import EmailMessage

import pytest

from apps.factories import NOW, AccountFactory, PersonFactory
from sojourn.contact.envelopes import Envelope
from sojourn.registry.models import Account


class Carrier:
    """Keeps what it is handed; `answers` are errors to raise first, in turn."""

    def __init__(self) -> None:
        self.carried: list[Envelope] = []
        self.answers: list[Exception | None] = []
        self.closed = 0

    def carry(self, envelope: Envelope) -> None:
        error = self.answers.pop(0) if self.answers else None
        if error is not None:
            raise error
        self.carried.append(envelope)

    def close(self) -> None:
        self.closed += 1

    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one.content, policy=policy.default) for one in self.carried]


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    return lambda: NOW


@pytest.fixture
def somebody(db) -> Account:
    return AccountFactory(person=PersonFactory(), email="somebody@example.org")


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"x@example.org": (code, b"no")})
