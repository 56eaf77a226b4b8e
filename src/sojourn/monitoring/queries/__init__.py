"""Reads of how much was done."""

from sojourn.monitoring.queries.bulletins import (
    BulletinLine,
    Progress,
    PublishedBulletin,
    bulletin,
    bulletins,
    public_progress,
)
from sojourn.monitoring.queries.overview import Overview, overview
from sojourn.monitoring.queries.trace import ActivityLine, FigureTrace, figure_trace

__all__ = [
    "ActivityLine",
    "BulletinLine",
    "FigureTrace",
    "Overview",
    "Progress",
    "PublishedBulletin",
    "bulletin",
    "bulletins",
    "figure_trace",
    "overview",
    "public_progress",
]
