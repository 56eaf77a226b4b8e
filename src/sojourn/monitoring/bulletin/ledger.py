"""Monthly figures added up over spans of months, with one hash for all that was added."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from sojourn.core.proof import canonical_json, sha256_hex
from sojourn.monitoring.models import Figure


class Span(NamedTuple):
    """Whole months, [starts_on, ends_on)."""

    starts_on: dt.date
    ends_on: dt.date

    def __str__(self) -> str:
        return f"{self.starts_on}/{self.ends_on}"


class Slot(NamedTuple):
    """Where figures of all months are found."""

    indicator: str
    component_id: int
    organisation_id: int


class Month(NamedTuple):
    """One monthly figure."""

    starts_on: dt.date
    value: int
    records_sha256: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All monthly figures up to a day."""

    months: Mapping[Slot, list[Month]]

    @classmethod
    def until(cls, day: dt.date) -> Self:
        """The figures of the months before the day, in order: one query."""
        rows = Figure.objects.filter(starts_on__lt=day).order_by("starts_on", "pk")
        months: defaultdict[Slot, list[Month]] = defaultdict(list)
        names = ("indicator", "component_id", "organisation_id", "starts_on", "value", "records_sha256")
        for indicator, component_id, organisation_id, *month in rows.values_list(*names).iterator():
            months[Slot(indicator, component_id, organisation_id)].append(Month(*month))
        return cls(months)

    def value(self, slot: Slot, span: Span) -> int:
        """What was counted in the span."""
        return sum(month.value for month in self._within(slot, span))

    def records_sha256(self, slot: Slot, span: Span) -> str:
        """SHA-256 of the canonical JSON of each month's first day and records hash, in order of months."""
        pairs = [[str(month.starts_on), month.records_sha256] for month in self._within(slot, span)]
        return sha256_hex(canonical_json(pairs))

    def _within(self, slot: Slot, span: Span) -> list[Month]:
        months = self.months.get(slot, ())
        return [month for month in months if span.starts_on <= month.starts_on < span.ends_on]
