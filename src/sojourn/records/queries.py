"""The trail of acts as an auditor reads it: who did what to which row, by numbers, and how much is sealed."""

import datetime as dt
from dataclasses import dataclass

from sojourn.records.models import AuditEvent, Seal
from sojourn.records.trails import TRAILS


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act. `account` is None for the public and, with `by_system`, for the clock."""

    number: int
    at: dt.datetime
    verb: str
    account: int | None
    by_system: bool
    kind: str
    row: int | None
    count: int


@dataclass(frozen=True, slots=True)
class TrailHead:
    """The last seal of a trail; without one nothing is sealed yet."""

    trail: str
    seals: int
    last_row: int
    sealed_at: dt.datetime | None
    chain_sha256: str


def acts(
    *,
    verb: str = "",
    first: dt.datetime | None = None,
    end: dt.datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[ActLine]:
    """The newest acts of a verb (of any, where it is empty) in [first, end), below the number `before`."""
    rows = AuditEvent.objects.order_by("-pk")
    if verb:
        rows = rows.filter(verb=verb)
    if first is not None:
        rows = rows.filter(at__gte=first)
    if end is not None:
        rows = rows.filter(at__lt=end)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [
        ActLine(
            row.pk,
            row.at,
            row.verb,
            row.actor_account,
            row.by_system,
            row.object_kind,
            row.object_id,
            row.count,
        )
        for row in rows[:limit]
    ]


def trail_heads() -> list[TrailHead]:
    """The last seal of each trail: one query for each."""
    return [_head(trail) for trail in TRAILS]


def _head(trail: str) -> TrailHead:
    last = Seal.objects.filter(trail=trail).order_by("-number").first()
    if last is None:
        return TrailHead(trail, 0, 0, None, "")
    return TrailHead(trail, last.number, last.last_id, last.sealed_at, last.chain_sha256)
