"""The monthly figures of one office, for the list from which each is traced."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sojourn.monitoring.indicators import DEFINITIONS
from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries.small import hidden_figures


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure; `value` is None where people are too few to be shown."""

    number: int
    month: dt.date
    component: Mapping[str, str]
    indicator: Mapping[str, str]
    value: int | None


def figures_of(organisation_id: int, *, limit: int = 300) -> list[FigureLine]:
    """The newest figures of an office for components with a track, newest month first: two queries."""
    rows = Figure.objects.filter(organisation=organisation_id).exclude(component__track="")
    rows = rows.select_related("component").order_by("-starts_on", "component__position", "indicator")
    newest = list(rows[:limit])
    hidden = hidden_figures(newest)
    return [_line(row, None if row.pk in hidden else row.value) for row in newest]


def _line(figure: Figure, value: int | None) -> FigureLine:
    titles = DEFINITIONS[figure.indicator].indicator.titles._asdict()
    return FigureLine(figure.pk, figure.starts_on, figure.component.titles, titles, value)
