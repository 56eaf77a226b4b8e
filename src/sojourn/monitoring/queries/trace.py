"""From a figure back to the activities that its records belong to, counted again."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import batched

from sojourn.monitoring.indicators import DEFINITIONS, About, Cell, Counted, Definition, Trees, counted
from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries.small import hidden_figures, without_small
from sojourn.participation.models import Attendance, Engagement, Opening, Session


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An opening and how much of the figure comes from it; None: too few people to be shown."""

    code: str
    titles: Mapping[str, str]
    host: Mapping[str, str]
    starts_on: dt.date
    count: int | None


@dataclass(frozen=True, slots=True)
class FigureTrace:
    """How a figure came about. `agrees` tells whether counting again, as seen on the same day, gives the same
    records; hash and value are None where people are too few to be shown.
    """

    definition: Definition
    value: int | None
    records_sha256: str | None
    seen_on: dt.date
    agrees: bool
    activities: tuple[ActivityLine, ...]

    @property
    def titles(self) -> Mapping[str, str]:
        """What the indicator is called."""
        return self.definition.indicator.titles._asdict()

    @property
    def counted(self) -> Mapping[str, str]:
        """What one unit of it is, in words."""
        return self.definition.counted._asdict()


def figure_trace(figure: Figure) -> FigureTrace:
    """Count the figure's month again and tell from which openings it comes, by first day and code."""
    definition = DEFINITIONS[figure.indicator]
    records = _records(figure)
    lines = b"".join(b"%d %d\n" % (record.record_id, record.amount) for record in records)
    again = (definition.version, sum(r.amount for r in records), hashlib.sha256(lines).hexdigest())
    small = figure.pk in hidden_figures([figure])
    return FigureTrace(
        definition=definition,
        value=None if small else figure.value,
        records_sha256=None if small else figure.records_sha256,
        seen_on=figure.seen_on,
        agrees=again == (figure.definition_version, figure.value, figure.records_sha256),
        activities=_activities(definition, records),
    )


def _records(figure: Figure) -> list[Counted]:
    trees = Trees.now()
    cell = Cell(figure.component_id, figure.organisation_id, figure.starts_on)
    found = counted(figure.indicator, figure.starts_on, figure.ends_on, figure.seen_on)
    return [record for record in found if cell in trees.cells(record)]


def _activities(definition: Definition, records: Iterable[Counted]) -> tuple[ActivityLine, ...]:
    amounts = {record.record_id: record.amount for record in records}
    counts: Counter[int] = Counter()
    for chunk in batched(amounts, 500):
        for record_id, opening_id in _openings_of(definition.record, chunk):
            counts[opening_id] += amounts[record_id]
    openings: list[Opening] = []
    for chunk in batched(counts, 500):
        openings += Opening.objects.filter(pk__in=chunk).select_related("host").order_by("pk")
    openings.sort(key=lambda row: (row.starts_on, row.code, row.pk))
    values = [counts[row.pk] for row in openings]
    shown = values if definition.about is About.ACTIVITIES else without_small(values)
    return tuple(
        ActivityLine(row.code, row.titles, row.host.names, row.starts_on, count)
        for row, count in zip(openings, shown, strict=True)
    )


def _openings_of(record: str, ids: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    """Each record with its opening."""
    if record == "opening":
        return ((pk, pk) for pk in ids)
    if record == "engagement":
        return Engagement.objects.filter(pk__in=ids).values_list("pk", "opening_id").order_by()
    if record == "session":
        return Session.objects.filter(pk__in=ids).values_list("pk", "opening_id").order_by()
    return Attendance.objects.filter(pk__in=ids).values_list("pk", "session__opening_id").order_by()
