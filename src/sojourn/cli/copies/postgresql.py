"""PostgreSQL: pg_dump and pg_restore of the machine, in the custom format."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from sojourn.cli.copies.base import Proved, present_tables
from sojourn.cli.failing import CommandFailedError, Exit


class PostgreSQL:
    """Copies of the site's PostgreSQL database."""

    def write(self, file: Path) -> Proved:
        """Dump under a temporary name, prove the dump, then give it its name."""
        unproved = file.with_name(f".{file.name}.unproved")
        try:
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={unproved}")
            proved = self.prove(unproved)
            unproved.rename(file)
        finally:
            unproved.unlink(missing_ok=True)
        return proved

    def prove(self, file: Path) -> Proved:
        """Have pg_restore read every byte of the dump, and find this site's tables in it."""
        listed = _run("pg_restore", "--list", str(file), connect=False)
        tables = {line.split()[6] for line in listed.splitlines() if " TABLE DATA " in line}
        if "registry_organisation" not in tables:
            raise CommandFailedError(f"{file} is a dump, but not one of Sojourn.")
        _run("pg_restore", "--file=/dev/null", str(file), connect=False)
        return Proved(len(tables), file.stat().st_size / 2**20)

    def holds_data(self) -> bool:
        """Whether the present database has tables of this site."""
        return present_tables() > 0

    def bring_back(self, file: Path) -> None:
        """Put the dump in place of the whole schema, in a single transaction."""
        connection.close()
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder) / "restore.sql"
            _run("pg_restore", "--no-owner", f"--file={script}", str(file), connect=False)
            _run(
                "psql",
                "--quiet",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                "--command=DROP SCHEMA public CASCADE",
                "--command=CREATE SCHEMA public",
                f"--file={script}",
            )


def _run(program: str, *arguments: str, connect: bool = True) -> str:
    """The output of a client program; the password goes by the environment, not by the command line."""
    path = shutil.which(program)
    if path is None:
        raise CommandFailedError(
            f"{program} is missing. On Debian or Ubuntu: apt install postgresql-client.", Exit.NO_SITE
        )
    ran = subprocess.run(  # noqa: S603 - a fixed program with our own arguments
        [path, *arguments],
        env={**os.environ, **(_connection_settings() if connect else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        reason = ran.stderr.strip().splitlines()[0] if ran.stderr.strip() else f"exit code {ran.returncode}"
        raise CommandFailedError(f"{reason}.", Exit.NO_SITE if connect else Exit.BAD_INPUT)
    return ran.stdout


def _connection_settings() -> dict[str, str]:
    database: Mapping[str, Any] = settings.DATABASES["default"]
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    return {variable: str(database[key]) for variable, key in names.items() if database.get(key)}
