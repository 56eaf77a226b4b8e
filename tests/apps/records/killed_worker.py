"""A worker that is killed at random moments: run by test_jobs_killed.py on a database of its own.

    killed_worker.py KILLS SEED

Migrates the database of DATABASE_URL and carries out two equal jobs of forty chunks: one in peace; of the
other the worker is killed with SIGKILL, KILLS times, at random moments: each life lasts a random part of
what the calm job took, so that a fast machine kills as often as a slow one. Prints as JSON what each left.
"""

import datetime as dt
import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Mapping
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from sojourn.records.jobs import Chunk, enqueue, job_kind, requeue_stale, run_job  # noqa: E402 - needs set-up
from sojourn.records.models import AuditEvent, Job  # noqa: E402 - likewise

CHUNKS, ROWS = 40, 25
CHUNK_LASTS = 0.004
SHORTEST, LONGEST = 0.02, 0.2  # of the time that the calm job took
FOREVER = 300.0


@job_kind("test.write")
def write(arguments: Mapping[str, Any], cursor: dict[str, Any]) -> Chunk:
    """One chunk: rows that nothing but the cursor keeps from being written twice."""
    number = cursor.get("chunk", 0)
    AuditEvent.objects.bulk_create(
        AuditEvent(verb=arguments["verb"], object_id=number * ROWS + row) for row in range(ROWS)
    )
    time.sleep(CHUNK_LASTS)
    return Chunk(ROWS, {"chunk": number + 1} if number + 1 < CHUNKS else None, total=CHUNKS * ROWS)


def live_and_die(job_id: int, lifetime: float, lead: dt.timedelta) -> bool:
    """Start a worker in a process of its own and kill it after its lifetime; whether it was killed."""
    connection.close()  # it must not be shared with the child
    child = os.fork()
    if child == 0:
        run_job(job_id, now=lambda: dt.datetime.now(dt.UTC) + lead)
        os._exit(0)
    end = time.monotonic() + lifetime
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def carry_out(verb: str, kills: int, takes: float, chance: random.Random) -> dict[str, Any]:
    """What the job leaves behind whose worker is killed so often; in peace it `takes` so many seconds."""
    job = enqueue("test.write", {"verb": verb}, run_after=dt.datetime.now(dt.UTC))
    killed, patience = 0, 1.0
    lead = dt.timedelta()  # how far the workers' clock runs ahead, so that nobody waits for staleness
    while (row := Job.objects.get(pk=job.pk)).status != Job.Status.DONE:
        lifetime = takes * chance.uniform(SHORTEST, LONGEST) * patience if killed < kills else FOREVER
        killed += live_and_die(job.pk, lifetime, lead)
        # On a slow machine a life may be too short for any chunk: five of those would fail the job.
        patience = 1.0 if Job.objects.get(pk=job.pk).done > row.done else patience * 2
        lead += dt.timedelta(minutes=1)
        requeue_stale(dt.datetime.now(dt.UTC) + lead)
    return {"killed": killed, "done": row.done, "total": row.total, "cursor": row.cursor, **written(verb)}


def written(verb: str) -> dict[str, Any]:
    """How many rows there are, and a hash that any missing or doubled one would change."""
    rows = AuditEvent.objects.filter(verb=verb).order_by("object_id", "pk")
    listed = ",".join(str(number) for number in rows.values_list("object_id", flat=True))
    return {"rows": rows.count(), "sha256": hashlib.sha256(listed.encode()).hexdigest()}


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    chance = random.Random(int(sys.argv[2]))
    began = time.monotonic()
    calm = carry_out("test.calm", 0, FOREVER, chance)
    killed = carry_out("test.killed", int(sys.argv[1]), time.monotonic() - began, chance)
    sys.stdout.write(json.dumps({"calm": calm, "killed": killed}))
