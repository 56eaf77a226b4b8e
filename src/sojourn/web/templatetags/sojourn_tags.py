"""Filters that write dates, numbers and names, and the components that pages are built from."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from sojourn.web import wording
from sojourn.web.labels import STAGES
from sojourn.web.roles import ROLES

register = template.Library()
register.filter("in_language", wording.in_language)
register.filter("day", wording.day)
register.filter("month", wording.month)
register.filter("last_day", wording.last_day)
register.filter("period", wording.period)
register.filter("number", wording.number)
register.filter("percent", wording.percent)

Words = str | Promise
Context = dict[str, Any]


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing of this name (templates/icons), set in the line and silent to a screen reader."""
    return mark_safe(get_template(f"icons/{name}.svg").render())  # noqa: S308 - a file of our own


@register.filter
def moment(at: dt.datetime) -> str:
    """A moment to the minute, in universal time: the order of freeze and seed must not depend on zones."""
    universal = at.astimezone(dt.UTC)
    return f"{wording.day(universal.date())} {universal:%H:%M} UTC"


@register.inclusion_tag("components/stat.html")
def stat(label: Words, value: object, hint: Words = "", icon_name: str = "", href: str = "") -> Context:
    """A number that matters, what it counts, and what it means."""
    shown = wording.number(value) if isinstance(value, int) else value
    return {"label": label, "value": shown, "hint": hint, "icon_name": icon_name, "href": href}


@register.inclusion_tag("components/stat.html")
def count_stat(label: Words, value: int | None, icon_name: str = "") -> Context:
    """A count; where it is None it is hidden because it is small."""
    hint = _("hidden: a small count") if value is None else ""
    shown = "✱" if value is None else wording.number(value)
    return {"label": label, "value": shown, "hint": hint, "icon_name": icon_name, "href": ""}


@register.inclusion_tag("components/empty.html")
def empty(icon_name: str, sentence: Words, *, next_step: Words = "", href: str = "") -> Context:
    """What stands where a list has no row yet: a sentence, and the next step."""
    return {"icon_name": icon_name, "sentence": sentence, "next_step": next_step, "href": href}


@register.inclusion_tag("components/progress.html")
def progress(value: int | None, total: int, label: Words) -> Context:
    """How far: a bar that is full at `total`, with both numbers in words; no bar without a number."""
    return {"value": min(value or 0, total), "reached": value, "total": total, "label": label}


@register.inclusion_tag("components/badge.html")
def badge(label: Words, tone: str = "neutral") -> Context:
    """A state in a word. Tones: neutral, good, waiting, bad, info."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("components/badge.html")
def stage(code: str) -> Context:
    """The badge of a stage or state by its stable code (labels.STAGES)."""
    label, tone = STAGES.get(code, (code, "neutral"))
    return {"label": label, "tone": tone}


@register.inclusion_tag("components/steps.html")
def steps(names: Sequence[Words], current: int) -> Context:
    """Steps of a path; those before number `current` (from 1) are done."""
    return {"steps": list(enumerate(names, start=1)), "current": current}


@register.inclusion_tag("components/steps.html")
def call_steps(current: int) -> Context:
    """The path of a call, from its draft to its offers."""
    names = [_("Draft"), _("Applications"), _("Freeze"), _("Draw"), _("Offers")]
    return {"steps": list(enumerate(names, start=1)), "current": current}


@register.inclusion_tag("components/facts.html")
def facts(pairs: Mapping[Words, object]) -> Context:
    """Names and values, one under the other."""
    return {"pairs": pairs}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> Context:
    """A form field with its label, help and error, each tied to the input for a screen reader."""
    widget = bound.field.widget
    is_check = isinstance(widget, forms.CheckboxInput)
    is_many = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    if is_check:
        style = "form-check-input"
    elif isinstance(widget, forms.Select) and not is_many:
        style = "form-select"
    else:
        style = "form-control"
    if bound.errors:
        style += " is-invalid"
    return {
        "field": bound,
        "is_check": is_check,
        "is_many": is_many,
        "is_hidden": bound.is_hidden,
        "widget": "" if is_many else bound.as_widget(attrs={"class": style}),
    }


@register.inclusion_tag("components/form.html")
def form_fields(form: forms.BaseForm) -> Context:
    """All fields of a form, after what is wrong with the form as a whole."""
    return {"form": form}


@register.inclusion_tag("components/passkey.html")
def passkey(ceremony: str, **ids: str) -> Context:
    """The start of a passkey ceremony (static/sojourn/passkeys.js) with the ids of what it works on."""
    return {"ceremony": ceremony, "ids": json.dumps(ids)}


@register.filter
def role_name(code: str) -> Words:
    """A role by its name."""
    return ROLES[code].label


@register.simple_block_tag
def how_computed(content: str, summary: Words = "") -> SafeString:
    """A closed disclosure around an explanation of how something was computed."""
    page = get_template("components/how_computed.html")
    return mark_safe(page.render({"content": content, "summary": summary}))  # noqa: S308 - rendered, escaped


@register.inclusion_tag("components/chart.html")
def chart(kind: str, data: Mapping[str, object], label: Words) -> Context:
    """A chart (static/sojourn/charts.js: progress, months, hexmap) over numbers that a table also shows."""
    return {"kind": kind, "data": data, "label": label, "source": f"chart-{kind}"}
