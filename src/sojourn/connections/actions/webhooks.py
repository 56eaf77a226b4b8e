"""Register a webhook, switch it on again, remove it."""

import base64
import datetime as dt
import secrets
from collections.abc import Sequence

from sojourn.connections.models import Delivery, Webhook
from sojourn.connections.rules import webhooks as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.moves import move
from sojourn.registry.models import Organisation


@action("webhook.register", rules.may_register_webhook)
def register_webhook(
    *, by: Actor, organisation: Organisation, url: str, events: Sequence[str], on: dt.date
) -> Webhook:
    """Tell the address of such events from now on. Its secret is made here and kept encrypted."""
    return Webhook.objects.create(
        organisation=organisation,
        url=url,
        events=sorted(set(events)),
        secret="whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
        created_on=on,
    )


@action("webhook.remove", rules.may_remove_webhook)
def remove_webhook(*, by: Actor, webhook: Webhook) -> list[Webhook]:
    """Remove the webhook with the log of its messages; what was not sent yet is not sent any more."""
    Webhook.objects.filter(pk=webhook.pk).delete()
    return [webhook]


@action("webhook.resume", rules.may_resume_webhook)
def resume_webhook(*, by: Actor, webhook: Webhook, at: dt.datetime) -> Webhook:
    """Switch the webhook on again, and send anew what was given up."""
    Webhook.objects.filter(pk=webhook.pk).update(is_active=True)
    webhook.is_active = True
    given_up = Delivery.objects.filter(webhook=webhook, status=Delivery.Status.GIVEN_UP)
    given_up.update(status=Delivery.Status.WAITING, attempts=0, due_at=at, ended_at=None)
    return webhook


@action("webhook.resend", rules.may_resend)
def resend(*, by: Actor, delivery: Delivery, at: dt.datetime) -> Delivery:
    """Send a message that was given up once more, with the same number and the same bytes."""
    move(delivery, Delivery.Status.WAITING, attempts=0, due_at=at, ended_at=None)
    return delivery
