"""Components of the pages about one's own taking part."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from sojourn.participation.queries.applicants import State
from sojourn.web.labels import Label

register = template.Library()

STATES: dict[str, tuple[Label, str]] = {
    State.OPEN: (_("Handed in"), "info"),
    State.CLOSED: (_("Handed in, draw to come"), "waiting"),
    State.FROZEN: (_("In the frozen list, draw to come"), "waiting"),
    State.OFFERED: (_("A place is offered"), "good"),
    State.ACCEPTED: (_("Accepted"), "good"),
    State.WAITING: (_("On the waiting list"), "waiting"),
    State.ENDED: (_("Finished"), "neutral"),
    State.WITHDRAWN: (_("Withdrawn"), "neutral"),
}
LANGUAGES: dict[str, Label] = {"en": _("English"), "zh-hans": _("Chinese")}
VIEWS: dict[str, Label] = {
    "letter.print": _("Letter on paper"),
    "roster.read": _("Roster of an activity"),
    "emergency.read": _("Record in an emergency"),
}
PURPOSES: dict[str, Label] = {
    "take_part": _("Taking part"),
    "share_name": _("The given name for the partner group"),
    "hear_of_calls": _("Messages about new calls"),
    "keep_needs": _("Needs for the trip, such as food and medicine"),
}
YES_KINDS: dict[str, Label] = {"consent": _("Consent"), "assent": _("The child’s own yes")}


@register.inclusion_tag("components/badge.html")
def application_state(state: str) -> dict[str, Any]:
    """The badge of how far an application has come."""
    label, tone = STATES[state]
    return {"label": label, "tone": tone}


@register.inclusion_tag("components/steps.html")
def apply_steps(current: int) -> dict[str, Any]:
    """The four steps of applying."""
    names = [_("Who"), _("School"), _("Choices"), _("Review and yes")]
    return {"steps": list(enumerate(names, start=1)), "current": current}


@register.filter
def language_name(code: str) -> Label:
    """A language by the name that the page's language gives it."""
    return LANGUAGES.get(code, code)


@register.filter
def view_name(code: str) -> Label:
    """What was looked at, by the verb of the read."""
    return VIEWS.get(code, code)


@register.filter
def yes_name(kind: str) -> Label:
    """A kind of yes."""
    return YES_KINDS.get(kind, kind)


@register.filter
def purpose_name(code: str) -> Label:
    """What a yes is to."""
    return PURPOSES[code]
