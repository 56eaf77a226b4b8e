"""A message in words: title, sentence and address, in the language that is active."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sojourn.contact.kinds import KINDS
from sojourn.contact.models import Message, Preference

DAYS = frozenset({"until", "starts"})


@dataclass(frozen=True, slots=True)
class Told:
    """One message as it is read; `path` is the page that it leads to."""

    title: str
    sentence: str
    path: str
    made_on: dt.date


def told(message: Message) -> Told:
    """The words of a message in the language that is active."""
    kind = KINDS[message.kind]
    about = {
        name: date_format(dt.date.fromisoformat(str(value)), _("j F Y")) if name in DAYS else str(value)
        for name, value in message.about.items()
    }
    return Told(
        str(kind.title), str(kind.sentence).format(**about), kind.path.format(**about), message.made_on
    )


def language_of(preference: Preference) -> str:
    """The language to write to an account in: the chosen one, else the person's, else the site's."""
    person = preference.account.person
    wanted = preference.language or (person.language if person else "")
    known = {code for code, _name in settings.LANGUAGES}
    if wanted == "zh":
        wanted = "zh-hans"
    return wanted if wanted in known else settings.LANGUAGE_CODE
