"""The two trails, of acts and of reads: sealed stretch by stretch into a chain of hashes, checked, let go.

A row is written without waiting for a chain (one chain for all writers would let through some hundred rows
a second); a minute or so later the new rows are sealed together. Whoever changes, removes or adds a row
of a sealed stretch breaks its hash; whoever changes a seal breaks the chain from there on; whoever writes the
whole chain anew arrives at another head than the one that was noted elsewhere. Why: docs/decisions.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from sojourn.records.models import AuditEvent, PersonRead, Seal

TRAILS: dict[str, type[AuditEvent] | type[PersonRead]] = {"audit": AuditEvent, "reads": PersonRead}
KEPT_YEARS = 2
"""Stretches whose newest row is older may be dropped; the database itself refuses any earlier."""
ROWS_IN_A_SEAL = 5_000
SEAL_AFTER = dt.timedelta(minutes=10)
"""How long a row may wait for its seal where a worker runs."""
BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of one trail found: `fault` names the first broken place, or is empty.

    `head` is the chain's last hash: noted elsewhere, it proves later that nothing before it was rewritten.
    """

    trail: str
    seals: int
    rows: int
    dropped: int
    unsealed: int
    head: str
    fault: str = ""


def needs_seal(trail: str, at: dt.datetime) -> bool:
    """Whether a row has waited long enough."""
    return _unsealed(trail).filter(at__lt=at - SEAL_AFTER).exists()


def seal(trail: str, *, at: dt.datetime) -> int:
    """Seal the next stretch of a trail, at most ROWS_IN_A_SEAL rows; gives how many were sealed.

    Runs inside the caller's transaction. On PostgreSQL it waits until nobody is in the middle of writing a
    row, so that none with a lower number turns up later; a wait over two seconds is given up.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(f"LOCK TABLE {TRAILS[trail]._meta.db_table} IN SHARE MODE")
    rows = _values(_unsealed(trail))[:ROWS_IN_A_SEAL]
    written = list(rows)
    if not written:
        return 0
    last = _seals(trail).last()
    fresh = Seal(
        trail=trail,
        number=last.number + 1 if last else 1,
        first_id=last.last_id + 1 if last else min(1, written[0]["id"]),
        last_id=written[-1]["id"],
        rows=len(written),
        rows_sha256=_rows_sha256(written),
        newest_at=max(row["at"] for row in written),
        sealed_at=at,
    )
    fresh.chain_sha256 = _chain_sha256(last.chain_sha256 if last else BEGINNING, fresh)
    Seal.objects.bulk_create([fresh])
    return len(written)


def drop_old(trail: str, *, on: dt.date) -> int | None:
    """Let the oldest stretch go whose time is over; gives how many rows went, None when there is no such."""
    over = dt.datetime.combine(years_before(on, KEPT_YEARS), dt.time(), dt.UTC)
    oldest = _seals(trail).filter(dropped_on=None).first()
    if oldest is None or oldest.newest_at >= over:
        return None
    Seal.objects.filter(pk=oldest.pk).update(dropped_on=on)
    gone, _by_table = TRAILS[trail].objects.filter(id__range=(oldest.first_id, oldest.last_id)).delete()
    return gone


def count_old(trail: str, *, on: dt.date) -> int:
    """How many rows `drop_old` would let go by and by."""
    over = dt.datetime.combine(years_before(on, KEPT_YEARS), dt.time(), dt.UTC)
    found = _seals(trail).filter(dropped_on=None)
    kept = found.filter(newest_at__gte=over).values_list("number", flat=True).first()
    going = found if kept is None else found.filter(number__lt=kept)
    return sum(going.values_list("rows", flat=True))


def verify(trail: str, *, holds: str = "") -> Verdict:
    """Recompute every seal of a trail. With `holds`, a head noted earlier must be in the chain."""
    chain, rows, dropped, number, last_id, met = BEGINNING, 0, 0, 0, 0, not holds
    fault = ""
    for row in _seals(trail).iterator():
        fault = _fault_of(row, chain, number, last_id)
        if fault:
            break
        chain, number, last_id = row.chain_sha256, row.number, row.last_id
        rows += row.rows if row.dropped_on is None else 0
        dropped += row.rows if row.dropped_on else 0
        met = met or chain == holds
    if not fault and not met:
        fault = "the head that was noted is not in the chain: it was written anew"
    return Verdict(trail, number, rows, dropped, _unsealed(trail).count(), chain, fault)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day of an earlier year; the 28th for a 29th of February that is missing."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _fault_of(row: Seal, chain: str, number: int, last_id: int) -> str:
    where = f"seal {row.number} (rows {row.first_id} to {row.last_id})"
    if row.number != number + 1:
        return f"seal {number + 1} is missing"
    if (number and row.first_id != last_id + 1) or row.chain_sha256 != _chain_sha256(chain, row):
        return f"{where} does not follow from the one before: it was changed"
    written = list(_values(TRAILS[row.trail].objects.filter(id__range=(row.first_id, row.last_id))))
    if row.dropped_on is not None:
        return f"{where} was dropped, but rows are there" if written else ""
    if _rows_sha256(written) != row.rows_sha256:
        return f"{where} holds {len(written)} of {row.rows} rows, or other ones: a row was changed"
    return ""


def _seals(trail: str) -> QuerySet[Seal]:
    return Seal.objects.filter(trail=trail).order_by("number")


def _unsealed(trail: str) -> QuerySet[Any]:
    last = Seal.objects.filter(trail=trail).aggregate(last=Max("last_id"))["last"]
    return TRAILS[trail].objects.filter(id__gt=last or 0)


def _values(rows: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    return rows.order_by("id").values(*(field.attname for field in rows.model._meta.fields))


def _rows_sha256(rows: list[dict[str, Any]]) -> str:
    """The hash over one line of JSON per row, its columns in the order of their names, moments in UTC."""
    lines = hashlib.sha256()
    for row in rows:
        told = {**row, "at": row["at"].astimezone(dt.UTC).isoformat(timespec="microseconds")}
        lines.update(json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    return lines.hexdigest()


def _chain_sha256(before: str, row: Seal) -> str:
    told = f"{before} {row.trail} {row.number} {row.first_id} {row.last_id} {row.rows} {row.rows_sha256}"
    return hashlib.sha256(told.encode()).hexdigest()
