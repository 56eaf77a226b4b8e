"""Texts that are days. What could be two days is one only when the whole column, or somebody, says which."""

import datetime as dt
import re
import unicodedata
from typing import Literal

from sojourn.sheets.refused import BadCell

DayOrder = Literal["day", "month"]
"""Which of the two comes first in 03/04/2026."""
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]([a-z]{3,9})\.?,?[- ](\d{4}|\d{2})", re.ASCII)
_NAMED_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sept",
]
_CENTURY = 2000


def day_of(text: str, order: DayOrder | None) -> dt.date:
    """The day that a text names.

    Raises:
        BadCell: It names none, or one of two and `order` does not say which.
    """
    if text != unicodedata.normalize("NFKC", text):
        raise BadCell("full_width", plain=unicodedata.normalize("NFKC", text)[:40])
    for pattern in (_ISO, _CHINESE, _COMPACT):
        if match := pattern.fullmatch(text):
            return _day(*map(int, match.groups()))
    if match := _NUMERIC.fullmatch(text):
        return _by_order(int(match[1]), int(match[2]), int(match[3]), order)
    lower = text.lower()
    if match := _NAMED.fullmatch(lower):
        year = int(match[3]) if len(match[3]) == 4 else _CENTURY + int(match[3])
        return _day(year, _month(match[2]), int(match[1]))
    if match := _NAMED_MONTH_FIRST.fullmatch(lower):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    raise BadCell("day")


def _by_order(first: int, second: int, year: int, order: DayOrder | None) -> dt.date:
    if first == second:
        return _day(year, first, second)
    if order is None:
        raise BadCell("day_order")
    day, month = (first, second) if order == "day" else (second, first)
    return _day(year, month, day)


def _month(word: str) -> int:
    if word not in _MONTHS and word not in _LONG_MONTHS:
        raise BadCell("day")
    return _MONTHS.index(word[:3]) + 1


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadCell("day") from None
