"""What people say yes to: for each purpose a folder, in it one file for each version of the text.

A file is named after the first day on which it is in force; it is never edited afterwards, for a consent
row names it and keeps the hash of the very words. A changed text is a new file, and lapses every yes that
was said to the file before it. The first version is in force for all the time before it, too. No text names
the component: the page that shows it does, so the words are the same for everybody.
"""

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sojourn.records.refusal import refuse
from sojourn.registry.models import Consent

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{1,8}){0,3}")


class Wording(StrEnum):
    """For whom a text is written."""

    OWN = "own"  # an adult about themselves
    GUARDIAN = "guardian"  # an adult about a child
    CHILD = "child"  # ages 8 to 17, readable at 8


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a purpose in every wording and language, in force from `since` until the next one."""

    code: str
    since: dt.date
    texts: Mapping[Wording, Mapping[str, str]]


def read_versions(folder: Path) -> tuple[Version, ...]:
    """The versions of one purpose, the oldest first.

    Raises:
        ValueError, KeyError: A file's name is no day, or a wording or a language is missing.
    """
    found = []
    for file in sorted(folder.glob("*.toml")):
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        texts = {wording: {tag: raw[wording][tag] for tag in LANGUAGES} for wording in Wording}
        found.append(Version(file.stem, dt.date.fromisoformat(file.stem), texts))
    return tuple(found)


VERSIONS: dict[str, tuple[Version, ...]] = {
    purpose: read_versions(FOLDER / purpose) for purpose in Consent.Purpose.values
}


def version_on(purpose: str, on: dt.date) -> Version:
    """The version in force on the day."""
    versions = VERSIONS[purpose]
    return next((version for version in reversed(versions) if version.since <= on), versions[0])


def lapses_on(purpose: str, code: str) -> dt.date | None:
    """The day on which the version is replaced by the next one; None for the newest."""
    codes = [version.code for version in VERSIONS[purpose]]
    following = codes.index(code) + 1
    return VERSIONS[purpose][following].since if following < len(codes) else None


def wording_for(kind: str, *, is_own: bool) -> Wording:
    """Which wording is read by whoever gives this kind of yes."""
    if kind == Consent.Kind.ASSENT:
        return Wording.CHILD
    return Wording.OWN if is_own else Wording.GUARDIAN


def agreed_text(consent: Consent) -> str:
    """The exact words that were agreed to, whenever that was.

    Raises:
        ValueError: The words of that version are not those whose hash the row keeps.
    """
    version = next(row for row in VERSIONS[consent.purpose] if row.code == consent.text_version)
    wording = wording_for(consent.kind, is_own=consent.given_by_id == consent.person_id)
    words = version.texts[wording][consent.language]
    if text_sha256(words) != consent.text_sha256:
        raise ValueError(
            f"the text of {consent.purpose} {consent.text_version} was changed after it was agreed to"
        )
    return words


def text_sha256(words: str) -> str:
    """The hash that a consent row keeps of the words that were shown."""
    return hashlib.sha256(words.encode()).hexdigest()


def text_language(tag: str) -> str:
    """The language of our texts that a language tag asks for: `zh-hans`, `zh_CN` and `zh` are one.

    Refuses a tag that is none, and a language in which there is no text to agree to.
    """
    match = _TAG.fullmatch(tag)
    language = match[1].lower() if match else ""
    if language not in LANGUAGES:
        raise refuse(
            "consent.language",
            _("There is no text in this language to agree to. Read it in English or in Chinese."),
        )
    return language
