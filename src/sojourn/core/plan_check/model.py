"""A plan as the checker sees it: plain values, each with the place it came from.

A place is a path into the plan, such as `targets[3].amount`; findings hand it back, so that the reader can be
led to a line or a cell. Codes may repeat, be unknown or form circles: that is what the checker looks for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

TargetKind = Literal["total", "floor_per_period", "cumulative"]
Every = Literal["year", "month"]


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of days: the first day counts, the last one does not."""

    start: date
    end: date

    def holds(self, other: "Period") -> bool:
        """Whether the other period lies wholly in this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Period") -> bool:
        """Whether the two periods share a day."""
        return self.start < other.end and other.start < self.end

    def count(self, every: Every | None) -> int | None:
        """How many whole years or months it has (1 when not divided); None when it cannot be divided
        exactly.
        """
        if every is None:
            return 1
        months = 12 * (self.end.year - self.start.year) + self.end.month - self.start.month
        step = 12 if every == "year" else 1
        same_day = self.end.day == self.start.day <= 28  # a day that every month has
        return months // step if same_day and months > 0 and months % step == 0 else None

    def parts(self, every: Every | None) -> tuple["Period", ...]:
        """The years or months of the period, which tile it; itself alone when not divided.

        Raises:
            ValueError: It cannot be divided exactly.
        """
        count = self.count(every)
        if count is None:
            raise ValueError(f"{self.start} to {self.end} is no whole number of periods (every {every})")
        if every is None:
            return (self,)
        step = 12 if every == "year" else 1
        bounds = [_months_after(self.start, step * number) for number in range(count + 1)]
        return tuple(Period(start, end) for start, end in pairwise(bounds))


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + year, month=month + 1)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the plan; `weights` are what quotas may be split by (schools, pupils), 0 or more."""

    place: str
    code: str
    kind: str
    weights: Mapping[str, int] = field(default_factory=dict)
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A regional office and its default partner, a receiving area."""

    place: str
    office: str
    receiving: str


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the programme; `responsible` and `track` may be None; `ages` are the first and last year of
    age.
    """

    place: str
    code: str
    parent: str | None = None
    track: str | None = None
    responsible: str | None = None
    titles: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A promised number: of an indicator, for a component, in a period; `quotas` are the shares of
    organisations.

    `floor_per_period` with `every` promises the amount for each year or month of its period.
    """

    place: str
    code: str
    component: str
    indicator: str
    kind: TargetKind
    period: Period
    amount: Decimal
    every: Every | None = None
    titles: tuple[str, ...] = ()
    quotas: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """How the totals of a component and indicator are split over the organisations of one kind."""

    place: str
    component: str
    indicator: str
    over: str
    weight: str
    floor: int = 0
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A bare code with titles: a source of money."""

    place: str
    code: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CostCategory:
    """What a cost is for, and the components where it arises (a component stands for all below it)."""

    place: str
    code: str
    components: tuple[str, ...]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CostRule:
    """Who bears a category of cost in a component and all below it, and the percentage from each source."""

    place: str
    component: str
    category: str
    shares: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A fixed amount from a source for each unit counted in a component."""

    place: str
    component: str
    source: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule of the plan with the bounds that no plan may leave."""

    place: str
    value: int
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is checked together; the order within each tuple has no meaning."""

    period: Period
    organisations: tuple[Organisation, ...] = ()
    pairs: tuple[Pair, ...] = ()
    components: tuple[Component, ...] = ()
    targets: tuple[Target, ...] = ()
    quota_rules: tuple[QuotaRule, ...] = ()
    sources: tuple[Named, ...] = ()
    cost_categories: tuple[CostCategory, ...] = ()
    cost_rules: tuple[CostRule, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackOffer:
    """What one track can do: the indicators it computes and the ages it is made for."""

    indicators: frozenset[str]
    ages: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What plans may refer to: tracks by code, and the judge of words that must never be held.

    `never_held` gives the categories that a label speaks of, none when it is clean.
    """

    tracks: Mapping[str, TrackOffer]
    never_held: Callable[[str], tuple[str, ...]]
