"""The yes: a grown-up's, and in words of their own the child's. Each is a tick of its own, none is set."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from sojourn.participation.queries.names import full_name
from sojourn.participation.rules.applications import Yes, can_say
from sojourn.records.actor import Actor
from sojourn.registry.consent_texts import Wording, version_on, wording_for
from sojourn.registry.consents import TAKE_PART, Voice, voices_missing
from sojourn.registry.models import Consent, Person
from sojourn.registry.rules import ADULT_FROM
from sojourn.web.wording import is_chinese


@dataclass(frozen=True, slots=True)
class Tick:
    """One text to read, and the tick below it."""

    text: str
    field: BoundField
    is_child: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What is read and ticked about one person here; `others` when somebody else’s yes is missing too."""

    name: str
    ticks: tuple[Tick, ...]
    others: bool


class ConsentForm(forms.Form):
    """One tick for each yes that is missing and that the reader can say.

    With `all_of_them` nothing goes on without every tick; else one is enough.
    """

    def __init__(
        self,
        *arguments: Any,
        by: Actor,
        people: Sequence[Person],
        component_code: str,
        on: dt.date,
        purpose: str = TAKE_PART,
        all_of_them: bool = True,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self._by, self._people, self._on, self._purpose = by, people, on, purpose
        self._all_of_them = all_of_them
        self._missing = voices_missing(people, component_code, on, purpose)
        self._voices = [voice for voice in self._missing if can_say(by, voice)]
        for voice in self._voices:
            self.fields[_field_name(voice)] = self._tick(voice)

    def parts(self) -> list[Part]:
        """The texts and ticks, person by person."""
        return [
            Part(
                name=full_name(person),
                ticks=tuple(self._shown(voice) for voice in self._voices if voice.person_id == person.pk),
                others=any(
                    voice.person_id == person.pk and voice not in self._voices for voice in self._missing
                ),
            )
            for person in self._people
            if any(voice.person_id == person.pk for voice in self._missing)
        ]

    def clean(self) -> dict[str, Any]:
        """At least one tick."""
        cleaned = super().clean() or {}
        if self._voices and not self._all_of_them and not any(cleaned.values()):
            raise forms.ValidationError(
                _("Nothing is ticked, so nothing is saved. Tick what you agree to, or go back.")
            )
        return cleaned

    def yes(self) -> list[Yes]:
        """What was ticked."""
        said: dict[int, set[str]] = {}
        for voice in self._voices:
            if self.cleaned_data[_field_name(voice)]:
                said.setdefault(voice.person_id, set()).add(voice.kind)
        return [Yes(person_id, frozenset(kinds)) for person_id, kinds in said.items()]

    def _shown(self, voice: Voice) -> Tick:
        is_own = voice.giver_id == voice.person_id
        wording = wording_for(voice.kind, is_own=is_own)
        text = version_on(self._purpose, self._on).texts[wording][text_language()]
        return Tick(text, self[_field_name(voice)], wording is Wording.CHILD)

    def _tick(self, voice: Voice) -> forms.BooleanField:
        if voice.kind == Consent.Kind.ASSENT:
            return forms.BooleanField(
                label=_("Yes, I would like that"),
                required=self._all_of_them,
                error_messages={
                    "required": _(
                        "The child’s own yes is missing. If the child does not want to, that decides."
                    )
                },
            )
        minor = next(one for one in self._people if one.pk == voice.person_id).age(self._on) < ADULT_FROM
        return forms.BooleanField(
            label=_("I am the guardian, and I agree") if minor else _("I agree"),
            required=self._all_of_them,
            error_messages={"required": _("Nothing happens without consent. Read and tick it.")},
        )


def text_language() -> str:
    """The language in which the texts are read on this page, as a consent row keeps it."""
    return "zh" if is_chinese() else "en"


def _field_name(voice: Voice) -> str:
    return f"{voice.kind}-{voice.person_id}"
