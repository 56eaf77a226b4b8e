"""The trails of acts and of reads: append-only, sealed in a chain, dropped after two years and no earlier."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from sojourn.cli import main
from sojourn.records import trails
from sojourn.records.actor import PUBLIC, Actor, Post
from sojourn.records.models import AuditEvent, PersonRead, Seal
from sojourn.records.reads import note_reads
from sojourn.records.refusal import UnseenError

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2021, 5, 1, 12, tzinfo=dt.UTC)
READER = Actor(account_id=7, posts=frozenset({Post("leader", 3), Post("host", 4)}))


def write(trail: str, number: int, at: dt.datetime = NOW) -> None:
    """Rows of either trail, one moment apart."""
    moments = [at + dt.timedelta(seconds=place) for place in range(number)]
    if trail == "audit":
        AuditEvent.objects.bulk_create(AuditEvent(at=moment, verb="test.act") for moment in moments)
    else:
        PersonRead.objects.bulk_create(
            PersonRead(at=moment, person_id=1, account_id=2, view="test.read") for moment in moments
        )


def behind_the_guard(statement: str) -> None:
    """What somebody does who owns the database and takes its triggers off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)
        for _name, sql in guards:
            cursor.execute(sql)


def refused_by_the_database(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.fixture(params=["audit", "reads"])
def trail(request: pytest.FixtureRequest) -> str:
    return request.param


def table(trail: str) -> str:
    return trails.TRAILS[trail]._meta.db_table


def test_trail_is_append_only_in_the_database(trail):
    write(trail, 3)
    trails.seal(trail, at=NOW)
    assert refused_by_the_database(f"UPDATE {table(trail)} SET at = '2020-01-01'")  # noqa: S608
    assert refused_by_the_database(f"DELETE FROM {table(trail)}")  # noqa: S608
    assert refused_by_the_database("DELETE FROM records_seal")
    assert refused_by_the_database("UPDATE records_seal SET rows = 2")
    assert refused_by_the_database("UPDATE records_seal SET dropped_on = '2026-11-23'")
    assert trails.TRAILS[trail].objects.count() == 3


def test_seals_cover_every_row_once_and_hold(trail, monkeypatch):
    monkeypatch.setattr(trails, "ROWS_IN_A_SEAL", 4)
    write(trail, 10)
    assert [trails.seal(trail, at=NOW) for _ in range(4)] == [4, 4, 2, 0]
    write(trail, 1)
    found = trails.verify(trail)
    assert (found.seals, found.rows, found.dropped, found.unsealed, found.fault) == (3, 10, 0, 1, "")
    assert found.head == Seal.objects.get(trail=trail, number=3).chain_sha256


TAMPERINGS = {
    "a row was changed": "UPDATE {table} SET at = '2026-01-01 00:00:00+00' WHERE id = {row}",
    "a row was removed": "DELETE FROM {table} WHERE id = {row}",
    "a seal was changed": "UPDATE records_seal SET rows_sha256 = 'x' WHERE number = 2",
    "a seal was removed": "DELETE FROM records_seal WHERE number = 2",
    "a seal says dropped": "UPDATE records_seal SET dropped_on = '2026-01-01' WHERE number = 2",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found_at_its_place(trail, monkeypatch, statement):
    monkeypatch.setattr(trails, "ROWS_IN_A_SEAL", 3)
    write(trail, 9)
    while trails.seal(trail, at=NOW):
        pass
    assert trails.verify(trail).fault == ""
    row = Seal.objects.get(trail=trail, number=2).first_id + 1
    behind_the_guard(statement.format(table=table(trail), row=row))
    assert "seal 2" in trails.verify(trail).fault
    assert trails.verify(trail).seals == 1


def test_row_put_in_afterwards_is_found(trail):
    write(trail, 3)
    rows = trails.TRAILS[trail].objects.order_by("id")
    behind_the_guard(f"DELETE FROM {table(trail)} WHERE id = {rows[1].pk}")  # noqa: S608
    gap = rows.first().pk + 1
    trails.seal(trail, at=NOW)
    assert trails.verify(trail).fault == ""
    trails.TRAILS[trail].objects.bulk_create([type(rows[0])(id=gap, at=NOW, **columns(trail))])
    assert "seal 1" in trails.verify(trail).fault


def columns(trail: str) -> dict[str, object]:
    return {"verb": "x.y"} if trail == "audit" else {"person_id": 1, "account_id": 1, "view": "x"}


def test_chain_written_anew_lacks_the_head_that_was_noted(trail):
    write(trail, 4)
    trails.seal(trail, at=NOW)
    noted = trails.verify(trail).head
    write(trail, 2)
    trails.seal(trail, at=NOW)
    assert trails.verify(trail, holds=noted).fault == ""
    behind_the_guard(f"DELETE FROM {table(trail)} WHERE id = (SELECT min(id) FROM {table(trail)})")  # noqa: S608
    behind_the_guard("DELETE FROM records_seal")
    trails.seal(trail, at=NOW)
    assert trails.verify(trail).fault == ""
    assert "written anew" in trails.verify(trail, holds=noted).fault


def test_stretch_goes_after_two_years_and_the_chain_still_holds(trail, monkeypatch):
    monkeypatch.setattr(trails, "ROWS_IN_A_SEAL", 3)
    write(trail, 5, at=LONG_AGO)
    write(trail, 4)
    while trails.seal(trail, at=NOW):
        pass
    head = trails.verify(trail).head
    assert trails.count_old(trail, on=NOW.date()) == 3
    assert [trails.drop_old(trail, on=NOW.date()) for _ in range(2)] == [3, None]
    found = trails.verify(trail)
    assert (found.rows, found.dropped, found.head, found.fault) == (6, 3, head, "")
    assert trails.TRAILS[trail].objects.count() == 6
    trails.TRAILS[trail].objects.bulk_create([trails.TRAILS[trail](id=1, at=LONG_AGO, **columns(trail))])
    assert "was dropped, but rows are there" in trails.verify(trail).fault


@pytest.mark.parametrize(
    ("newest", "goes"),
    [
        (dt.datetime(2024, 11, 22, 23, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2024, 11, 23, tzinfo=dt.UTC), False),
    ],
)
def test_two_years_are_counted_to_the_day(trail, newest, goes, monkeypatch):
    write(trail, 1, at=newest)
    trails.seal(trail, at=NOW)
    assert (trails.count_old(trail, on=NOW.date()) == 1) is goes


def test_row_waits_ten_minutes_for_its_seal(trail):
    write(trail, 1)
    assert not trails.needs_seal(trail, NOW + dt.timedelta(minutes=10))
    assert trails.needs_seal(trail, NOW + dt.timedelta(minutes=10, seconds=1))


def test_command_names_the_broken_trail(capsys):
    write("reads", 3)
    write("audit", 3)
    for name in trails.TRAILS:
        trails.seal(name, at=NOW)
    head = trails.verify("reads").head
    with pytest.raises(SystemExit) as left:
        main(["verify-log", "--holds", head])
    assert (left.value.code, capsys.readouterr().out.count("✓")) == (0, 2)
    behind_the_guard("DELETE FROM records_personread WHERE id = (SELECT max(id) FROM records_personread)")
    with pytest.raises(SystemExit) as left:
        main(["verify-log"])
    assert left.value.code == 1
    assert "reads: seal 1 " in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        main(["verify-log", "--holds", "0" * 64])
    assert left.value.code == 1


def test_reads_of_many_people_are_one_insert(django_assert_num_queries):
    with django_assert_num_queries(1):
        note_reads(by=READER, people=range(1, 41), organisation_id=4, view="roster.read", kind="export")
    rows = PersonRead.objects.order_by("person_id").values_list("person_id", "kind", "role", "account_id")
    assert list(rows) == [(number, "export", "host", 7) for number in range(1, 41)]


def test_nobody_reads_unnamed():
    with pytest.raises(UnseenError):
        note_reads(by=PUBLIC, people=[1], organisation_id=4, view="roster.read")
    assert PersonRead.objects.count() == 0
