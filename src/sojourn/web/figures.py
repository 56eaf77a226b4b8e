"""How far targets are reached: monthly figures added up over the months of each target."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from sojourn.monitoring.models import Figure
from sojourn.tracks import TRACKS
from sojourn.tracks.base import Indicator

INDICATORS: Mapping[str, Indicator] = {
    indicator.code: indicator for track in TRACKS.values() for indicator in track.indicators
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What an indicator counted in one month, in a component, by an organisation."""

    component_id: int
    indicator: str
    organisation_id: int
    month: dt.date
    value: int


def monthly_counts(where: Q) -> list[Counted]:
    """The monthly figures that fulfil a condition on figures, in the order of months: one query."""
    rows = Figure.objects.filter(where).order_by("starts_on")
    names = ("component_id", "indicator", "organisation_id", "starts_on", "value")
    return [Counted(*row) for row in rows.values_list(*names)]


def reached(
    counts: Iterable[Counted], component_id: int, indicator: str, starts_on: dt.date, ends_on: dt.date
) -> int:
    """What was counted of an indicator of a component in the months of [starts_on, ends_on)."""
    return sum(
        row.value
        for row in counts
        if row.component_id == component_id
        and row.indicator == indicator
        and starts_on <= row.month < ends_on
    )


def indicator_titles(code: str) -> Mapping[str, str]:
    """What an indicator is called; its code where no track knows it."""
    known = INDICATORS.get(code)
    return known.titles._asdict() if known else {"en": code, "zh": code}


def counts_people(code: str) -> bool:
    """Whether a small count of this indicator could tell of a person."""
    known = INDICATORS.get(code)
    return known is None or known.unit == "people"
