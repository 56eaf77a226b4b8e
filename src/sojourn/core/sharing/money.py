"""Decimal text to whole numbers of the smallest unit of a currency, and back."""

import re

from sojourn.core.sharing.model import SharingError

_MOST_DIGITS = 30


def to_units(text: str, places: int = 2) -> int:
    """The amount in smallest units: `"12.3"` with two places is 1230.

    Plain ASCII digits with an optional minus and at most `places` decimals (0 for yen, 2 for euro, 3 for
    dinar). Raises `SharingError` for anything else: exponents, separators, NaN, other scripts' digits.
    """
    whole = re.fullmatch(r"(-?)([0-9]+)(?:\.([0-9]+))?", text) if isinstance(text, str) else None
    if whole is None or len(text) > _MOST_DIGITS:
        raise SharingError([f"{ascii(text)[:40]} is no amount: write plain digits such as 12.30"])
    sign, units, decimals = whole[1], whole[2], whole[3] or ""
    if len(decimals) > places:
        raise SharingError([f"{text} is finer than the currency, with {places} decimals: round it first"])
    amount = int(units + decimals.ljust(places, "0"))
    return -amount if sign else amount


def to_text(amount: int, places: int = 2) -> str:
    """The amount as decimal text with exactly `places` decimals: 1230 with two places is `"12.30"`."""
    digits = str(abs(amount)).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], "." + digits[-places:]) if places else (digits, "")
    return ("-" if amount < 0 else "") + whole + decimals
