"""Tags of the import pages: addresses in the audience's own folder, the path of an import, its state."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from sojourn.records.refusal import Words
from sojourn.sheets.models import Import
from sojourn.web.imports.pages import STATES

register = template.Library()
Status = Import.Status
STEPS = [_("Send a file"), _("Columns"), _("Check"), _("Import")]
PLACES = {Status.STAGED: 2, Status.CHECKING: 3, Status.CHECKED: 4, Status.WRITING: 4}


@register.simple_tag
def space_url(space: str, name: str, *arguments: Any) -> str:
    """The address of a page in the folder of the audience that the request is in."""
    return reverse(f"{space}:{name}", args=arguments)


@register.inclusion_tag("components/steps.html")
def import_steps(current: int) -> dict[str, Any]:
    """The path of an import, from the file to its rows."""
    return {"steps": list(enumerate(STEPS, start=1)), "current": current}


@register.inclusion_tag("components/steps.html")
def import_steps_of(status: str) -> dict[str, Any]:
    """The path, with the step that an import in this state has reached."""
    return {"steps": list(enumerate(STEPS, start=1)), "current": PLACES.get(Status(status), len(STEPS) + 1)}


@register.inclusion_tag("components/badge.html")
def import_state(status: str) -> dict[str, Any]:
    """The state of an import as a badge."""
    label, tone = STATES[status]
    return {"label": label, "tone": tone}


@register.inclusion_tag("imports/field.html")
def labelled(bound: BoundField, label: str = "") -> dict[str, Any]:
    """One field of a mapping row with its small label and what is wrong with it."""
    has_choices = hasattr(bound.field, "choices")
    style = "form-select" if has_choices else "form-control"
    if bound.errors:
        style += " is-invalid"
    return {
        "field": bound,
        "label": translated("Column of the file") if label else bound.label,
        "widget": bound.as_widget(attrs={"class": style}),
    }


@register.filter
def title_of(titles: Mapping[str, Words], name: str) -> Words:
    """The title of a declared column; nothing for the row as a whole."""
    return titles.get(name, "")
