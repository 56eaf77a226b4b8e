"""Counts of people by component, region and months, and how readers can tie them together by sums."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from sojourn.core.disclosure import Cell
from sojourn.monitoring.bulletin.ledger import Span


class Key(NamedTuple):
    """What a count of people is about; without a region it is about all of them."""

    component: str
    region: str
    span: Span

    def cell(self, edition: str = "") -> Cell:
        """The name in core/disclosure; `edition` sets an old count apart that has been revised since."""
        pairs = {"component": self.component, "months": str(self.span)}
        if self.region:
            pairs["region"] = self.region
        if edition:
            pairs["edition"] = edition
        return tuple(sorted(pairs.items()))


class Count(NamedTuple):
    """A count as it stood in one edition. `shown` is false when it was hidden or not printed."""

    key: Key
    value: int
    shown: bool

    def as_json(self) -> list[object]:
        """For `Bulletin.counts`."""
        return [self.key.component, self.key.region, *map(str, self.key.span), self.value, self.shown]

    @classmethod
    def from_json(cls, stored: Sequence[object]) -> "Count":
        """The count that `as_json` gave."""
        component, region, starts_on, ends_on, value, shown = map(str, stored)
        span = Span(dt.date.fromisoformat(starts_on), dt.date.fromisoformat(ends_on))
        return cls(Key(component, region, span), int(value), shown == "True")


@dataclass(frozen=True, slots=True)
class Grid:
    """The counts that readers can tie together.

    `count` gives any count as it stands today; `parts` names the parts of each component that has parts, its
    own share among them; `leaves` are the components that are told by region.
    """

    count: Callable[[Key], int]
    parts: Mapping[str, Sequence[str]]
    components: Sequence[str]
    leaves: Sequence[str]
    regions: Sequence[str]

    def over(self, spans: Iterable[Span], by_region: Iterable[Span]) -> set[Key]:
        """Every count over the spans: of all components as a whole, of the leaves by region too."""
        regional = set(by_region)
        whole = {Key(name, "", span) for span in {*spans, *regional} for name in self.components}
        return whole | {
            Key(name, region, span) for span in regional for name in self.leaves for region in self.regions
        }

    def tied(self, keys: Collection[Key]) -> set[Key]:
        """The keys, and every other count that sums tie to them: over the pieces that spans cut."""
        by_region = with_pieces(key.span for key in keys if key.region)
        spans = with_pieces({*by_region, *(key.span for key in keys)})
        return {*keys, *self.over(spans, by_region)}

    def sums(self, keys: Collection[Key]) -> Iterator[tuple[Key, list[Key]]]:
        """Every key with others among the keys whose sum it is."""
        known = set(keys)
        spans: dict[tuple[str, str], set[Span]] = {}
        for component, region, span in known:
            spans.setdefault((component, region), set()).add(span)
        for key in known:
            cut = pieces(key.span, spans[key.component, key.region])
            ways = [[key._replace(span=piece) for piece in cut if piece != key.span]]
            if not key.region:
                ways.append([key._replace(component=part) for part in self.parts.get(key.component, ())])
                ways.append([key._replace(region=region) for region in self.regions])
            yield from ((key, way) for way in ways if way and known.issuperset(way))


def pieces(span: Span, spans: Iterable[Span]) -> list[Span]:
    """The span cut at every first and last day of the spans."""
    days = {day for other in spans for day in other}
    cuts = sorted(day for day in days if span.starts_on <= day <= span.ends_on)
    return [Span(*days) for days in pairwise(cuts)]


def with_pieces(spans: Iterable[Span]) -> set[Span]:
    """The spans, and the pieces into which they cut each other."""
    known = set(spans)
    return known | {piece for span in known for piece in pieces(span, known)}
