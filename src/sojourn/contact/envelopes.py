"""A mail ready to go: built once, encrypted as a row, opened again when it is sent."""

import base64
import datetime as dt
import json
import secrets
from dataclasses import dataclass
from email import policy

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models.functions import Now

from sojourn.contact.models import Mail


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a mail goes to, where it returns to, and its bytes."""

    to: str
    sender: str
    content: bytes


def post(message: EmailMessage, to: str, *, at: dt.datetime | Now, account_id: int | None = None) -> Mail:
    """Put a mail to one address into the outbox, in the transaction that is open."""
    code = secrets.token_hex(16)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    message.extra_headers["Message-ID"] = f"<{code}@{host}>"
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    content = message.message(policy=policy.SMTP).as_bytes()
    sealed = {"to": to, "sender": return_address(code), "content": base64.b64encode(content).decode()}
    return Mail.objects.create(account_id=account_id, code=code, envelope=json.dumps(sealed), run_after=at)


def opened(mail: Mail) -> Envelope:
    """The envelope of a mail that has not left yet."""
    if not mail.envelope:
        raise ValueError("a mail that has left is empty")
    sealed = json.loads(mail.envelope)
    return Envelope(sealed["to"], sealed["sender"], base64.b64decode(sealed["content"]))


def return_address(code: str) -> str:
    """Where undeliverable mail comes back to: the mail's code stands in the address."""
    name, _at, host = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{code}@{host}"
