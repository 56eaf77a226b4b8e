"""Webhooks as the leads of their organisation see them, with the log of their messages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sojourn.connections.models import Delivery, Webhook
from sojourn.connections.scopes import HOLDERS
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError

IN_THE_LOG = 100


@dataclass(frozen=True, slots=True)
class WebhookLine:
    """A webhook in the list of its organisation."""

    number: int
    organisation: Mapping[str, str]
    url: str
    events: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A message in the log of its webhook; `answer` is the last status, or a word for why there was none."""

    number: int
    verb: str
    queued_at: dt.datetime
    due_at: dt.datetime
    attempts: int
    status: str
    answer: str


def webhooks_of(by: Actor) -> list[WebhookLine]:
    """The webhooks of the organisations that the actor leads, the newest first."""
    rows = Webhook.objects.filter(organisation__in=by.organisations(*HOLDERS)).select_related("organisation")
    return [
        WebhookLine(row.pk, row.organisation.names, row.url, tuple(row.events), row.is_active)
        for row in rows.order_by("-pk")
    ]


def own_webhook(by: Actor, number: int) -> Webhook:
    """A webhook of an organisation that the actor leads.

    Raises:
        UnseenError: There is none with this number.
    """
    webhook = Webhook.objects.filter(organisation__in=by.organisations(*HOLDERS), pk=number).first()
    if webhook is None:
        raise UnseenError
    return webhook


def own_delivery(by: Actor, number: int) -> Delivery:
    """A message to a webhook of an organisation that the actor leads.

    Raises:
        UnseenError: There is none with this number.
    """
    own = Delivery.objects.filter(webhook__organisation__in=by.organisations(*HOLDERS), pk=number)
    delivery = own.select_related("webhook").first()
    if delivery is None:
        raise UnseenError
    return delivery


def log_of(webhook: Webhook) -> list[DeliveryLine]:
    """The newest messages to a webhook."""
    rows = Delivery.objects.filter(webhook=webhook).order_by("-queued_at", "-pk")[:IN_THE_LOG]
    return [
        DeliveryLine(row.pk, row.verb, row.queued_at, row.due_at, row.attempts, row.status, row.answer)
        for row in rows
    ]
