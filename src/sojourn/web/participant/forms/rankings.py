"""Ranked choices: one list to choose from per rank, which works without JavaScript."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Call, Opening
from sojourn.participation.rules.applications import must_be_eligible, must_be_sound_choices
from sojourn.registry.models import Organisation, Person
from sojourn.web.forms import refusals_shown_in
from sojourn.web.wording import in_language, period


class RankedSelects(forms.SelectMultiple):
    """As many lists as one may rank openings, all with one name; those left open are passed over."""

    template_name = "participant/widgets/ranked_selects.html"
    ranks = 1

    def id_for_label(self, id_: str, _index: str | None = None) -> str:
        """The id of the first list."""
        return f"{id_}_1"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The lists with what is chosen in each."""
        context = super().get_context(name, value, attrs)
        chosen = [str(entry) for entry in value or ()]
        rows = [(rank, chosen[rank - 1] if rank <= len(chosen) else "") for rank in range(1, self.ranks + 1)]
        return context | {"rows": rows, "options": list(self.choices)}


class RankedField(forms.MultipleChoiceField):
    """Openings by their code, best first."""

    widget = RankedSelects

    def to_python(self, value: Any) -> list[str]:
        """The codes without the lists that were left open."""
        return [code for code in super().to_python(value) if code]


class RankingForm(forms.Form):
    """What one applies for, best first."""

    choices = RankedField(
        label=_("Your choices, best first"),
        help_text=_(
            "Name only what you would really take. The draw gives you the best of them that still has room."
        ),
        error_messages={"required": _("Choose at least one opening.")},
    )

    def __init__(
        self,
        *arguments: Any,
        call: Call,
        openings: Iterable[Opening],
        people: Sequence[Person],
        sending: Organisation,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self._call, self._people, self._sending = call, people, sending
        self._openings = {opening.code: opening for opening in openings}
        field = self.fields["choices"]
        assert isinstance(field, RankedField)  # noqa: S101 - declared above
        field.choices = [(code, _words(opening)) for code, opening in self._openings.items()]
        field.widget.ranks = min(call.maximum_choices, len(self._openings))

    def clean_choices(self) -> list[Opening]:
        """The openings best first, as the call's published rules allow them."""
        chosen = [self._openings[code] for code in self.cleaned_data["choices"]]
        with refusals_shown_in(self):
            must_be_sound_choices(self._call, chosen)
            must_be_eligible(self._call, self._people, self._sending, chosen)
        return chosen


def _words(opening: Opening) -> str:
    return f"{in_language(opening.titles)} · {period(opening.starts_on, opening.ends_on)}"
