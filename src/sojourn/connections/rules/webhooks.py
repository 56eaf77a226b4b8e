"""Rules of webhooks: registered by a lead of the organisation, at an address that may be asked."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sojourn.connections.events import EVENTS
from sojourn.connections.models import Delivery, Webhook
from sojourn.connections.outbound import UnreachableError, checked_url
from sojourn.connections.rules.tokens import must_lead
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Organisation

MOST_WEBHOOKS = 10
LONGEST_URL = 200


def may_register_webhook(
    *, by: Actor, organisation: Organisation, url: str, events: Sequence[str], **_rest: object
) -> None:
    """A lead names an address of https and what it wants to hear of; a few for each organisation."""
    must_lead(by, organisation.pk)
    try:
        checked_url(url)
    except UnreachableError:
        raise refuse(
            "webhook.url",
            _("Give a whole address that begins with https:// and names neither user nor password."),
            where="url",
        ) from None
    if len(url) > LONGEST_URL:
        raise refuse(
            "webhook.long_url",
            _("The address has more than %(most)s characters. Choose a shorter one."),
            where="url",
            most=LONGEST_URL,
        )
    if not events or not set(events) <= EVENTS.keys():
        raise refuse("webhook.events", _("Choose at least one kind of event."), where="events")
    own = Webhook.objects.filter(organisation=organisation)
    if own.filter(url=url).exists():
        raise refuse("webhook.known", _("This address is registered already."), where="url")
    if own.count() >= MOST_WEBHOOKS:
        raise refuse(
            "webhook.too_many",
            _("An organisation has at most %(most)s webhooks. Remove one first."),
            most=MOST_WEBHOOKS,
        )


def may_remove_webhook(*, by: Actor, webhook: Webhook, **_rest: object) -> None:
    """Any lead of the organisation removes a webhook."""
    must_lead(by, webhook.organisation_id)


def may_resume_webhook(*, by: Actor, webhook: Webhook, **_rest: object) -> None:
    """A webhook that was switched off is switched on again, once its address answers."""
    must_lead(by, webhook.organisation_id)
    if webhook.is_active:
        raise refuse("webhook.active", _("This webhook is switched on already."))


def may_deliver(*, by: Actor, **_rest: object) -> None:
    """Messages are queued and sent by the worker alone."""
    if not by.is_system:
        raise UnseenError


def may_resend(*, by: Actor, delivery: Delivery, **_rest: object) -> None:
    """A message that was given up is sent again at the wish of a lead."""
    must_lead(by, delivery.webhook.organisation_id)
    if not delivery.webhook.is_active:
        raise refuse("webhook.off", _("Switch the webhook on first."))
