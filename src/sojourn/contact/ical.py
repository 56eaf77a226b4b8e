"""Dates as an iCalendar feed (RFC 5545): whole days, stable ids, no name of a person."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

REFRESH = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Day:
    """Something on whole days, [starts_on, ends_on); `key` never changes, so that programs update it."""

    key: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    address: str


def feed(name: str, days: Iterable[Day], *, host: str, at: dt.datetime) -> bytes:
    """The feed of this name; the same days give the same bytes but for the moment."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sojourn//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for day in sorted(days, key=lambda day: (day.starts_on, day.key)):
        event = Event()
        event.add("uid", f"{day.key}@{host}")
        event.add("dtstamp", at)
        event.add("dtstart", day.starts_on)
        event.add("dtend", day.ends_on)
        event.add("summary", day.title)
        event.add("url", day.address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
