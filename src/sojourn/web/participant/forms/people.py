"""Who applies, and through which school or office."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Call, Group
from sojourn.participation.queries.applicants import find_senders, group_with, sender_with
from sojourn.participation.queries.names import full_name
from sojourn.participation.rules.applications import must_apply_once
from sojourn.registry.models import Organisation, Person
from sojourn.web.forms import refusals_shown_in
from sojourn.web.wording import in_language


class WhoForm(forms.Form):
    """The people of one application: oneself, or minors in one's care; several stay together."""

    people = forms.MultipleChoiceField(
        label=_("Who applies?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )
    as_group = forms.BooleanField(
        label=_("Friends may join us with a code"),
        help_text=_(
            "You get a code to pass on. Whoever joins shares your ticket and your choices: all of you get "
            "places together, or none."
        ),
        required=False,
    )

    def __init__(self, *arguments: Any, call: Call, people: Sequence[Person], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._call = call
        self._people = {str(person.pk): person for person in people}
        self._choices("people").choices = [(key, full_name(row)) for key, row in self._people.items()]
        if call.maximum_group > 1:
            self.fields["people"].help_text = _("Several who are ticked stay together on one ticket.")
        else:
            del self.fields["as_group"]

    def _choices(self, name: str) -> forms.MultipleChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        return field

    def clean_people(self) -> list[Person]:
        """The people who were ticked, each without an application to this call."""
        chosen = [self._people[key] for key in self.cleaned_data["people"]]
        with refusals_shown_in(self):
            must_apply_once(self._call, chosen)
        return chosen


class SenderForm(forms.Form):
    """A plain search for the school or office; it looks for organisations, never for people."""

    q = forms.CharField(
        label=_("Name or town of the school, university or office"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    sending = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean_sending(self) -> Organisation:
        """The organisation that was picked."""
        code = self.cleaned_data["sending"]
        organisation = sender_with(code) if code else None
        if organisation is None:
            raise forms.ValidationError(_("Choose the school or office through which you apply."))
        return organisation

    def found(self) -> list[tuple[str, str, str]]:
        """Code, name and place of the organisations that the words find."""
        words = str(self.data.get("q", ""))[:80] if self.is_bound else ""
        return [
            (row.code, in_language(row.names), " · ".join(filter(None, [row.town, in_language(row.region)])))
            for row in find_senders(words)
        ]


class GroupForm(forms.Form):
    """The code of a group, and who joins it."""

    code = forms.CharField(
        label=_("Code of the group"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    person = forms.ChoiceField(
        label=_("Who joins?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who joins.")},
    )

    def __init__(self, *arguments: Any, people: Sequence[Person], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._people = {str(person.pk): person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(key, full_name(row)) for key, row in self._people.items()]

    def clean_code(self) -> Group:
        """The group that has this code."""
        group = group_with(self.cleaned_data["code"])
        if group is None:
            raise forms.ValidationError(
                _("No group has this code. Ask for it again: it has 8 letters and digits.")
            )
        return group

    def clean_person(self) -> Person:
        """The person who joins."""
        return self._people[self.cleaned_data["person"]]
