"""Jobs: claimed once, saved chunk by chunk, tried again, handed on, given up."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import IntegrityError

from sojourn.records import jobs
from sojourn.records.jobs import Chunk, Cursor, due_jobs, enqueue, requeue_stale, run_job
from sojourn.records.models import AuditEvent, Job
from sojourn.records.refusal import RefusalError

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 2, 3, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


class HandClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, jobs.Step]]:
    """Kinds of this test alone: `count` writes three rows a chunk until it has written nine."""
    own: dict[str, jobs.Step] = {"count": write_three}
    monkeypatch.setattr(jobs, "KINDS", own)
    return own


def write_three(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
    begin = cursor.get("next", 0)
    AuditEvent.objects.bulk_create(
        AuditEvent(verb="test.count", object_id=number) for number in range(begin, begin + 3)
    )
    return Chunk(3, {"next": begin + 3} if begin < 6 else None, total=9)


def written() -> list[int]:
    rows = AuditEvent.objects.filter(verb="test.count")
    return list(rows.order_by("object_id").values_list("object_id", flat=True))


def kept(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_job_runs_to_its_end_and_counts_what_it_did(clock: HandClock) -> None:
    job = enqueue("count", {}, run_after=START)
    seen: list[tuple[int, int]] = []
    run_job(job.pk, now=clock, watch=lambda row: seen.append((row.done, row.total)))
    assert kept(job).status == Job.Status.DONE
    assert seen == [(3, 9), (6, 9), (9, 9)]
    assert written() == list(range(9))


def test_same_job_is_not_queued_twice_while_it_is_alive(clock: HandClock) -> None:
    first = enqueue("count", {"on": "2026-11-02"}, run_after=START)
    assert enqueue("count", {"on": "2026-11-02"}, run_after=START).pk == first.pk
    assert enqueue("count", {"on": "2026-11-03"}, run_after=START).pk != first.pk
    run_job(first.pk, now=clock)
    assert enqueue("count", {"on": "2026-11-02"}, run_after=START).pk != first.pk


def test_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no kind of job has the code 'cuont'; there are count"):
        enqueue("cuont", {}, run_after=START)


def test_job_that_is_not_due_or_not_waiting_is_left_alone(clock: HandClock) -> None:
    later = enqueue("count", {}, run_after=START + SECOND)
    assert due_jobs(START) == []
    assert run_job(later.pk, now=clock) is None
    Job.objects.filter(pk=later.pk).update(status=Job.Status.RUNNING, run_after=START)
    assert run_job(later.pk, now=clock) is None
    assert written() == []


def test_failing_chunk_leaves_nothing_and_is_tried_again_later(
    clock: HandClock, kinds: dict[str, jobs.Step]
) -> None:
    def fail_once_after_writing(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
        chunk = write_three(arguments, cursor)
        if cursor == {"next": 3} and clock.at == START:
            raise IntegrityError("Ada Lovelace, 12 Dorset Street")
        return chunk

    kinds["count"] = fail_once_after_writing
    job = enqueue("count", {}, run_after=START)
    run_job(job.pk, now=clock)
    row = kept(job)
    assert (row.status, row.done, row.cursor) == (Job.Status.WAITING, 3, {"next": 3})
    assert written() == [0, 1, 2]
    assert row.run_after == START + jobs.FIRST_WAIT
    assert row.error.startswith("IntegrityError at test_jobs.py:")
    assert "Lovelace" not in row.error
    clock.at = row.run_after
    run_job(job.pk, now=clock)
    assert kept(job).status == Job.Status.DONE
    assert written() == list(range(9))


def test_job_without_progress_fails_after_five_attempts_with_growing_waits(
    clock: HandClock, kinds: dict[str, jobs.Step]
) -> None:
    def fail(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
        raise ZeroDivisionError

    kinds["count"] = fail
    job = enqueue("count", {}, run_after=START)
    waits = []
    for _ in range(jobs.MOST_ATTEMPTS):
        run_job(job.pk, now=clock)
        waits.append((kept(job).run_after - clock.at).total_seconds())
        clock.at = kept(job).run_after
    assert waits == [15, 60, 240, 960, 3840]
    assert kept(job).status == Job.Status.FAILED
    assert due_jobs(clock.at) == []


def test_refused_job_fails_at_once_with_the_code_of_the_rule(
    clock: HandClock, kinds: dict[str, jobs.Step]
) -> None:
    def refuse(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
        raise RefusalError("offer.lapsed", "The offer to Ada has lapsed.")

    kinds["count"] = refuse
    job = enqueue("count", {}, run_after=START)
    run_job(job.pk, now=clock)
    assert (kept(job).status, kept(job).error) == (Job.Status.FAILED, "refused: offer.lapsed")


def test_stopped_worker_hands_the_job_back_between_chunks(clock: HandClock) -> None:
    job = enqueue("count", {}, run_after=START)
    seen: list[int] = []
    run_job(job.pk, now=clock, stopping=lambda: len(seen) == 1, watch=lambda row: seen.append(row.done))
    assert (kept(job).status, kept(job).done) == (Job.Status.WAITING, 3)
    run_job(job.pk, now=clock)
    assert written() == list(range(9))


def test_stale_job_is_handed_on_and_its_former_worker_writes_nothing_more(clock: HandClock) -> None:
    job = enqueue("count", {}, run_after=START)

    def be_overtaken(row: Job) -> None:
        if row.done == 3:
            clock.at += jobs.STALE_AFTER + SECOND
            assert requeue_stale(clock.at) == 1
            run_job(job.pk, now=clock)

    assert run_job(job.pk, now=clock, watch=be_overtaken) is None
    assert kept(job).status == Job.Status.DONE
    assert written() == list(range(9))


def test_living_job_is_not_stale(clock: HandClock) -> None:
    job = enqueue("count", {}, run_after=START)
    run_job(job.pk, now=clock, watch=lambda _row: requeue_stale(clock.at + jobs.STALE_AFTER))
    assert kept(job).status == Job.Status.DONE


def test_job_that_kills_its_worker_every_time_fails_in_the_end(clock: HandClock) -> None:
    job = enqueue("count", {}, run_after=START)
    Job.objects.update(status=Job.Status.RUNNING, heartbeat_at=START, attempts=jobs.MOST_ATTEMPTS)
    assert requeue_stale(START + jobs.STALE_AFTER + SECOND) == 1
    assert kept(job).status == Job.Status.FAILED


def test_two_workers_cannot_claim_the_same_job(clock: HandClock, kinds: dict[str, jobs.Step]) -> None:
    job = enqueue("count", {}, run_after=START)
    inside: list[Job | None] = []

    def race(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
        inside.append(run_job(job.pk, now=clock))
        return Chunk(1, None)

    kinds["count"] = race
    run_job(job.pk, now=clock)
    assert inside == [None]
    assert kept(job).done == 1
