"""kill -9 at random moments: the database ends as if nobody had been killed, on either kind of database."""

import json
import subprocess
import sys
from pathlib import Path

from own_database import own_database

WORKER = Path(__file__).with_name("killed_worker.py")
KILLS, SEED = 8, 20261123


def test_killed_workers_leave_what_an_unkilled_one_leaves(tmp_path: Path) -> None:
    with own_database(tmp_path, "killed") as environment:
        ran = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, str(WORKER), str(KILLS), str(SEED)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    left = json.loads(ran.stdout)
    assert (left["calm"].pop("killed"), left["calm"]["rows"], left["calm"]["done"]) == (0, 1000, 1000)
    assert left["killed"].pop("killed") >= 3
    assert left["killed"] == left["calm"]
