"""How many requests a program may make, counted beside the database, so that reading never writes to it.

All processes of a machine share one small file of counters. It holds no address and no key, only a keyed
hash of either, and nothing that would be missed: where it cannot be written, requests pass.
"""

import datetime as dt
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

WINDOW = 60
"""Seconds."""
WITH_TOKEN, WITHOUT_TOKEN = 600, 120
"""Requests in a window: of one token, of one address without a token."""
_TABLE = "CREATE TABLE IF NOT EXISTS spent (who TEXT PRIMARY KEY, since INT, used INT) WITHOUT ROWID"
_COUNT = """
    INSERT INTO spent (who, since, used) VALUES (?1, ?2, 1)
    ON CONFLICT (who) DO UPDATE
    SET used = CASE WHEN since = ?2 THEN used + 1 ELSE 1 END, since = ?2
    RETURNING used
"""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of a window after a request; `reset` is in seconds from now."""

    limit: int
    used: int
    reset: int

    @property
    def is_spent(self) -> bool:
        """Whether the request was one too many."""
        return self.used > self.limit

    def headers(self) -> dict[str, str]:
        """What the program is told of it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.reset),
        }


def spend(who: str, limit: int, *, at: dt.datetime) -> Budget:
    """Count one request of a token or an address in the present window."""
    second = int(at.timestamp())
    since = second - second % WINDOW
    hashed = salted_hmac("sojourn.api.limits", who, algorithm="sha256").hexdigest()
    try:
        used = _count(hashed, since)
    except (sqlite3.Error, OSError) as error:
        error_kind = type(error).__name__
        log.warning("requests are not counted: %s", error_kind)
        used = 0
    return Budget(limit, used, since + WINDOW - second)


def _count(hashed: str, since: int) -> int:
    with closing(sqlite3.connect(settings.DATA / "rates.sqlite3", timeout=1, isolation_level=None)) as store:
        store.execute("PRAGMA synchronous=OFF")
        store.execute(_TABLE)
        [used] = store.execute(_COUNT, (hashed, since)).fetchall()[0]
        if used == 1:  # forget who has not come back
            store.execute("DELETE FROM spent WHERE since < ?", (since - 60 * WINDOW,))
        return int(used)
