"""The only clock of the web floor: below it, the day is always an argument."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, with its time zone."""
    return timezone.now()


def today() -> dt.date:
    """The present day in the site's time zone."""
    return timezone.localdate()
