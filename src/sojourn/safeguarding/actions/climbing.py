"""What the clock does: severe incidents that nobody has acknowledged climb, old ones are let go."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sojourn.records.action import action
from sojourn.records.actor import SYSTEM, Actor
from sojourn.records.jobs import Chunk, Cursor, enqueue, job_kind
from sojourn.safeguarding.actions.trail import send_up
from sojourn.safeguarding.models import Incident, Recipient
from sojourn.safeguarding.rules import incidents as rules

CLIMB, LET_GO = "incident.climb", "incident.let_go"


@action(CLIMB, rules.may_climb)
def climb(*, by: Actor, at: dt.datetime) -> list[Incident]:
    """Bring every severe incident that waited too long to the next organisation up; gives back which.

    It climbs again after as long a wait, until it is acknowledged or nobody is left inside.
    """
    climbed = []
    due = Incident.objects.filter(climbs_at__lte=at).select_related("opening").order_by("climbs_at", "pk")
    for incident in due:
        later = at + rules.CLIMBS_AFTER
        held = Incident.objects.filter(pk=incident.pk, climbs_at=incident.climbs_at)
        if not held.update(climbs_at=later):
            continue  # acknowledged, or climbing already, at this very moment
        if send_up(incident, Recipient.Reason.ESCALATED, at) is None:
            Incident.objects.filter(pk=incident.pk, climbs_at=later).update(climbs_at=None)
        else:
            enqueue(CLIMB, {"until": later.isoformat()}, run_after=later)
        climbed.append(incident)
    return climbed


@job_kind(CLIMB)
def climb_step(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Let climb what was due at the moment that the job was asked for."""
    return Chunk(len(climb(by=SYSTEM, at=dt.datetime.fromisoformat(arguments["until"]))), None)


@action(LET_GO, rules.may_let_go)
def let_go(*, by: Actor, at: dt.datetime) -> list[int]:
    """Delete the incidents that were closed longer ago than they are kept; gives back their numbers."""
    over = Incident.objects.filter(status=Incident.Status.CLOSED, closed_at__lt=at - rules.KEPT)
    numbers = list(over.order_by("pk").values_list("pk", flat=True))
    over.filter(pk__in=numbers).delete()
    return numbers


@job_kind(LET_GO)
def let_go_step(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Let go what was over at the moment that the job was asked for."""
    return Chunk(len(let_go(by=SYSTEM, at=dt.datetime.fromisoformat(arguments["until"]))), None)
