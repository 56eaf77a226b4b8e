"""Components of the pages that keep children safe."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sojourn.safeguarding.contacts import Contact, statutory_contacts
from sojourn.safeguarding.queries.emergency import notices_for
from sojourn.safeguarding.queries.vetting import Standing, Validity
from sojourn.web import incident_words as words
from sojourn.web.adults import KINDS
from sojourn.web.labels import Label
from sojourn.web.roles import ROLES

register = template.Library()
STANDINGS: dict[Standing, tuple[Label, str]] = {
    Standing.VALID: (_("Valid"), "good"),
    Standing.ENDING: (_("Ends soon"), "waiting"),
    Standing.NONE: (_("Missing"), "bad"),
}
ELSEWHERE = {
    "en": "https://www.bbc.co.uk/weather",
    "zh-hans": "https://www.weather.com.cn/",
}
"""Where somebody lands who has to leave the page at once: a page about the weather."""


@register.inclusion_tag("components/help_lines.html")
def help_lines() -> dict[str, Any]:
    """Whom to call outside of the programme, by country."""
    countries: dict[str, list[tuple[Label, Contact]]] = {}
    for contact in statutory_contacts():
        lines = countries.setdefault(contact.country, [])
        lines.append((words.FOR_WHOM[contact.kind], contact))
    return {"countries": [(words.COUNTRIES.get(code, code), lines) for code, lines in countries.items()]}


@register.simple_tag
def help_numbers() -> list[tuple[Label, Label, Contact]]:
    """The same, one line each, for the sheet on the wall."""
    return [
        (words.COUNTRIES.get(contact.country, contact.country), words.FOR_WHOM[contact.kind], contact)
        for contact in statutory_contacts()
    ]


@register.simple_tag
def elsewhere() -> str:
    """The address behind the quick exit."""
    return ELSEWHERE.get(get_language() or "en", ELSEWHERE["en"])


@register.inclusion_tag("components/emergency_notices.html")
def emergency_notices(person_id: int) -> dict[str, Any]:
    """Every emergency access that was opened to the record of somebody, for their own page."""
    return {"notices": notices_for([person_id])[person_id]}


@register.inclusion_tag("components/badge.html")
def incident_state(status: str) -> dict[str, Any]:
    """The badge of how far an incident is handled."""
    label, tone = words.STATES[status]
    return {"label": label, "tone": tone}


@register.inclusion_tag("components/badge.html")
def access_state(status: str) -> dict[str, Any]:
    """The badge of an emergency access."""
    label, tone = words.ACCESS_STATES[status]
    return {"label": label, "tone": tone}


@register.filter
def incident_kind(code: str) -> Label:
    """What happened."""
    return words.KINDS[code]


@register.filter
def incident_concerns(code: str) -> Label:
    """Whom it concerns, as the reporter said."""
    return words.CONCERNS[code]


@register.filter
def incident_outcome(code: str) -> Label:
    """How it ended."""
    return words.OUTCOMES.get(code, "")


@register.filter
def incident_event(code: str) -> Label:
    """A step of the trail."""
    return words.EVENTS[code]


@register.filter
def recipient_reason(code: str) -> Label:
    """Why it came to an organisation."""
    return words.REASONS[code]


@register.filter
def access_purpose(code: str) -> Label:
    """What an emergency access is for."""
    return words.PURPOSES[code]


@register.filter
def vetting_kind(code: str) -> Label:
    """A kind of record about an adult."""
    return KINDS[code]


@register.filter
def role_name(code: str) -> Label:
    """What a post is called."""
    return ROLES[code].label


@register.inclusion_tag("safeguarding/validity.html")
def validity(found: Validity) -> dict[str, Any]:
    """How a check or a training stands, and to which day."""
    label, tone = STANDINGS[found.standing]
    return {"label": label, "tone": tone, "ends_on": found.ends_on}
