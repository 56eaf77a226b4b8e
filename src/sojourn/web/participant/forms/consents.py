"""The yes: a grown-up's, and in words of their own the child's. Each is a tick of its own, none is set."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from sojourn.participation.queries.names import full_name
from sojourn.participation.rules.applications import Yes
from sojourn.registry.consent_texts import TEXTS
from sojourn.registry.models import Consent, Person
from sojourn.registry.rules import ADULT_FROM, without_consent, yes_needed
from sojourn.web.wording import in_language, is_chinese


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose yes is needed, by its kinds."""

    person: Person
    kinds: frozenset[str]
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one person, and for a minor the guardian, reads and ticks."""

    name: str
    is_minor: bool
    consent: BoundField | None
    consent_text: str
    assent: BoundField | None
    assent_text: str


def voices(people: Iterable[Person], component_code: str, on: dt.date) -> list[Voice]:
    """Those of the people whose yes to the component is not live on the day."""
    return [
        Voice(person, yes_needed(person, on), person.age(on) < ADULT_FROM)
        for person in without_consent(people, component_code, on)
    ]


class ConsentForm(forms.Form):
    """One tick for each yes that is missing."""

    def __init__(
        self, *arguments: Any, voices: Sequence[Voice], component: Mapping[str, str], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self._voices, self._component = voices, component
        for voice in voices:
            for kind in sorted(voice.kinds):
                self.fields[_field_name(voice, kind)] = _tick(voice, kind)

    def parts(self) -> list[Part]:
        """The texts and ticks, person by person."""
        return [
            Part(
                name=full_name(voice.person),
                is_minor=voice.is_minor,
                consent=self._bound(voice, Consent.Kind.CONSENT),
                consent_text=self._text(Consent.Kind.CONSENT),
                assent=self._bound(voice, Consent.Kind.ASSENT),
                assent_text=self._text(Consent.Kind.ASSENT),
            )
            for voice in self._voices
        ]

    def yes(self) -> list[Yes]:
        """What was ticked."""
        return [
            Yes(
                voice.person.pk,
                frozenset(kind for kind in voice.kinds if self.cleaned_data[_field_name(voice, kind)]),
            )
            for voice in self._voices
        ]

    def _bound(self, voice: Voice, kind: str) -> BoundField | None:
        return self[_field_name(voice, kind)] if kind in voice.kinds else None

    def _text(self, kind: str) -> str:
        return TEXTS[kind][text_language()] % {"component": in_language(self._component)}


def text_language() -> str:
    """The language in which the texts are read on this page, as a consent row keeps it."""
    return "zh" if is_chinese() else "en"


def _field_name(voice: Voice, kind: str) -> str:
    return f"{kind}-{voice.person.pk}"


def _tick(voice: Voice, kind: str) -> forms.BooleanField:
    if kind == Consent.Kind.ASSENT:
        return forms.BooleanField(
            label=_("Yes, I would like to"),
            error_messages={
                "required": _("The child’s own yes is missing. If the child does not want to, that decides.")
            },
        )
    return forms.BooleanField(
        label=_("I am the guardian, and I agree") if voice.is_minor else _("I agree"),
        error_messages={"required": _("Nothing happens without consent. Read and tick it.")},
    )
