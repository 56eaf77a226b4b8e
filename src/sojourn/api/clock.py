"""The only clock of the API: below it, day and moment are always arguments."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, with its time zone."""
    return timezone.now()


def today() -> dt.date:
    """The present day in the site's time zone."""
    return timezone.localdate()
