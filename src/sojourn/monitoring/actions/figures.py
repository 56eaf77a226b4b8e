"""Computing figures."""

import datetime as dt
from itertools import batched

from sojourn.monitoring import rules
from sojourn.monitoring.indicators import DEFINITIONS, Trees, tally
from sojourn.monitoring.models import Figure
from sojourn.records.action import action
from sojourn.records.actor import Actor

Key = tuple[str, int, int, dt.date]
Content = tuple[int, int, str]
KEY = ("indicator", "component_id", "organisation_id", "starts_on")
CONTENT = ("definition_version", "value", "records_sha256")


@action("figure.compute", rules.may_compute_figures)
def compute_figures(
    *, by: Actor, starts_on: dt.date, ends_on: dt.date, on: dt.date, at: dt.datetime
) -> list[Figure]:
    """Bring the monthly figures of [starts_on, ends_on) up to date with the records as seen on `on`.

    One figure per indicator, component (and each component above it), region and month, and one for the
    coordinating office, which holds every record. Cells in which nothing was counted have no row. Gives back
    the figures that are new or have changed; a second run changes nothing. `at` is when it was computed.
    Raises RefusalError for a period that is not of whole months.
    """
    fresh = _tallied(starts_on, ends_on, on)
    period = Figure.objects.filter(starts_on__gte=starts_on, starts_on__lt=ends_on)
    known: dict[Key, Content] = {}
    gone: list[int] = []
    for pk, *values in period.values_list("pk", *KEY, *CONTENT).order_by().iterator(chunk_size=5000):
        key = tuple(values[: len(KEY)])
        known[key] = tuple(values[len(KEY) :])
        if key not in fresh:
            gone.append(pk)
    for chunk in batched(gone, 500):
        Figure.objects.filter(pk__in=chunk).delete()
    changed = [
        _figure(key, content, on, at) for key, content in sorted(fresh.items()) if known.get(key) != content
    ]
    return Figure.objects.bulk_create(
        changed,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["indicator", "component", "organisation", "starts_on", "ends_on"],
        update_fields=[*CONTENT, "seen_on", "computed_at"],
    )


def _tallied(starts_on: dt.date, ends_on: dt.date, on: dt.date) -> dict[Key, Content]:
    trees = Trees.now()
    return {
        (code, cell.component_id, cell.organisation_id, cell.month): (definition.version, *found)
        for code, definition in DEFINITIONS.items()
        for cell, found in tally(code, starts_on, ends_on, on, trees).items()
    }


def _figure(key: Key, content: Content, on: dt.date, at: dt.datetime) -> Figure:
    values = dict(zip((*KEY, *CONTENT), (*key, *content), strict=True))
    return Figure(**values, ends_on=month_after(key[3]), seen_on=on, computed_at=at)


def month_after(day: dt.date) -> dt.date:
    """The first day of the month after the day's."""
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
