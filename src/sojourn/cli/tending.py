"""The night's work on what is held of people: let go, erase again, write over what is freed."""

import datetime as dt
from collections.abc import Mapping
from itertools import batched
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from sojourn.cli.clock import now, today
from sojourn.privacy import ledger
from sojourn.privacy.actions.erasing import erase_again
from sojourn.privacy.actions.expiring import expire
from sojourn.privacy.models import Erasure
from sojourn.privacy.retention import RULES
from sojourn.records.actor import SYSTEM
from sojourn.records.jobs import Chunk, Cursor, job_kind
from sojourn.registry.models import Person

ROWS_AT_ONCE = 200


@job_kind("retention.keep")
def keep_retention(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
    """Let the next rows go that are over on the day, rule after rule."""
    on = dt.date.fromisoformat(arguments["on"])
    for code in list(RULES)[cursor.get("rule", 0) :]:
        if RULES[code].due(on).exists():
            gone = expire(by=SYSTEM, rule=code, limit=ROWS_AT_ONCE, on=on)
            return Chunk(len(gone), {"rule": list(RULES).index(code)})
    return Chunk(0, None)


def finish_erasures() -> bool:
    """Write over what erasures have freed; whether every one of them is finished by now.

    Outside any transaction. A reader can be in the way of SQLite's log; then the next call finishes.
    """
    waiting = list(Erasure.objects.filter(swept_at=None).order_by("pk").values_list("pk", flat=True))
    if not waiting:
        return True
    if not _written_over():
        return False
    Erasure.objects.filter(pk__in=waiting).update(swept_at=now())
    return True


def _written_over() -> bool:
    """SQLite: deleted rows are zeroed already, their last copies leave the log. PostgreSQL: dead rows go."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(cursor.fetchone()[0] == 0)
        cursor.execute("VACUUM")
    return True


def replay_ledger() -> int:
    """Erase everybody again whom the ledger names and a restore brought back; gives how many were.

    Lines that only the file or only the database has are added to the other, so that neither forgets.
    """
    file = Path(settings.ERASURE_LEDGER)
    ledger.append(file, Erasure.objects.order_by("pk").values_list("key", flat=True), at=now())
    known = set(Erasure.objects.values_list("key", flat=True).order_by())
    back = set(returned())
    missing = [key for key in ledger.read(file) if key in back or key not in known]
    gone = 0
    for keys in batched(missing, ROWS_AT_ONCE):
        gone += len(erase_again(by=SYSTEM, keys=keys, on=today(), at=now()))
    return gone


def returned() -> list[Any]:
    """The keys of people whom the ledger names and who are in the database all the same."""
    found: list[Any] = []
    for keys in batched(ledger.read(Path(settings.ERASURE_LEDGER)), 10_000):
        found += Person.objects.filter(key__in=keys).order_by("pk").values_list("key", flat=True)
    return found
