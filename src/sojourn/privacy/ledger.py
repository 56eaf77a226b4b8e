"""The erasure ledger outside the database: one line per erasure, each with a hash that chains it to the last.

A backup is older than the erasures after it, so a table alone would forget them with every restore. The
file holds a moment and a random key, which leads to nobody once the person is gone. It is written, and on
the disk, before a single row of the person goes: after a crash in between, the erasure is done again.
"""

import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

BEGINNING = "0" * 16


class LedgerError(Exception):
    """The file was changed: the line that is named does not follow from the one before."""


def read(file: Path) -> dict[UUID, dt.datetime]:
    """Whom to erase again, with the moment of the erasure; empty where there is no file yet."""
    if not file.exists():
        return {}
    return _checked(file.read_text(encoding="ascii"), file.name)[0]


def append(file: Path, keys: Iterable[UUID], *, at: dt.datetime) -> None:
    """Add the keys that the file lacks, and wait until they are on the disk."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        known, chain = _checked(ledger.read(), file.name)
        for key in keys:
            if key not in known:
                told = f"{at.astimezone(dt.UTC).isoformat()} {key}"
                chain = _link(chain, told)
                ledger.write(f"{told} {chain}\n")
        ledger.flush()
        os.fsync(ledger.fileno())


def _checked(text: str, name: str) -> tuple[dict[UUID, dt.datetime], str]:
    found: dict[UUID, dt.datetime] = {}
    chain = BEGINNING
    for number, line in enumerate(text.splitlines(), 1):
        told, _blank, link = line.rpartition(" ")
        chain = _link(chain, told)
        if link != chain:
            raise LedgerError(
                f"line {number} of {name} was changed; bring an untouched copy of the file back"
            )
        moment, key = told.split(" ")
        found[UUID(key)] = dt.datetime.fromisoformat(moment)
    return found, chain


def _link(chain: str, told: str) -> str:
    return hashlib.sha256(f"{chain} {told}".encode()).hexdigest()[:16]
