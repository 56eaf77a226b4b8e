"""A text column that only the site's keys can read: never filtered, sorted by value, indexed or unique.

Each column has a key of its own, derived from a key of the site and from the names of table and column.
A ciphertext that is copied into another column therefore does not open there. It is not bound to its row,
for a row has no number before it is stored: keep writing to the database itself for the site alone. Whoever
renames such a table or column has to write its values anew.

The first key of SOJOURN_FIELD_KEYS encrypts; all of them decrypt, so that keys can be changed on a running
site: put a new one in front, run `sojourn keys rotate`, then take the old one away.
"""

import base64
import binascii
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models

KEY_BYTES = 32
if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class UnreadableError(Exception):
    """A stored value opens with none of the site's keys, or was moved here from another column."""


def cipher(bound_to: str) -> MultiFernet:
    """What encrypts and decrypts the values of one place, such as a column; the newest key is the first."""
    return _cipher(tuple(settings.FIELD_KEYS), bound_to)


def new_key() -> str:
    """A fresh random key for SOJOURN_FIELD_KEYS."""
    return Fernet.generate_key().decode()


def key_faults() -> list[str]:
    """What is wrong with the site's keys, as sentences that name a key by its place, never by its value."""
    faults = [] if settings.FIELD_KEYS else ["SOJOURN_FIELD_KEYS is empty: `sojourn keys new` makes a key"]
    for place, key in enumerate(settings.FIELD_KEYS, 1):
        if _raw(key) is None:
            faults.append(f"key {place} of SOJOURN_FIELD_KEYS is not one that `sojourn keys new` made")
    return faults


class EncryptedTextField(Text):
    """Text that is encrypted on its way to the database and decrypted on its way back.

    Reading a value that does not open raises `UnreadableError`. Every lookup raises `FieldError`: what
    cannot be asked of the database can neither be searched for nor counted.
    """

    def get_prep_value(self, value: Any) -> Any:
        """The token to store; expressions and None pass."""
        value = super().get_prep_value(value)
        return cipher(self.bound_to).encrypt(value.encode()).decode() if isinstance(value, str) else value

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        """The text behind a stored token."""
        if value is None:
            return None
        try:
            return cipher(self.bound_to).decrypt(value).decode()
        except InvalidToken:
            raise UnreadableError(f"{self.bound_to}: a value opens with no key of this site") from None

    @property
    def bound_to(self) -> str:
        """The place that its tokens belong to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> NoReturn:
        """Refuse to look for a value, or for there being one."""
        raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}")

    def get_transform(self, lookup_name: str) -> NoReturn:
        """Refuse to compute on a value."""
        raise FieldError(f"{self.name} is encrypted: {lookup_name} cannot be applied to it")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse options that would need to compare tokens."""
        found = super().check(**kwargs)
        if self.deconstruct()[3].keys() & {"unique", "db_index", "choices"}:
            found.append(
                checks.Error("An encrypted column has no index and no choices.", obj=self, id="records.E001")
            )
        return found


def encrypted_columns(models_: list[type[models.Model]]) -> list[EncryptedTextField]:
    """The encrypted columns of these models, by table and column."""
    found = [
        field for model in models_ for field in model._meta.fields if isinstance(field, EncryptedTextField)
    ]
    return sorted(found, key=lambda field: field.bound_to)


@lru_cache(maxsize=64)
def _cipher(keys: tuple[str, ...], bound_to: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, bound_to)) for key in keys])


def _derived(key: str, bound_to: str) -> bytes:
    raw = _raw(key)
    if raw is None:
        raise ValueError("; ".join(key_faults()))
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"sojourn column {bound_to}".encode()).derive(raw)
    return base64.urlsafe_b64encode(derived)


def _raw(key: str) -> bytes | None:
    """The bytes of a key; None when it is not one."""
    try:
        raw = base64.urlsafe_b64decode(key)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == KEY_BYTES else None
