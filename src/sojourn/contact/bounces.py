"""Mail that came back (RFC 3464): whose address does not work any more.

The mail server hands every mail to the return address to `sojourn mail returned`.
"""

import datetime as dt
import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from sojourn.contact.delivery import note_failed_address
from sojourn.contact.models import Mail

CODE = re.compile(r"[+<]([0-9a-f]{32})@")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
LARGEST = 1_000_000


def note_returned(content: bytes, *, on: dt.date) -> str:
    """Note a returned mail. Gives what it was: returned, delayed, unknown (not ours), or other.

    Only a permanent failure (5.x.x) of a mail that this site sent makes an address count as dead; what
    people or machines answer by hand is no failure.
    """
    message = message_from_bytes(content[:LARGEST], policy=policy.default)
    status = _status(message)
    if status is None:
        return "other"
    code = _code(content[:LARGEST])
    mail = Mail.objects.filter(code=code).first() if code else None
    if mail is None:
        return "unknown"
    if not status.startswith("5"):
        return "delayed"
    sent = Mail.objects.filter(pk=mail.pk, status=Mail.Status.SENT)
    if sent.update(status=Mail.Status.RETURNED, answer=status):
        note_failed_address(mail, on=on)
    return "returned"


def _status(message: EmailMessage) -> str | None:
    """The status of the delivery report, if the mail is one."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            found = STATUS.search(str(part))
            return found.group(1) if found else None
    return None


def _code(content: bytes) -> str | None:
    """The code of our mail: in the address that it came back to, or in the message id that it quotes."""
    found = CODE.search(content.decode("ascii", "replace"))
    return found.group(1) if found else None
