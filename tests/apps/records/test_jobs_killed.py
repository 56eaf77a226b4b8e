"""kill -9 at random moments: the database ends as if nobody had been killed, on either kind of database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

WORKER = Path(__file__).with_name("killed_worker.py")
KILLS, SEED = 8, 20261123


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of the kind that the tests run on, which other processes may open."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{tmp_path}/killed.sqlite3"
        return
    name = f"sojourn_killed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_killed_workers_leave_what_an_unkilled_one_leaves(own_database: str, tmp_path: Path) -> None:
    ran = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(WORKER), str(KILLS), str(SEED)],
        env={
            **os.environ,
            "DATABASE_URL": own_database,
            "SOJOURN_DATA": str(tmp_path),
            "SOJOURN_DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "sojourn.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    left = json.loads(ran.stdout)
    assert (left["calm"].pop("killed"), left["calm"]["rows"], left["calm"]["done"]) == (0, 1000, 1000)
    assert left["killed"].pop("killed") >= 3
    assert left["killed"] == left["calm"]
