"""Each race runs on its own copy of the test database, thrown away afterwards.

Threads with connections of their own see only what is committed, so a race cannot run inside a test's
transaction; and what it commits cannot be flushed, for the audit trail refuses to be emptied. A copy needs
neither, and it keeps every trigger and constraint in force.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections


@pytest.fixture
def own_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Commit whatever you like: all connections of this test go to a fresh copy of the database."""
    vendor = connections["default"].vendor
    copied = _copied_sqlite(tmp_path) if vendor == "sqlite" else _copied_postgresql()
    with copied as name, _connected_to(name):
        yield


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """New connections, of every thread, go to the database of this name."""
    tested = connections["default"]
    before = tested.settings_dict["NAME"]
    del connections["default"]
    tested.settings_dict["NAME"] = name  # the one dictionary from which connections are made
    try:
        yield
    finally:
        connections["default"].close()
        tested.settings_dict["NAME"] = before
        connections["default"] = tested


@contextmanager
def _copied_sqlite(folder: Path) -> Iterator[str]:
    """A file, because threads that share a database in memory lock each other's tables."""
    copy = str(folder / "race.sqlite3")
    with connections["default"].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [copy])
    yield copy


@contextmanager
def _copied_postgresql() -> Iterator[str]:
    """A database of the same server, made from the test database as its template."""
    tested = connections["default"]
    template, copy = tested.settings_dict["NAME"], f"race_{os.getpid()}_{uuid4().hex[:8]}"
    tested.close()  # a template in use is refused
    with tested._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    try:
        yield copy
    finally:
        with tested._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
