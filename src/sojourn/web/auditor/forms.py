"""What an auditor can ask the trail for: a kind of act, a period, and where the page goes on."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.web.verbs import VERBS

DAY = dt.timedelta(days=1)
LARGEST = 2**63 - 1


class TrailForm(forms.Form):
    """The filters; no other name in the address changes anything."""

    verb = forms.ChoiceField(label=_("Act"), required=False)
    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    before = forms.IntegerField(min_value=1, max_value=LARGEST, required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["verb"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        told = sorted(((verb, str(words)) for verb, words in VERBS.items()), key=lambda row: row[1])
        field.choices = [("", _("Every act")), *told]

    def question(self) -> dict[str, Any]:
        """What `acts` takes; both days of the period are included, in universal time."""
        said = self.cleaned_data
        last = min(said["last"], dt.date.max - DAY) if said["last"] else None
        return {
            "verb": said["verb"],
            "first": _midnight(said["first"]) if said["first"] else None,
            "end": _midnight(last + DAY) if last else None,
            "before": said["before"],
        }


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
