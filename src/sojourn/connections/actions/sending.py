"""One round of the worker: queue what has happened, ask the addresses that are due."""

import datetime as dt
from collections.abc import Callable

from sojourn.client.webhooks import new_signature
from sojourn.connections.actions.deliveries import note_answer, queue_messages, take_due
from sojourn.connections.models import Delivery, Outgoing
from sojourn.connections.outbound import UnreachableError, post
from sojourn.records.actor import SYSTEM

Clock = Callable[[], dt.datetime]
AT_ONCE = 20


def send_due(now: Clock) -> int:
    """Send what is due, some messages at most, so that other work has its turn. Gives how many were sent."""
    if Outgoing.objects.exists():
        queue_messages(by=SYSTEM, at=now())
    if not Delivery.objects.filter(status=Delivery.Status.WAITING, due_at__lte=now()).exists():
        return 0
    taken = take_due(by=SYSTEM, at=now(), most=AT_ONCE)
    for delivery in taken:
        answer, is_taken = _sent(delivery, int(now().timestamp()))
        note_answer(by=SYSTEM, delivery=delivery, answer=answer, is_taken=is_taken, at=now())
    return len(taken)


def _sent(delivery: Delivery, second: int) -> tuple[str, bool]:
    """What the address answered, and whether it took the message: any status from 200 to 299 says so."""
    number, body = f"msg_{delivery.pk}", delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Sojourn",
        "webhook-id": number,
        "webhook-timestamp": str(second),
        "webhook-signature": new_signature(delivery.webhook.secret, number, second, body),
    }
    try:
        status = post(delivery.webhook.url, body, headers)
    except UnreachableError as error:
        return error.reason, False
    return str(status), 200 <= status < 300
