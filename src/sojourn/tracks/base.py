"""A track is a kind of capability, told as one frozen value: what it counts, what it opens, for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

Unit = Literal["people", "places", "pairs", "sessions", "bundles", "days", "courses", "organisations"]
Outcome = Literal["offers", "pairs"]


class Text(NamedTuple):
    """One text in both languages."""

    en: str
    zh: str


class Ages(NamedTuple):
    """The first and the last year of age, both included."""

    youngest: int
    oldest: int

    def hold(self, age: int) -> bool:
        """Whether a person of this age, in completed years, belongs."""
        return self.youngest <= age <= self.oldest


@dataclass(frozen=True, slots=True)
class Indicator:
    """A defined measure: what one unit of it is, and from which records it is counted."""

    code: str
    titles: Text
    unit: Unit
    counted_from: Text


@dataclass(frozen=True, slots=True)
class OpeningKind:
    """One kind of thing to apply for."""

    code: str
    titles: Text


@dataclass(frozen=True, slots=True)
class Track:
    """A kind of capability.

    `outcome` is what a run of this track yields: offers (a place in an opening) or pairs (an edge between two
    applications). `rules` are the default numbers, which a call may change in public; `reserve_criteria` are
    the codes for which a call may reserve seats.
    """

    code: str
    titles: Text
    outcome: Outcome
    indicators: tuple[Indicator, ...]
    openings: tuple[OpeningKind, ...]
    ages: Ages
    rules: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    reserve_criteria: tuple[str, ...] = ()

    @property
    def indicator_codes(self) -> frozenset[str]:
        """The codes of everything that this track can compute."""
        return frozenset(indicator.code for indicator in self.indicators)


PLACES_OFFERED = Indicator(
    code="places_offered",
    titles=Text("Places offered", "提供的名额"),
    unit="places",
    counted_from=Text(
        "Positions of the openings of published calls, each once, on the day of publication.",
        "已发布招募中各项目的名额，自发布之日起计一次。",
    ),
)
PEOPLE_TAKING_PART = Indicator(
    code="people_taking_part",
    titles=Text("People taking part", "参加人数"),
    unit="people",
    counted_from=Text(
        "Distinct people with an engagement in the component and live consent at their first session.",
        "在该项目中有参与记录、且首次活动当日同意书有效的人，每人计一次。",
    ),
)
SESSIONS_HELD = Indicator(
    code="sessions_held",
    titles=Text("Sessions held", "举办的活动场次"),
    unit="sessions",
    counted_from=Text(
        "Sessions whose attendance has been confirmed by the organisation that held them.",
        "由举办机构确认出席情况的活动场次。",
    ),
)
