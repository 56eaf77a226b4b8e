"""The monthly figures of one office, for the list from which each is traced."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sojourn.monitoring.indicators import DEFINITIONS, About
from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries.small import INSIDE


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure; `value` is None where people are too few to be shown."""

    number: int
    month: dt.date
    component: Mapping[str, str]
    indicator: Mapping[str, str]
    value: int | None


def figures_of(organisation_id: int, *, limit: int = 300) -> list[FigureLine]:
    """The newest figures of an office for components with a track, newest month first: one query."""
    rows = Figure.objects.filter(organisation=organisation_id).exclude(component__track="")
    rows = rows.select_related("component").order_by("-starts_on", "component__position", "indicator")
    return [_line(row) for row in rows[:limit]]


def shown_value(figure: Figure) -> int | None:
    """What its own office sees of a figure: None where people are too few to be shown."""
    small = DEFINITIONS[figure.indicator].about is not About.ACTIVITIES and figure.value < INSIDE
    return None if small else figure.value


def _line(figure: Figure) -> FigureLine:
    titles = DEFINITIONS[figure.indicator].indicator.titles._asdict()
    return FigureLine(figure.pk, figure.starts_on, figure.component.titles, titles, shown_value(figure))
