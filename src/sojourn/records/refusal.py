"""How a rule says no: a stable code, and a sentence that says what is wrong and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


class RefusalError(Exception):
    """An act that the rules do not allow now.

    `code` is stable and names the rule (`offer.lapsed`); `message` is a translated sentence for the person
    who tried; `where` names the form field at fault, or is empty.
    """

    def __init__(self, code: str, message: Words, *, where: str = "") -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.where = where


class UnseenError(Exception):
    """The actor is not allowed to know that this exists: every interface answers as if it did not."""


def refuse(code: str, message: Words, /, *, where: str = "", **values: Any) -> RefusalError:
    """A refusal whose sentence is filled with `values`, to be raised by the caller."""
    return RefusalError(code, filled(message, values), where=where)


def filled(message: Words, values: Mapping[str, Any]) -> str:
    """The sentence in the current language with its values set in."""
    return str(message) % values if values else str(message)
