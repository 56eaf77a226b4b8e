"""From the audit trail to the addresses: queue a message for each webhook, take what is due, note the answer.

None of the three holds a transaction while the other side is asked. A worker that is killed in between
leaves a message that falls due again a minute later, with the same number: it may arrive twice, never not.
"""

import datetime as dt
import json
from collections.abc import Sequence

from django.db.models import F

from sojourn.connections.events import EVENTS
from sojourn.connections.models import Delivery, Outgoing, Webhook
from sojourn.connections.rules import webhooks as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.models import AuditEvent
from sojourn.records.moves import move

AT_ONCE = 200
LEASE = dt.timedelta(seconds=60)
"""For how long a message belongs to the worker that took it."""
WAITS = tuple(
    dt.timedelta(seconds=seconds) for seconds in (15, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400)
)
"""Before the second attempt, the third, and so on; after the last, three days on, the webhook goes off."""
KEPT_FOR = dt.timedelta(days=30)


@action("delivery.queue", rules.may_deliver, leaves_no_trace=True)
def queue_messages(*, by: Actor, at: dt.datetime) -> list[Delivery]:
    """Address the events that nobody was told of yet, some hundred at once. Gives back the messages."""
    outgoing = list(Outgoing.objects.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
    if not outgoing:
        return []
    webhooks = list(Webhook.objects.filter(is_active=True).order_by("pk"))
    events = AuditEvent.objects.in_bulk([row.event for row in outgoing])
    messages = [
        message
        for row in outgoing
        if row.event in events
        for message in _addressed(events[row.event], webhooks, at)
    ]
    Outgoing.objects.filter(pk__in=[row.pk for row in outgoing]).delete()
    return Delivery.objects.bulk_create(messages, ignore_conflicts=True)


def _addressed(event: AuditEvent, webhooks: Sequence[Webhook], at: dt.datetime) -> list[Delivery]:
    wanting = [webhook for webhook in webhooks if event.verb in webhook.events]
    message = EVENTS[event.verb](event) if wanting else None
    if message is None:
        return []
    body = json.dumps(
        {
            "type": event.verb,
            "timestamp": event.at.isoformat(),
            "data": {"event": event.pk, "path": f"/api/v1{message.path}", "count": event.count},
        }
    )
    return [
        Delivery(webhook=webhook, event=event.pk, verb=event.verb, body=body, queued_at=at, due_at=at)
        for webhook in wanting
        if message.only_for is None or message.only_for == webhook.organisation_id
    ]


@action("delivery.take", rules.may_deliver, leaves_no_trace=True)
def take_due(*, by: Actor, at: dt.datetime, most: int) -> list[Delivery]:
    """The messages that are due, each now this worker's own for a minute, and one attempt older."""
    due = Delivery.objects.filter(status=Delivery.Status.WAITING, due_at__lte=at, webhook__is_active=True)
    rows = list(
        due.select_for_update(of=("self",), skip_locked=True)
        .select_related("webhook")
        .order_by("due_at", "pk")[:most]
    )
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        attempts=F("attempts") + 1, due_at=at + LEASE
    )
    for row in rows:
        row.attempts += 1
    return rows


@action("delivery.note", rules.may_deliver, leaves_no_trace=True)
def note_answer(*, by: Actor, delivery: Delivery, answer: str, is_taken: bool, at: dt.datetime) -> Delivery:
    """Note what the address answered: it took the message, or is asked again later, or is given up."""
    if is_taken:
        move(delivery, Delivery.Status.DELIVERED, ended_at=at, answer=answer)
    elif delivery.attempts > len(WAITS):
        move(delivery, Delivery.Status.GIVEN_UP, ended_at=at, answer=answer)
        Webhook.objects.filter(pk=delivery.webhook_id).update(is_active=False)
    else:
        due_at = at + WAITS[delivery.attempts - 1]
        Delivery.objects.filter(pk=delivery.pk).update(due_at=due_at, answer=answer)
    return delivery


def forget_deliveries(*, before: dt.datetime, most: int) -> int:
    """Delete up to `most` messages whose log is older than it is kept for. Gives how many."""
    old = Delivery.objects.exclude(status=Delivery.Status.WAITING).filter(queued_at__lt=before - KEPT_FOR)
    numbers = list(old.order_by("queued_at").values_list("pk", flat=True)[:most])
    return Delivery.objects.filter(pk__in=numbers).delete()[0]
