"""A paper slip as it is printed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """Whose slip it is, its code, and the day from which it does not work any more."""

    name: str
    code: str
    ends_on: dt.date
