"""Words of the pages about connected programs."""

from typing import Any

from django import template

from sojourn.web.labels import Label
from sojourn.web.programs import labels

register = template.Library()


@register.filter
def scope_name(code: str) -> Label:
    """What a token may do."""
    return labels.SCOPES.get(code, code)


@register.filter
def event_name(code: str) -> Label:
    """Of what a webhook is told."""
    return labels.EVENTS.get(code, code)


@register.filter
def answer_name(answer: str) -> Label:
    """What an address answered."""
    return labels.ANSWERS.get(answer, answer)


@register.inclusion_tag("components/badge.html")
def delivery_state(status: str) -> dict[str, Any]:
    """The badge of how far a message has come."""
    label, tone = labels.DELIVERIES[status]
    return {"label": label, "tone": tone}
