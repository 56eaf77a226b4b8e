"""The time zones that one can choose from: those named after a place, as calendars show them."""

import zoneinfo
from functools import cache

CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zones() -> tuple[str, ...]:
    """The names of all zones that are named after a place, in order."""
    return tuple(sorted(name for name in zoneinfo.available_timezones() if name.startswith(CONTINENTS)))
