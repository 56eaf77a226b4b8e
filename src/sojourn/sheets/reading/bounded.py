"""Run the reader in a child process: a file that breaks it, or is too large for it, breaks only that."""

import json
import resource
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sojourn.sheets.reading.limits import UnreadableFileError
from sojourn.sheets.reading.staging import blobs_of

MEMORY_MIB = 1400
"""Address space of the child. Half a million rows of twelve columns of XLSX stay below 700 MiB resident."""
SECONDS = 120
PACKAGES = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Staged:
    """What is known of the file (`tables`, `notes`), and its chunks in the order of the tables."""

    tables: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    chunks: Iterator[bytes]


@contextmanager
def read_bounded(path: Path, name: str, known: Collection[str], encoding: str = "") -> Iterator[Staged]:
    """The tables of a file, read by a child within bounds; gone from disk when the block ends.

    Raises:
        UnreadableFileError: With the reason, also where the child ran out of memory, of time, or broke.
    """
    with TemporaryDirectory(prefix="sojourn-sheet-") as folder:
        out, words = Path(folder, "chunks"), Path(folder, "words")
        words.write_text(json.dumps(sorted(known)), encoding="utf-8")
        told = _told([str(path), name, str(out), str(words), encoding])
        if "unreadable" in told:
            raise UnreadableFileError(told["unreadable"], **told["values"])
        with out.open("rb") as file:
            yield Staged(told["tables"], told["notes"], blobs_of(file))


def _told(arguments: list[str]) -> dict[str, Any]:
    try:
        ran = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "sojourn.sheets.reading", *arguments],
            env={"PYTHONPATH": str(PACKAGES), "PYTHONUTF8": "1", "PATH": ""},
            capture_output=True,
            timeout=SECONDS,
            check=False,
            preexec_fn=_bounds,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFileError("file.slow", seconds=SECONDS) from None
    if ran.returncode:
        raise UnreadableFileError("file.broke_reader")
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def _bounds() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MIB * 2**20, MEMORY_MIB * 2**20))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
