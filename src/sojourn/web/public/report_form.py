"""The report in three steps as one form: what a step does not show travels along in hidden fields."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Opening
from sojourn.safeguarding.codes import as_typed
from sojourn.safeguarding.models import Incident
from sojourn.safeguarding.rules.incidents import LONGEST_NOTE, Report
from sojourn.web.incident_words import CONCERNS, KINDS
from sojourn.web.wording import in_language

STEPS: tuple[tuple[str, ...], ...] = (
    ("kind", "in_danger", "happened_on", "activity", "code"),
    ("note", "concerns", "known"),
    (),
)
"""The fields that each step shows."""
SALT = "sojourn.report.place"


class PlainText(forms.CharField):
    """Text from anywhere: characters that no database takes are left out, nothing is refused for them."""

    def to_python(self, value: Any) -> Any:
        """The text without NUL."""
        return super().to_python(str(value or "").replace("\x00", ""))


class ReportForm(forms.Form):
    """All that a report asks. `place` is the activity that a right code led to, signed by this site."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened. If nothing fits, take the last line.")},
    )
    in_danger = forms.BooleanField(label=_("Somebody is in danger now"), required=False)
    happened_on = forms.DateField(
        label=_("When?"),
        required=False,
        help_text=_("Leave it empty if you do not know."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("This is no day. Write it as 2027-07-14, or leave it empty.")},
    )
    activity = forms.ChoiceField(label=_("In which activity?"), required=False)
    code = PlainText(
        label=_("Code of the activity"),
        required=False,
        max_length=60,
        help_text=_(
            "It stands on the sheet on the wall. Without it the report goes to the coordinating office."
        ),
    )
    note = PlainText(
        label=_("What do you want to tell?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("In any language. A few words are enough. It is encrypted for the safeguarding leads."),
    )
    concerns = forms.ChoiceField(
        label=_("Does it concern one of the adults in charge?"),
        choices=list(CONCERNS.items()),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Then these adults do not get the report and cannot see that there is one."),
    )
    known = forms.BooleanField(
        label=_("The safeguarding leads may know that it was me"),
        required=False,
        help_text=_("If you do not tick this, nobody can find out who reported."),
    )
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    once = PlainText(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, own: Sequence[Opening], is_known: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._own = {str(opening.pk): opening for opening in own}
        if own:
            self._activity().choices = [
                ("", _("Another one, or I do not know")),
                *((key, _told(opening)) for key, opening in self._own.items()),
            ]
        else:
            del self.fields["activity"]
        if not is_known:
            del self.fields["known"]
        self.initial.setdefault("once", uuid.uuid4().hex)
        self.initial.setdefault("concerns", Incident.Concerns.NOT_KNOWN)

    def _activity(self) -> forms.ChoiceField:
        field = self.fields["activity"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        return field

    def shown(self, step: int) -> list[BoundField]:
        """What step number `step`, from 1, asks."""
        return [self[name] for name in STEPS[step - 1] if name in self.fields]

    def carried(self, step: int) -> list[BoundField]:
        """What travels along unseen while step `step` is shown."""
        asked = {bound.name for bound in self.shown(step)}
        return [bound for bound in self if bound.name not in asked]

    def faulty_step(self, until: int) -> int | None:
        """The first step up to `until` in which something is wrong."""
        return next((step for step in range(1, until + 1) if set(STEPS[step - 1]) & set(self.errors)), None)

    def clean_concerns(self) -> str:
        """Silence is “I do not know”."""
        return self.cleaned_data["concerns"] or Incident.Concerns.NOT_KNOWN

    def opening(self) -> Opening | None:
        """The activity that was chosen, or to which the code led."""
        chosen = self._own.get(self.cleaned_data.get("activity", ""))
        if chosen is not None:
            return chosen
        number = place_of(self.cleaned_data.get("place", ""), self.cleaned_data.get("code", ""))
        return Opening.objects.select_related("host").filter(pk=number).first() if number else None

    def report(self) -> Report:
        """The report as the action takes it."""
        told = self.cleaned_data
        return Report(
            kind=told["kind"],
            in_danger=told["in_danger"],
            concerns=told["concerns"],
            opening=self.opening(),
            happened_on=told["happened_on"],
            note=told["note"],
        )

    def fingerprint(self) -> str:
        """Everything that was sent: the same form with the same words is the same report."""
        return signing.dumps([f"{name}={self.cleaned_data[name]}" for name in sorted(self.cleaned_data)])

    @property
    def lines(self) -> Iterable[tuple[Any, str]]:
        """What is about to be sent, line by line, for a last look."""
        told = self.cleaned_data
        place = self.opening()
        return [
            (self.fields["kind"].label, KINDS[told["kind"]]),
            (self.fields["in_danger"].label, _("Yes") if told["in_danger"] else _("No")),
            (_("When?"), told["happened_on"]),
            (_("In which activity?"), _told(place) if place else _("Not said")),
            (_("What do you want to tell?"), told["note"] or _("Nothing more")),
            (self.fields["concerns"].label, CONCERNS[told["concerns"]]),
        ]


def signed_place(opening: Opening, code: str) -> str:
    """The proof that this code led to this activity, to travel along in the form."""
    return signing.dumps([as_typed(code), opening.pk], salt=SALT)


def place_of(place: str, code: str) -> int | None:
    """The activity behind a proof; None when it is none, or the code was changed since."""
    try:
        typed, number = signing.loads(place, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(number) if typed == as_typed(code) else None


def _told(opening: Opening) -> str:
    return f"{in_language(opening.titles)} ({in_language(opening.host.names)})"
