"""Small counts inside the offices: they are not published, so a simpler rule holds than in bulletins."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sojourn.monitoring.indicators import DEFINITIONS, About
from sojourn.monitoring.models import Figure

INSIDE = 5
"""People: offices see no count of 1 to 4."""


def without_small(values: Sequence[int], least: int = INSIDE) -> list[int | None]:
    """The values with those of 1 to `least` - 1 hidden, never just one: the total would give it back.

    Where only one is small, the smallest other positive value is hidden with it (ties: the first).
    """
    hidden = {at for at, value in enumerate(values) if 0 < value < least}
    if len(hidden) == 1:
        others = sorted((value, at) for at, value in enumerate(values) if value >= least)
        hidden |= {at for _value, at in others[:1]}
    return [None if at in hidden else value for at, value in enumerate(values)]


def hidden_figures(figures: Iterable[Figure]) -> set[int]:
    """Those of the figures that are not shown, by number: one query for all of them.

    The months of an office, component and indicator stand in one list beside their total elsewhere: they are
    hidden as one series, so that no month can be worked out from the others.
    """
    counted = [figure for figure in figures if DEFINITIONS[figure.indicator].about is not About.ACTIVITIES]
    months = Figure.objects.filter(
        organisation__in={figure.organisation_id for figure in counted},
        component__in={figure.component_id for figure in counted},
        indicator__in={figure.indicator for figure in counted},
    )
    series: dict[tuple[int, int, str], list[Figure]] = defaultdict(list)
    for row in months.order_by("starts_on", "pk"):
        series[row.organisation_id, row.component_id, row.indicator].append(row)
    return {
        row.pk
        for rows in series.values()
        for row, shown in zip(rows, without_small([row.value for row in rows]), strict=True)
        if shown is None
    }
