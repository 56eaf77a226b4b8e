"""Forms for a call and its openings. People name last days; the system holds the day after."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.participation.actions.calls import CallValues, OpeningValues
from sojourn.participation.models import Call
from sojourn.plan.models import Component
from sojourn.registry.models import Organisation
from sojourn.web.wording import in_language

DAY = dt.timedelta(days=1)
RESERVES = 3
TAKEN = _("This code is taken. Choose another one.")


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CodeField(forms.SlugField):
    """A short code of small letters, digits and hyphens, which stands in addresses."""

    def __init__(self, **arguments: Any) -> None:
        help_text = _("Small letters, digits and hyphens; it stands in the page’s address and never changes.")
        super().__init__(max_length=40, label=_("Code"), help_text=help_text, **arguments)

    def clean(self, value: Any) -> str:
        """The code in small letters."""
        return str(super().clean(value)).lower()


class CallForm(forms.Form):
    """A new call."""

    code = CodeField()
    component = forms.ChoiceField(label=_("Component"))
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=120)
    summary_en = forms.CharField(
        label=_("Summary in English"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_zh = forms.CharField(
        label=_("Summary in Chinese"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    opens_on = forms.DateField(label=_("First day to apply"), widget=DayInput)
    closes_on = forms.DateField(label=_("Last day to apply"), widget=DayInput)
    minimum_age = forms.IntegerField(label=_("Youngest age"), min_value=0, max_value=120)
    maximum_age = forms.IntegerField(label=_("Oldest age"), min_value=0, max_value=120)
    maximum_choices = forms.IntegerField(
        label=_("Openings that one may rank, at most"), min_value=1, max_value=50, initial=5
    )
    maximum_group = forms.IntegerField(
        label=_("People in one group, at most"), min_value=1, max_value=60, initial=1
    )
    answer_days = forms.IntegerField(
        label=_("Days to answer an offer"), min_value=1, max_value=60, initial=14
    )

    def __init__(self, *arguments: Any, components: Iterable[Component], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.components = {component.code: component for component in components}
        self.fields["component"].choices = [  # type: ignore[attr-defined]  # a choice field, see above
            (code, f"{code} {in_language(component.titles)}") for code, component in self.components.items()
        ]

    def clean_component(self) -> Component:
        """The component chosen."""
        return self.components[self.cleaned_data["component"]]

    def clean_code(self) -> str:
        """A code that no other call has."""
        code = str(self.cleaned_data["code"])
        if Call.objects.filter(code=code).exists():
            raise forms.ValidationError(TAKEN)
        return code

    def values(self) -> CallValues:
        """What the action takes."""
        data = self.cleaned_data
        return CallValues(
            titles={"en": data["title_en"], "zh": data["title_zh"]},
            summaries={"en": data["summary_en"], "zh": data["summary_zh"]},
            opens_on=data["opens_on"],
            closes_on=data["closes_on"] + DAY,
            minimum_age=data["minimum_age"],
            maximum_age=data["maximum_age"],
            maximum_choices=data["maximum_choices"],
            maximum_group=data["maximum_group"],
            answer_days=data["answer_days"],
        )


class OpeningForm(forms.Form):
    """One more thing to apply for, with up to three reserves for regions."""

    code = CodeField()
    host = forms.CharField(
        label=_("Code of the host"),
        max_length=40,
        help_text=_("The code of the school, university or office that receives the guests."),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=120)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    seats = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000)

    def __init__(self, *arguments: Any, call: Call, regions: Iterable[Organisation], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.call = call
        self.regions = {region.code: region for region in regions}
        choices = [("", "–"), *((code, in_language(row.names)) for code, row in self.regions.items())]
        for number in range(1, RESERVES + 1):
            self.fields[f"region_{number}"] = forms.ChoiceField(
                label=_("Places kept for the region"), choices=choices, required=False
            )
            self.fields[f"kept_{number}"] = forms.IntegerField(
                label=_("How many"), min_value=1, max_value=100_000, required=False
            )

    def clean_code(self) -> str:
        """A code that no other opening of the call has."""
        code = str(self.cleaned_data["code"])
        if self.call.openings.filter(code=code).exists():
            raise forms.ValidationError(TAKEN)
        return code

    def clean_host(self) -> Organisation:
        """The organisation with the code typed in."""
        host = Organisation.objects.filter(code=self.cleaned_data["host"].strip()).first()
        if host is None:
            raise forms.ValidationError(
                _("No organisation has this code. Look it up in the list of institutions.")
            )
        return host

    def clean(self) -> dict[str, Any]:
        """Each reserve names its region and its number, and no region twice."""
        data = super().clean() or self.cleaned_data
        named: set[str] = set()
        for number in range(1, RESERVES + 1):
            region, kept = data.get(f"region_{number}"), data.get(f"kept_{number}")
            if region and kept is None and f"kept_{number}" not in self.errors:
                self.add_error(f"kept_{number}", _("Say how many places are kept for this region."))
            if kept is not None and not region:
                self.add_error(f"region_{number}", _("Say for which region these places are kept."))
            if region and region in named:
                self.add_error(
                    f"region_{number}", _("This region stands here twice. Add its places together.")
                )
            named.add(region or "")
        return data

    def values(self) -> OpeningValues:
        """What the action takes."""
        data = self.cleaned_data
        return OpeningValues(
            code=data["code"],
            host=data["host"],
            titles={"en": data["title_en"], "zh": data["title_zh"]},
            starts_on=data["starts_on"],
            ends_on=data["ends_on"] + DAY,
            seats=data["seats"],
            reserves=[
                (self.regions[data[f"region_{number}"]], data[f"kept_{number}"])
                for number in range(1, RESERVES + 1)
                if data[f"region_{number}"]
            ],
        )
