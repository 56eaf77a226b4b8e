"""Reads of how much was done."""

from sojourn.monitoring.queries.bulletins import BulletinLine, PublishedBulletin, bulletin, bulletins
from sojourn.monitoring.queries.own_figures import FigureLine, figures_of, shown_value
from sojourn.monitoring.queries.small import INSIDE, without_small
from sojourn.monitoring.queries.trace import ActivityLine, FigureTrace, figure_trace

__all__ = [
    "INSIDE",
    "ActivityLine",
    "BulletinLine",
    "FigureLine",
    "FigureTrace",
    "PublishedBulletin",
    "bulletin",
    "bulletins",
    "figure_trace",
    "figures_of",
    "shown_value",
    "without_small",
]
