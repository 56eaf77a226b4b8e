"""Forms for naming a source of randomness and, later, for typing in what it has published."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.core.draw import DiceThrows, DrandRound, LotteryDraw, NistPulse, SeedSource

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
QUICKNET_GENESIS = 1_692_803_367
QUICKNET_PERIOD = 3
NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
POOL = re.compile(r"([0-9]{1,4})\s*/\s*([0-9]{1,4})", re.ASCII)


class MomentField(forms.DateTimeField):
    """A moment to the minute, in universal time."""

    def __init__(self) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        help_text = _("In universal time (UTC), after the last day to apply.")
        super().__init__(
            label=_("Moment"), widget=widget, help_text=help_text, input_formats=["%Y-%m-%dT%H:%M"]
        )

    def clean(self, value: Any) -> int:
        """The moment as a Unix second."""
        moment = super().clean(value)
        return int(moment.replace(tzinfo=dt.UTC).timestamp())


class DrandSourceForm(forms.Form):
    """The round of drand's quicknet chain that comes out at a moment."""

    moment = MomentField()

    def source(self) -> SeedSource:
        """The first round at or after the moment."""
        after = max(0, self.cleaned_data["moment"] - QUICKNET_GENESIS)
        number = -(-after // QUICKNET_PERIOD) + 1
        return DrandRound(QUICKNET, QUICKNET_GENESIS, QUICKNET_PERIOD, number)


class NistSourceForm(forms.Form):
    """The pulse of the NIST beacon at a full minute."""

    moment = MomentField()

    def source(self) -> SeedSource:
        """The pulse of the moment."""
        return NistPulse(self.cleaned_data["moment"])


class LotterySourceForm(forms.Form):
    """A drawing of a public lottery."""

    name = forms.CharField(label=_("Name of the lottery"), max_length=80)
    moment = MomentField()
    pools = forms.CharField(
        label=_("Numbers drawn"),
        max_length=80,
        help_text=_("Pool by pool, such as 6/49 1/10: six of 49, then one of 10."),
    )

    def clean_pools(self) -> tuple[tuple[int, int], ...]:
        """Pairs (numbers drawn, of how many)."""
        words = re.split(r"[\s,;]+", self.cleaned_data["pools"].strip())
        found = [POOL.fullmatch(word) for word in words]
        if not all(found):
            raise forms.ValidationError(_("Write each pool as two numbers with a stroke, such as 6/49."))
        return tuple((int(match[1]), int(match[2])) for match in found if match)

    def source(self) -> SeedSource:
        """The drawing."""
        data = self.cleaned_data
        return LotteryDraw(data["name"], data["moment"], data["pools"])


class DiceSourceForm(forms.Form):
    """Dice thrown before two witnesses, who are named by their roles."""

    moment = MomentField()
    faces = forms.IntegerField(label=_("Faces of a die"), min_value=2, max_value=100, initial=6)
    throws = forms.IntegerField(label=_("Throws"), min_value=1, max_value=1000, initial=50)
    first_witness = forms.SlugField(
        label=_("Role of the first witness"), initial="school-head", help_text=_("A role, never a name.")
    )
    second_witness = forms.SlugField(
        label=_("Role of the second witness"), initial="parent", help_text=_("A role, never a name.")
    )

    def source(self) -> SeedSource:
        """The throws to come."""
        data = self.cleaned_data
        witnesses = (data["first_witness"], data["second_witness"])
        return DiceThrows(data["moment"], data["faces"], data["throws"], witnesses)


SOURCE_FORMS: Mapping[str, type[DrandSourceForm | NistSourceForm | LotterySourceForm | DiceSourceForm]] = {
    "drand": DrandSourceForm,
    "nist-beacon": NistSourceForm,
    "lottery": LotterySourceForm,
    "dice": DiceSourceForm,
}


class SeedValueForm(forms.Form):
    """What the named source has published, typed in or copied."""

    seed_value = forms.CharField(label=_("Published value"), max_length=8000, widget=forms.Textarea)

    HELP = {
        "drand": _("The “randomness” of the round: 64 characters 0-9 a-f."),
        "nist-beacon": _("The “outputValue” of the pulse: 128 characters 0-9 a-f."),
        "lottery": _("The numbers drawn, one line for each pool."),
        "dice": _("The throws in their order, with spaces between."),
    }

    def __init__(self, *arguments: Any, kind: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kind = kind
        self.fields["seed_value"].help_text = self.HELP[kind]

    def value(self) -> dict[str, object]:
        """The value as core/draw reads it; what does not fit the source is refused there, in words."""
        text = self.cleaned_data["seed_value"].strip()
        if self.kind == "drand":
            return {"randomness": text}
        if self.kind == "nist-beacon":
            return {"outputValue": text}
        rows = [_numbers(row) for row in text.splitlines() if row.strip()]
        return {"numbers": rows} if self.kind == "lottery" else {"throws": [n for row in rows for n in row]}


def _numbers(text: str) -> list[object]:
    """The numbers of a line; a word that is no plain number stays a word, and is refused as such."""
    words = re.split(r"[\s,;]+", text.strip())
    return [int(word) if NUMBER.fullmatch(word) else word for word in words]
