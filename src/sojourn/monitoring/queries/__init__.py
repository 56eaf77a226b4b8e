"""Reads of how much was done."""

from sojourn.monitoring.queries.bulletins import BulletinLine, PublishedBulletin, bulletin, bulletins
from sojourn.monitoring.queries.own_figures import FigureLine, figures_of
from sojourn.monitoring.queries.small import INSIDE, hidden_figures, without_small
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
    "hidden_figures",
    "without_small",
]
