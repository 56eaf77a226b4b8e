"""A site's life on a database of its own: init, import, backup, damage, restore, nightly work, doctor."""

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from own_database import own_database
from sojourn.cli import main
from sojourn.cli.copies import PostgreSQL, SQLite
from sojourn.cli.failing import CommandFailedError
from sojourn.cli.officers import appoint_officer
from sojourn.registry.actions import insert_below

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/two-rivers"
PASSWORD = "a long pass phrase 77"
REGISTER = ("import", "organisations", EXAMPLE / "institutions.csv", "--set", "kind=school", "--apply")


class Site:
    """Runs `sojourn` as a shell would."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder

    def run(self, *arguments: object, code: int = 0, **settings: str) -> str:
        """What the command prints; its exit code must be `code`."""
        ran = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", "from sojourn.cli import main; main()", *map(str, arguments)],
            env={**self.environment, "PYTHONPATH": str(ROOT / "src"), **settings},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        return ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the example's plan and one officer."""
    folder = tmp_path_factory.mktemp("site")
    with own_database(folder, "operated") as environment:
        made = Site(environment, folder)
        told = made.run(
            "init",
            *("--plan", EXAMPLE / "plan.toml", "--officer", "Officer@Example.org"),
            SOJOURN_OFFICER_PASSWORD=PASSWORD,
        )
        assert "Version 1 is in force" in told
        yield made


def test_backup_is_proved_and_brought_back(site: Site) -> None:
    copy, cut = site.folder / "copy", site.folder / "cut"
    assert "opened and checked" in site.run("backup", copy)
    assert "3000 added" in site.run(*REGISTER)
    assert "nothing was changed" in site.run("restore", copy, code=1)
    cut.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    assert site.run("restore", cut, "--force", code=2).startswith("sojourn: ")
    assert "tables are back" in site.run("restore", copy, "--force")
    assert "3000 added" in site.run(*REGISTER)


def test_nightly_work_and_worker_finish(site: Site) -> None:
    assert re.search(r"^(\d+) of \1 nightly jobs done", site.run("tick"), re.MULTILINE)
    site.run("worker", "--once")


def test_init_writes_a_key_once_and_only_for_its_owner(tmp_path: Path) -> None:
    with own_database(tmp_path, "keyed") as environment:
        real = Site({**environment, "SOJOURN_DEBUG": "0"}, tmp_path)
        assert "SOJOURN_SECRET_KEY" in real.run("doctor", code=3)
        real.run("init", "--hosts", "youth.example.org")
        settings = tmp_path / "sojourn.env"
        written = settings.read_text()
        assert settings.stat().st_mode & 0o777 == 0o600
        assert "SOJOURN_HOSTS=youth.example.org" in written
        keys = dict(line.split("=", 1) for line in written.splitlines())
        assert len(keys["SOJOURN_FIELD_KEYS"]) == 44
        assert "SOJOURN_FIELD_KEYS" in real.run("doctor", code=3, SOJOURN_SECRET_KEY="x" * 60)
        told = real.run("doctor", code=3, SOJOURN_SECRET_KEY="x" * 60, SOJOURN_FIELD_KEYS="short")
        assert "key 1 of SOJOURN_FIELD_KEYS is not one" in told
        assert "0 values in" in real.run("keys", "rotate", **keys)
        assert "Load it first" in real.run("init", code=3)
        assert settings.read_text() == written


@pytest.mark.django_db
def test_copy_of_something_else_is_refused(tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear officer,")
    copies = SQLite() if connection.vendor == "sqlite" else PostgreSQL()
    with pytest.raises(CommandFailedError):
        copies.prove(letter)


@pytest.mark.django_db
def test_officer_needs_an_office_a_strong_password_and_a_new_address() -> None:
    day = dt.date(2026, 11, 23)
    with pytest.raises(CommandFailedError, match="no coordinating office yet"):
        appoint_officer("first@example.org", PASSWORD, day)
    insert_below([("centre", {"kind": "coordinating_office", "names": {"en": "Centre"}}, None)])
    with pytest.raises(CommandFailedError, match="too short"):
        appoint_officer("first@example.org", "short", day)
    with pytest.raises(CommandFailedError, match="valid email"):
        appoint_officer("first", PASSWORD, day)
    account = appoint_officer("First@Example.org", PASSWORD, day)
    assert [post.role for post in account.memberships.all()] == ["programme_office"]
    with pytest.raises(CommandFailedError, match="has an account already"):
        appoint_officer("first@example.org", PASSWORD, day)


@pytest.mark.django_db
def test_round_of_an_unknown_call_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["run", "freeze", "nothing"])
    assert left.value.code == 2
    assert capsys.readouterr().err == "sojourn: No call has the code 'nothing'. There are: none.\n"
