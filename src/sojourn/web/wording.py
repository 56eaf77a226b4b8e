"""How dates, periods, numbers and names in two languages are written out for a reader."""

import datetime as dt
from collections.abc import Mapping

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _


def is_chinese() -> bool:
    """Whether the page is being written in Chinese."""
    return (translation.get_language() or "").startswith("zh")


def in_language(texts: Mapping[str, str] | None) -> str:
    """The text in the reader's language; where it is missing, in the other one."""
    if not texts:
        return ""
    own, other = ("zh", "en") if is_chinese() else ("en", "zh")
    return texts.get(own) or texts.get(other) or next(iter(texts.values()), "")


def day(on: dt.date) -> str:
    """One day: 3 August 2026, 2026年8月3日."""
    if is_chinese():
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {MONTHS[on.month]} {on.year}"


def month(on: dt.date) -> str:
    """The month that a day lies in: August 2026, 2026年8月."""
    if is_chinese():
        return f"{on.year}年{on.month}月"
    return f"{MONTHS[on.month]} {on.year}"


def last_day(ends_on: dt.date) -> dt.date:
    """The last day of a half-open period, which is the one that people name."""
    return ends_on - dt.timedelta(days=1)


def period(starts_on: dt.date, ends_on: dt.date) -> str:
    """A half-open period [starts_on, ends_on) as people say it: both days included.

    Whole years and whole months are called by their names; what start and end share is said once.
    """
    last = last_day(ends_on)
    if last <= starts_on:
        return day(starts_on)
    if (starts_on.month, starts_on.day, ends_on.month, ends_on.day) == (1, 1, 1, 1):
        return _years(starts_on.year, last.year)
    if starts_on.day == ends_on.day == 1:
        return _months(starts_on, last)
    return _chinese_days(starts_on, last) if is_chinese() else _english_days(starts_on, last)


def _years(first: int, last: int) -> str:
    if is_chinese():
        return f"{first}年" if first == last else f"{first}年至{last}年"
    return str(first) if first == last else f"{first}–{last}"


def _months(first: dt.date, last: dt.date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if is_chinese():
        return f"{month(first)}至{month(last) if first.year != last.year else f'{last.month}月'}"
    opening = month(first) if first.year != last.year else MONTHS[first.month]
    return f"{opening} – {month(last)}"


def _english_days(first: dt.date, last: dt.date) -> str:
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month]} – {day(last)}"
    return f"{first.day}–{day(last)}"


def _chinese_days(first: dt.date, last: dt.date) -> str:
    if first.year != last.year:
        return f"{day(first)}至{day(last)}"
    if first.month != last.month:
        return f"{day(first)}至{last.month}月{last.day}日"
    return f"{day(first)}至{last.day}日"


def number(value: int) -> str:
    """A whole number with its thousands set apart: 500,000."""
    return f"{value:,}"


def percent(part: int, whole: int) -> str:
    """`part` of `whole` in whole per cent, rounded down so that 100 % means all of it."""
    return f"{100 * part // whole}\N{NO-BREAK SPACE}%" if whole else _("n/a")
