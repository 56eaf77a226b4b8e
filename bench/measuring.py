"""Measuring: medians of our own calls, and of peers in a child process that may run too long."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from importlib.util import find_spec
from multiprocessing.connection import Connection
from statistics import median
from typing import NamedTuple

_MIB = 1 << 20


class Peer(NamedTuple):
    """How a peer fared: seconds, or None and the reason why there are none."""

    name: str
    seconds: float | None


def median_time(call: Callable[[], object], repeat: int = 9) -> float:
    """The median duration of several calls after one that warms up, in seconds."""
    call()
    return median(_duration(call) for _ in range(repeat))


def peak_mib() -> float:
    """The largest resident size that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def time_peer(
    module: str, call: Callable[[], object], *, timeout_s: float, memory_mib: int = 4096
) -> Peer | None:
    """One call of a peer in a child process; None where the peer's module is not installed.

    What goes wrong (time out, memory out, an exception) is told in the name: `apportionment (out of memory)`.
    """
    if find_spec(module) is None:
        return None
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    child = context.Process(target=_report, args=(writer, call, memory_mib))
    child.start()
    writer.close()
    told = _told(reader, timeout_s)
    child.kill()
    child.join()
    return Peer(module, told) if isinstance(told, float) else Peer(f"{module} ({told})", None)


def _told(reader: Connection, timeout_s: float) -> float | str:
    if not reader.poll(timeout_s):
        return f"over {timeout_s:.0f} s"
    try:
        told: float | str = reader.recv()
    except EOFError:
        return "killed"
    return told


def _report(writer: Connection, call: Callable[[], object], memory_mib: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib * _MIB, memory_mib * _MIB))
    try:
        writer.send(_duration(call))
    except MemoryError:
        writer.send("out of memory")
    except Exception as failure:  # noqa: BLE001 -- a peer may fail in any way; the table says how
        writer.send(type(failure).__name__)


def _duration(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
