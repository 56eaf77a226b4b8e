"""`sojourn worker|tick`: the work that no page waits for."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from django.db import OperationalError, connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sojourn.cli.clock import now
from sojourn.cli.failing import Exit
from sojourn.cli.mailing import send_mail
from sojourn.cli.tasks import ask_for_seals, nightly
from sojourn.cli.tending import finish_erasures, replay_ledger
from sojourn.connections.actions.sending import send_due
from sojourn.entrance.models import LogIn
from sojourn.records.jobs import due_jobs, requeue_stale, run_job
from sojourn.records.models import Job

LOOK_EVERY = 2.0
"""Seconds between two looks for due jobs; a job whose worker was killed waits at most this much more."""
console = Console(highlight=False, soft_wrap=True)


def worker(
    once: Annotated[bool, typer.Option("--once", help="Stop when no job is due.")] = False,
) -> None:
    """Carry out background jobs as they fall due, until it is asked to stop (SIGTERM, Ctrl+C).

    The chunk at hand is finished first. After a kill -9 another worker carries on where the last saved chunk
    ended.
    """
    with _asked_to_stop() as stopping, _bars() as bars:
        while not stopping:
            try:
                requeue_stale(now())
                ask_for_seals()
                _run_due(stopping, bars)
                send_mail(lambda: bool(stopping))
                finish_erasures()
                send_due(now)
            except OperationalError as error:
                if once:
                    raise
                console.print(f"[yellow]The database does not answer, trying again: {error}[/]")
                connection.close()
            if once and not due_jobs(now()):
                break
            if not stopping:
                time.sleep(LOOK_EVERY)


def tick() -> None:
    """Do the nightly work now: lapse offers, let go what is over, hand on jobs of dead workers. For cron."""
    handed_on = requeue_stale(now())
    replayed = replay_ledger()
    jobs = nightly()
    with _asked_to_stop() as stopping, _bars() as bars:
        _run_due(stopping, bars)
        send_mail(lambda: bool(stopping))
        send_due(now)
    if not finish_erasures():
        console.print("The database is busy: erased rows leave its log with the next tick.")
    waiting = Job.objects.filter(pk__in=[job.pk for job in jobs]).exclude(status=Job.Status.DONE)
    console.print(f"{len(jobs) - waiting.count()} of {len(jobs)} nightly jobs done, {handed_on} handed on.")
    for job in waiting:
        console.print(f"[red]{job.kind}[/]: {job.status}, {job.error or 'another worker has it'}")
    if replayed:
        console.print(f"{replayed} people were back since a restore, and are erased again.")
    console.print(f"{LogIn.objects.count()} log-ins are live.")
    if waiting.filter(status=Job.Status.FAILED).exists():
        raise typer.Exit(Exit.REFUSED)


def _run_due(stopping: list[int], bars: Progress) -> None:
    for job_id in due_jobs(now()):
        if stopping:
            return
        bar = bars.add_task(f"job {job_id}", total=None)

        def show(job: Job, bar: object = bar) -> None:
            bars.update(bar, description=job.kind, completed=job.done, total=job.total or None)  # type: ignore[arg-type]

        left = run_job(job_id, now=now, stopping=lambda: bool(stopping), watch=show)
        if left is not None and left.error:
            console.print(f"[yellow]{left.kind}[/] ({left.status}): {left.error}")
        bars.remove_task(bar)


@contextmanager
def _asked_to_stop() -> Iterator[list[int]]:
    """A list that is empty until a signal asks the process to stop."""
    signals: list[int] = []
    former = {
        number: signal.signal(number, lambda received, _frame: signals.append(received))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield signals
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _bars() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
