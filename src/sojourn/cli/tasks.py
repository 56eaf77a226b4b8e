"""The kinds of background job, and what the night asks for. Steps read their day from their arguments."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from sojourn.cli import tending  # noqa: F401 - registers its kinds of job
from sojourn.cli.clock import now, today
from sojourn.connections.actions.answers import forget_answers
from sojourn.connections.actions.deliveries import forget_deliveries
from sojourn.entrance import factors  # noqa: F401 - registers its kind of job
from sojourn.entrance.models import Invitation, LogIn, Slip
from sojourn.participation.actions.news import remind
from sojourn.participation.actions.offers import lapse_offers
from sojourn.records import (
    rotation,  # noqa: F401 - registers its kind of job
    trails,
)
from sojourn.records.actor import SYSTEM
from sojourn.records.jobs import Chunk, Cursor, enqueue, job_kind
from sojourn.records.models import Job
from sojourn.safeguarding.actions.climbing import CLIMB, LET_GO
from sojourn.safeguarding.actions.emergency import END as END_EMERGENCIES

SESSIONS_AT_ONCE = 1000
KEPT_INVITATIONS, KEPT_SLIPS = dt.timedelta(days=90), dt.timedelta(days=30)


@job_kind("offers.lapse")
def lapse(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Close the offers whose last day is over, and pass their seats on."""
    made = lapse_offers(by=SYSTEM, on=dt.date.fromisoformat(arguments["on"]))
    return Chunk(len(made), None)


@job_kind("connections.prune")
def prune_connections(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Delete answers and messages to programs that are kept no longer, a thousand of each at a time."""
    before = dt.datetime.fromisoformat(arguments["before"])
    gone = forget_answers(before=before, most=SESSIONS_AT_ONCE)
    told = forget_deliveries(before=before, most=SESSIONS_AT_ONCE)
    return Chunk(gone + told, {} if SESSIONS_AT_ONCE in (gone, told) else None)


@job_kind("sessions.prune")
def prune_sessions(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Delete log-ins that have run out, a thousand at a time."""
    over = LogIn.objects.filter(expire_date__lt=dt.datetime.fromisoformat(arguments["before"]))
    keys = list(over.order_by("pk").values_list("pk", flat=True)[:SESSIONS_AT_ONCE])
    LogIn.objects.filter(pk__in=keys).delete()
    return Chunk(len(keys), {} if len(keys) == SESSIONS_AT_ONCE else None)


@job_kind("entrance.prune")
def prune_entrance(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Delete invitations 90 days and slips 30 days after their end."""
    on = dt.date.fromisoformat(arguments["on"])
    before = dt.datetime.combine(on, dt.time(), dt.UTC) - KEPT_INVITATIONS
    gone, _kinds = Invitation.objects.filter(ends_at__lt=before).delete()
    ended, _kinds = Slip.objects.filter(ends_on__lt=on - KEPT_SLIPS).delete()
    return Chunk(gone + ended, None)


@job_kind("cache.prune")
def prune_cache(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Delete what the cache no longer needs: the tallies of limits that are over."""
    before = dt.datetime.fromisoformat(arguments["before"])
    with connection.cursor() as cursor:
        over = connection.ops.adapt_datetimefield_value(before)
        cursor.execute("DELETE FROM sojourn_cache WHERE expires < %s", [over])
        return Chunk(cursor.rowcount, None)


@job_kind("trail.seal")
def seal_trail(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Seal what was written into a trail since its last seal, some thousand rows at a time."""
    sealed = trails.seal(arguments["trail"], at=now())
    return Chunk(sealed, {} if sealed == trails.ROWS_IN_A_SEAL else None)


@job_kind("trail.drop")
def drop_trail(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Let the stretches of a trail go whose time is over, one at a time."""
    gone = trails.drop_old(arguments["trail"], on=dt.date.fromisoformat(arguments["on"]))
    return Chunk(gone or 0, None if gone is None else {})


def ask_for_seals() -> None:
    """Ask for the sealing of each trail in which a row has waited long enough."""
    for trail in trails.TRAILS:
        if trails.needs_seal(trail, now()):
            enqueue("trail.seal", {"trail": trail}, run_after=now())


@job_kind("reminders.send")
def send_reminders(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Tell of the days that come near."""
    return Chunk(remind(by=SYSTEM, on=dt.date.fromisoformat(arguments["on"])), None)


def nightly() -> list[Job]:
    """Ask for the work of the night; what is still waiting from an earlier call is not asked for twice."""
    midnight = dt.datetime.combine(today(), dt.time(), dt.UTC)
    return [
        enqueue("offers.lapse", {"on": today().isoformat()}, run_after=now()),
        enqueue("connections.prune", {"before": midnight.isoformat()}, run_after=now()),
        enqueue("sessions.prune", {"before": midnight.isoformat()}, run_after=now()),
        enqueue("reminders.send", {"on": today().isoformat()}, run_after=now()),
        enqueue("imports.prune", {"before": midnight.isoformat()}, run_after=now()),
        enqueue("retention.keep", {"on": today().isoformat()}, run_after=now()),
        *(
            enqueue(kind, {"until": now().isoformat()}, run_after=now())
            for kind in (CLIMB, LET_GO, END_EMERGENCIES)
        ),
        enqueue("entrance.prune", {"on": today().isoformat()}, run_after=now()),
        enqueue("cache.prune", {"before": midnight.isoformat()}, run_after=now()),
        *(enqueue("trail.seal", {"trail": trail}, run_after=now()) for trail in trails.TRAILS),
        *(
            enqueue("trail.drop", {"trail": trail, "on": today().isoformat()}, run_after=now())
            for trail in trails.TRAILS
        ),
    ]
