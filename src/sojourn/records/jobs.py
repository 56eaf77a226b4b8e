"""Background work in chunks that survives a kill at any moment: nothing lost, nothing done twice.

A kind of job is a step: it does one chunk and says where to go on. The chunk, the job's cursor and its counts
are saved in one transaction, so the row always tells how far the work really is. Why not a task queue of
others: docs/decisions/0004.
"""

import datetime as dt
import logging
import traceback
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from sojourn.records.models import Job
from sojourn.records.refusal import RefusalError

STALE_AFTER = dt.timedelta(seconds=20)
"""A running job that has not moved for this long lost its worker; a living one holds its row's lock."""
MOST_ATTEMPTS = 5
"""Attempts in a row without one finished chunk, after which a person has to look."""
FIRST_WAIT = dt.timedelta(seconds=15)
"""Before the second attempt; four times as long before each further one."""

Clock = Callable[[], dt.datetime]
Cursor = dict[str, Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one step did: `done` units of work, and the cursor to go on from; None when all is done.

    `total` is the number of units of the whole job, as soon as a step knows it.
    """

    done: int
    cursor: Cursor | None
    total: int | None = None


Step = Callable[[Mapping[str, Any], Cursor], Chunk]
KINDS: dict[str, Step] = {}


class LostJobError(Exception):
    """Another worker has taken this job over; whatever this one had not saved is rolled back."""


def job_kind(kind: str) -> Callable[[Step], Step]:
    """Register a step under a stable code.

    The step is called with the job's arguments (ids and dates only) and the cursor, {} at first, inside the
    transaction that will save what it did. A chunk should take well under ten seconds.
    """

    def register(step: Step) -> Step:
        if kind in KINDS:
            raise ValueError(f"two kinds of job share the code {kind}")
        KINDS[kind] = step
        return step

    return register


def enqueue(kind: str, arguments: Mapping[str, Any], *, run_after: dt.datetime, total: int = 0) -> Job:
    """Ask for a job. The same one, if it is still waiting or running, is given back instead of a second."""
    if kind not in KINDS:
        raise ValueError(f"no kind of job has the code {kind!r}; there are {', '.join(sorted(KINDS))}")
    live = Job.objects.filter(kind=kind, status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    same = live.filter(arguments=dict(arguments)).order_by("pk").first()
    return same or Job.objects.create(kind=kind, arguments=dict(arguments), run_after=run_after, total=total)


def due_jobs(at: dt.datetime) -> list[int]:
    """The ids of the jobs that wait and may begin, the longest due first."""
    due = Job.objects.filter(status=Job.Status.WAITING, run_after__lte=at)
    return list(due.order_by("run_after", "pk").values_list("pk", flat=True))


def run_job(
    job_id: int,
    *,
    now: Clock,
    stopping: Callable[[], bool] = lambda: False,
    watch: Callable[[Job], None] = lambda _job: None,
) -> Job | None:
    """Carry the job on to its end, chunk by chunk; None when it is not waiting or somebody else took it.

    A failing chunk is rolled back and tried again later; after MOST_ATTEMPTS in a row the job fails, at once
    when a rule refused it. `stopping` is asked between chunks: a yes hands the job back. `watch` sees the
    row after every chunk. Gives back the row as it was left.
    """
    job = _claim(job_id, now())
    if job is None:
        return None
    try:
        while job.status == Job.Status.RUNNING and not stopping():
            job = _advance(job, now)
            watch(job)
        if job.status == Job.Status.RUNNING:
            _save(job, now(), status=Job.Status.WAITING, attempts=0)
    except LostJobError:
        log.warning("job %s: another worker has taken it over", job_id)
        return None
    return job


def requeue_stale(at: dt.datetime) -> int:
    """Hand on the jobs whose worker is gone: they wait again, or fail after MOST_ATTEMPTS. Gives how many."""
    stale = Job.objects.filter(status=Job.Status.RUNNING, heartbeat_at__lt=at - STALE_AFTER)
    failed = stale.filter(attempts__gte=MOST_ATTEMPTS).update(
        status=Job.Status.FAILED, error="its worker was stopped in the same chunk every time"
    )
    return failed + stale.update(status=Job.Status.WAITING, run_after=at)


def _claim(job_id: int, at: dt.datetime) -> Job | None:
    """The job, now running for this worker alone: of many who try, one UPDATE finds the row waiting."""
    ready = Job.objects.filter(pk=job_id, status=Job.Status.WAITING, run_after__lte=at)
    job = ready.first()
    if job is None:
        return None
    beat = _later(at, job.heartbeat_at)
    claimed = ready.filter(heartbeat_at=job.heartbeat_at).update(
        status=Job.Status.RUNNING, heartbeat_at=beat, attempts=F("attempts") + 1, error=""
    )
    if not claimed:
        return None
    job.status, job.heartbeat_at, job.attempts, job.error = Job.Status.RUNNING, beat, job.attempts + 1, ""
    return job


def _advance(job: Job, now: Clock) -> Job:
    """The job after one chunk: all of it is saved, with the cursor behind it, or nothing of it."""
    ahead = copy(job)
    try:
        with transaction.atomic():
            _save(ahead, now())  # takes the row's lock: a second worker waits here, and then finds it lost
            chunk = KINDS[job.kind](job.arguments, dict(job.cursor))
            done = job.done + chunk.done
            _save(
                ahead,
                now(),
                status=Job.Status.DONE if chunk.cursor is None else Job.Status.RUNNING,
                cursor=job.cursor if chunk.cursor is None else chunk.cursor,
                done=done,
                total=max(done, job.total if chunk.total is None else chunk.total),
                attempts=0,
            )
    except LostJobError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a chunk raises is noted, and tried again
        _note_failure(job, error, now())
        return job
    return ahead


def _save(job: Job, at: dt.datetime, **changes: Any) -> None:
    """Write to a job that this worker still holds; its own last heartbeat is the proof.

    Heartbeats of a row only grow, so that the one of a former worker never comes back.
    """
    beat = _later(at, job.heartbeat_at)
    held = Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, heartbeat_at=job.heartbeat_at)
    if not held.update(heartbeat_at=beat, **changes):
        raise LostJobError
    job.heartbeat_at = beat
    for name, value in changes.items():
        setattr(job, name, value)


def _later(at: dt.datetime, last: dt.datetime | None) -> dt.datetime:
    return at if last is None else max(at, last + dt.timedelta(microseconds=1))


def _note_failure(job: Job, error: Exception, at: dt.datetime) -> None:
    """Wait for another attempt, or give up; the note names the kind of error and the line, no value."""
    told = without_values(error)
    log.warning("job %s (%s), attempt %s: %s", job.pk, job.kind, job.attempts, told)
    hopeless = isinstance(error, RefusalError) or job.attempts >= MOST_ATTEMPTS
    _save(
        job,
        at,
        status=Job.Status.FAILED if hopeless else Job.Status.WAITING,
        run_after=at + FIRST_WAIT * 4 ** max(job.attempts - 1, 0),
        error=told,
    )


def without_values(error: Exception) -> str:
    """Where and what kind: the text of an exception may hold what nobody should read in a log."""
    if isinstance(error, RefusalError):
        return f"refused: {error.code}"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno} in {frame.name}"[:300]
