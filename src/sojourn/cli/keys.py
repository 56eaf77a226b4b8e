"""`sojourn keys rotate`: everything encrypted is written anew under the newest key."""

from django.apps import apps
from rich.console import Console

from sojourn.cli.clock import now
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.entrance import factors
from sojourn.records.encrypted import encrypted_columns, key_faults
from sojourn.records.jobs import enqueue, run_job
from sojourn.records.models import Job
from sojourn.records.rotation import KIND

console = Console(highlight=False, soft_wrap=True)


def rotate() -> None:
    """Write every encrypted value anew with the first key, so that the older ones can be taken away.

    A job of its own: after a kill, this command or a worker carries it on.
    """
    faults = key_faults()
    if faults:
        raise CommandFailedError(f"{'; '.join(faults)}.", Exit.NO_SITE)
    done = _run(KIND)
    columns = len(encrypted_columns(apps.get_models()))
    console.print(f"[green]✓[/] {done} values in {columns} columns are under the first key.")
    console.print(f"[green]✓[/] So are {_run(factors.KIND)} second factors.")


def _run(kind: str) -> int:
    """Run the job of this kind to its end; gives back how many values it wrote."""
    job = run_job(enqueue(kind, {}, run_after=now()).pk, now=now)
    if job is None:
        raise CommandFailedError(
            "A worker is rotating already; run this again when it is done.", Exit.REFUSED
        )
    if job.status != Job.Status.DONE:
        raise CommandFailedError(
            f"Not all values could be written anew ({job.error}). Mend that, then rotate again.", Exit.REFUSED
        )
    return job.done
