"""What is on record about oneself, and the note for a trip."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sojourn.registry.models import Person


class CorrectForm(forms.Form):
    """Names, day of birth and language."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    birth_on = forms.DateField(
        label=_("Born on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    @staticmethod
    def of(person: Person) -> dict[str, Any]:
        """What is on record now."""
        return {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "birth_on": person.birth_on,
            "language": person.language,
        }


class NeedForm(forms.Form):
    """What the leaders of a stay have to know."""

    text = forms.CharField(
        label=_("Food, medicine, anything the leaders have to know"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        strip=True,
    )
