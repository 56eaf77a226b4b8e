"""Forms of safeguarding leads."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Opening
from sojourn.web.incident_words import OUTCOMES, PURPOSES
from sojourn.web.wording import in_language


class InvolvedForm(forms.Form):
    """Whom the incident concerns."""

    accounts = forms.MultipleChoiceField(
        label=_("Whom does it concern?"),
        help_text=_(
            "From then on they cannot see that there is such an incident. Tick yourself to step aside."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *arguments: Any, known: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["accounts"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(account), name) for account, name in known]


class OutcomeForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )


class EmergencyForm(forms.Form):
    """About whom, in which activity, what for. There is no list of people to choose from."""

    opening = forms.ChoiceField(label=_("Activity"))
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=80,
        help_text=_("Exactly as it stands on the roster: there is no search for people."),
    )
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    purpose = forms.ChoiceField(label=_("What for"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, openings: Sequence[Opening], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._openings = {str(opening.pk): opening for opening in openings}
        field = self.fields["opening"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            (key, f"{in_language(opening.titles)} ({in_language(opening.host.names)})")
            for key, opening in self._openings.items()
        ]

    def activity(self) -> Opening:
        """The activity that was chosen."""
        return self._openings[self.cleaned_data["opening"]]
