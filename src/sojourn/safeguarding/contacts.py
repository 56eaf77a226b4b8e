"""Whom to call outside of the programme when a child is in danger: statutory contacts, as data."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

SHIPPED = Path(__file__).with_name("statutory_contacts.toml")
COLUMNS = frozenset({"country", "kind", "number", "names", "source", "checked_on"})
NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,18}")


class ContactsError(ValueError):
    """The site's own file cannot be used; the message says where and what to do."""


class Kind(StrEnum):
    """For whom a number is."""

    EMERGENCY = "emergency"
    CHILD = "child"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Contact:
    """One number, who answers it, where it was found and when somebody last compared."""

    country: str
    kind: Kind
    number: str
    names: Mapping[str, str]
    source: str
    checked_on: dt.date

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return self.number.replace(" ", "")


def statutory_contacts() -> tuple[Contact, ...]:
    """The contacts of this site, in the order of its file; the shipped ones unless the site names its own."""
    return read_contacts(Path(settings.CONTACTS_FILE) if settings.CONTACTS_FILE else SHIPPED)


@lru_cache(maxsize=4)
def read_contacts(file: Path) -> tuple[Contact, ...]:
    """The contacts of a file.

    Raises:
        ContactsError: It is missing, is not TOML, or an entry lacks something.
    """
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("contact", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContactsError(f"{file.name} cannot be read as TOML: {error}") from error
    if not entries:
        raise ContactsError(
            f"{file.name} names no contact: add a [[contact]] with {', '.join(sorted(COLUMNS))}"
        )
    return tuple(_contact(file, place, entry) for place, entry in enumerate(entries, 1))


def _contact(file: Path, place: int, entry: Mapping[str, Any]) -> Contact:
    where = f"{file.name}, contact {place}"
    if set(entry) != COLUMNS:
        raise ContactsError(f"{where}: give exactly {', '.join(sorted(COLUMNS))}")
    if entry["kind"] not in set(Kind):
        raise ContactsError(f"{where}: kind is one of {', '.join(Kind)}")
    if not NUMBER.fullmatch(str(entry["number"])):
        raise ContactsError(f"{where}: number is digits and blanks, such as 0800 1111")
    if not (isinstance(entry["names"], dict) and entry["names"].keys() == {"en", "zh"}):
        raise ContactsError(f"{where}: names has en and zh")
    if not isinstance(entry["checked_on"], dt.date):
        raise ContactsError(f"{where}: checked_on is a day such as 2026-11-02, without quotation marks")
    return Contact(**{**entry, "kind": Kind(entry["kind"])})
