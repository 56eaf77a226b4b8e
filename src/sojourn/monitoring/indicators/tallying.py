"""Records added up into cells: component x organisation x month, each with the hash of what was counted."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sojourn.monitoring.indicators.counting import Counted, counted
from sojourn.plan.models import Component
from sojourn.registry.models import Organisation
from sojourn.registry.queries import region_ids


class Cell(NamedTuple):
    """What one figure is about."""

    component_id: int
    organisation_id: int
    month: dt.date


class Tally(NamedTuple):
    """What was counted in a cell: the number, and the SHA-256 of its records."""

    value: int
    records_sha256: str


@dataclass(frozen=True, slots=True)
class Trees:
    """Where a record counts: upwards along the components, and in its region and the coordinating office.

    A record of an organisation without a region counts for the coordinating office alone.
    """

    parents: Mapping[int, int | None]
    regions: Mapping[int, int]
    office_id: int

    @classmethod
    def now(cls) -> "Trees":
        """The trees as they stand: three queries. Raises Organisation.DoesNotExist without an office."""
        office = (
            Organisation.objects.filter(kind=Organisation.Kind.COORDINATING_OFFICE).order_by("code").first()
        )
        if office is None:
            raise Organisation.DoesNotExist("there is no coordinating office yet: load the plan first")
        parents = dict(Component.objects.values_list("pk", "parent_id").order_by())
        return cls(parents, region_ids(), office.pk)

    def cells(self, record: Counted) -> Iterable[Cell]:
        """Every cell that the record counts in."""
        places = {self.office_id, self.regions.get(record.organisation_id, self.office_id)}
        component: int | None = record.component_id
        while component is not None:
            for place in places:
                yield Cell(component, place, record.month)
            component = self.parents[component]


@dataclass(slots=True)
class _Sum:
    value: int = 0
    records: "hashlib._Hash" = field(default_factory=hashlib.sha256)


def tally(code: str, starts_on: dt.date, ends_on: dt.date, on: dt.date, trees: Trees) -> dict[Cell, Tally]:
    """Every cell of the indicator in [starts_on, ends_on) that something was counted in, seen on `on`.

    The hash is over one line `record id, blank, amount` per record, ascending by id: equal records, equal
    hash. A cell's hash can give away which few records it holds, so it is shown only where its value may be.
    """
    sums: dict[Cell, _Sum] = {}
    for record in counted(code, starts_on, ends_on, on):
        line = b"%d %d\n" % (record.record_id, record.amount)
        for cell in trees.cells(record):
            total = sums.setdefault(cell, _Sum())
            total.value += record.amount
            total.records.update(line)
    return {cell: Tally(total.value, total.records.hexdigest()) for cell, total in sums.items()}
