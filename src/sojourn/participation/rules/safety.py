"""Rules that keep minors safe in any activity: how many vetted adults, valid for how long, who may be paired.

Pure functions over ages and periods, so that sessions, departures and later pairings share them.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sojourn.registry.rules import ADULT_FROM

Period = tuple[dt.date, dt.date]
"""Half-open: [first day, the day after the last)."""

LEAST_ADULTS = 2
MINORS_PER_ADULT = ((2, 3), (4, 4), (9, 6), (13, 8), (18, 10))
"""Below this age, one adult for so many minors. **Source:** the ratios that the NSPCC recommends."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many vetted adults an activity needs, and which of the named ones count from first to last day.

    `ending` are those who count on the first day but not to the last: account and the first day without;
    `unvetted` do not count on the first day.
    """

    needed: int
    valid: tuple[int, ...]
    ending: tuple[tuple[int, dt.date], ...]
    unvetted: tuple[int, ...]

    @property
    def missing(self) -> int:
        """How many more adults are needed; 0 when it may go ahead."""
        return max(0, self.needed - len(self.valid))


def adults_needed(ages: Iterable[int]) -> int:
    """How many vetted adults people of these ages need: two at least, none without minors.

    Each minor takes the share of an adult that the own age asks for, in exact fractions; the sum over a mixed
    group is rounded up once.
    """
    minors = [age for age in ages if age < ADULT_FROM]
    if not minors:
        return 0
    return max(LEAST_ADULTS, math.ceil(sum(Fraction(1, minors_per_adult(age)) for age in minors)))


def minors_per_adult(age: int) -> int:
    """How many minors of this age one adult may look after."""
    return next(ratio for below, ratio in MINORS_PER_ADULT if age < below)


def valid_until(periods: Iterable[Period], on: dt.date) -> dt.date | None:
    """The first day on which a validity that holds on `on` is over; None when it does not hold then.

    A renewal counts as the same validity when no day lies between.
    """
    end: dt.date | None = None
    for starts_on, ends_on in sorted(periods):
        reached = end or on
        if starts_on <= reached < ends_on:
            end = ends_on
    return end


def staffing(
    ages: Iterable[int], adults: Mapping[int, Sequence[Period]], *, first: dt.date, last: dt.date
) -> Staffing:
    """What people of these ages need from `first` to `last`, both included, and what the adults bring.

    `adults` are accounts with the periods of their vetting.
    """
    until = {account: valid_until(periods, first) for account, periods in sorted(adults.items())}
    return Staffing(
        needed=adults_needed(ages),
        valid=tuple(account for account, end in until.items() if end is not None and end > last),
        ending=tuple((account, end) for account, end in until.items() if end is not None and end <= last),
        unvetted=tuple(account for account, end in until.items() if end is None),
    )


def what_is_missing(found: Staffing, names: Mapping[int, str]) -> str:
    """The shortfall in sentences: how many are needed, how many more, and whose vetting is the matter."""
    sentences = [
        _("%(needed)s vetted adults are needed for these minors; %(there)s are named.")
        % {"needed": found.needed, "there": len(found.valid)},
        ngettext("Name %(count)s more.", "Name %(count)s more.", found.missing) % {"count": found.missing},
    ]
    sentences += [
        _("The vetting of %(name)s is over from %(day)s on: renew it first.")
        % {"name": names[account], "day": ends_on.isoformat()}
        for account, ends_on in found.ending
    ]
    sentences += [
        _("%(name)s has no vetting that is valid on that day.") % {"name": names[account]}
        for account in found.unvetted
    ]
    return ("" if (get_language() or "").startswith("zh") else " ").join(sentences)


def may_be_paired(one_age: int, other_age: int) -> bool:
    """Whether two people may be paired: both minors or both adults, never an adult with a minor."""
    return (one_age < ADULT_FROM) == (other_age < ADULT_FROM)
