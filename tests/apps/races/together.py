"""Many people who press a button at the same moment, each over a database connection of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from sojourn.records.refusal import RefusalError

MOST_AT_ONCE = {"sqlite": 40, "postgresql": 24}
"""Connections. A server for tests takes about 100 in all; whoever finds none waits for one, as in a pool."""

DONE = "done"


def together(acts: Sequence[Callable[[], object]]) -> list[str]:
    """What became of each act: `done`, or the code with which it was refused; any other error is raised."""
    at_once = min(len(acts), MOST_AT_ONCE[connection.vendor])
    start = Barrier(at_once, timeout=60)

    def connect_and_wait() -> None:
        connection.ensure_connection()
        start.wait()

    with ThreadPoolExecutor(at_once, initializer=connect_and_wait) as threads:
        outcomes = list(threads.map(_outcome, acts))
        list(threads.map(lambda _thread: (start.wait(), connection.close()), range(at_once)))
    return outcomes


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except RefusalError as refusal:
        return refusal.code
    return DONE
