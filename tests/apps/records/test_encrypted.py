"""Encrypted columns: unreadable without the keys, bound to their place, never looked up, keys can change."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from sojourn.records import rotation
from sojourn.records.encrypted import EncryptedTextField, UnreadableError, key_faults, new_key
from sojourn.records.jobs import Chunk
from sojourn.records.refusal import RefusalError

pytestmark = pytest.mark.django_db
OLD, NEW = new_key(), new_key()
SECRET = "no nuts, 不吃花生"


@pytest.fixture
def notes(settings) -> Iterator[type[models.Model]]:
    """A table with two encrypted columns, on a site with one key."""
    settings.FIELD_KEYS = [OLD]
    with isolate_apps("sojourn.records"):

        class Note(models.Model):
            text = EncryptedTextField()
            other = EncryptedTextField(null=True)

            class Meta:
                app_label = "records"

            def __str__(self) -> str:
                return "note"

        kind = "integer" if connection.vendor == "sqlite" else "serial"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE records_note (id {kind} PRIMARY KEY, text text, other text)")
        yield Note


def stored(column: str = "text") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM records_note ORDER BY id")  # noqa: S608 - a name of this test
        return [row[0] for row in cursor.fetchall()]


def test_text_comes_back_and_the_database_holds_none_of_it(notes):
    notes.objects.create(text=SECRET, other="")
    row = notes.objects.get()
    assert (row.text, row.other) == (SECRET, "")
    assert all(token.startswith("gAAAA") and "nuts" not in token for token in stored() + stored("other"))


def test_the_same_text_is_stored_differently_each_time(notes):
    notes.objects.bulk_create([notes(text=SECRET), notes(text=SECRET)])
    assert len(set(stored())) == 2
    assert stored("other") == [None, None]


def test_ciphertext_moved_to_another_column_does_not_open(notes):
    notes.objects.create(text=SECRET)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_note SET other = text")
    with pytest.raises(UnreadableError, match=r"records_note\.other") as caught:
        notes.objects.get()
    assert "nuts" not in str(caught.value)


def test_text_does_not_open_with_another_site_s_key(notes, settings):
    notes.objects.create(text=SECRET)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(UnreadableError):
        notes.objects.get()


@pytest.mark.parametrize("lookup", ["text", "text__contains", "text__isnull", "text__gt", "text__length__gt"])
def test_no_lookup_reaches_an_encrypted_column(notes, lookup):
    notes.objects.create(text=SECRET)
    with pytest.raises(FieldError, match="encrypted"):
        notes.objects.filter(**{lookup: "x"}).exists()
    with pytest.raises(FieldError, match="encrypted"):
        notes.objects.exclude(**{lookup: "x"}).exists()


@pytest.mark.parametrize("options", [{"unique": True}, {"db_index": True}, {"choices": [("a", "b")]}])
def test_encrypted_column_with_an_index_or_choices_is_an_error(options):
    with isolate_apps("sojourn.records"):

        class Indexed(models.Model):
            text = EncryptedTextField(**options)

            class Meta:
                app_label = "records"

            def __str__(self) -> str:
                return ""

        assert [fault.id for fault in Indexed._meta.get_field("text").check()] == ["records.E001"]


def test_rotation_moves_every_row_to_the_newest_key(notes, settings):
    notes.objects.bulk_create([notes(text=f"{SECRET} {number}") for number in range(5)])
    settings.FIELD_KEYS = [NEW, OLD]
    assert notes.objects.order_by("pk").first().text == f"{SECRET} 0"
    column = notes._meta.get_field("text")
    first = rotation.rotate_rows(column, after=0, limit=3)
    rest = rotation.rotate_rows(column, after=first[-1], limit=3)
    assert (len(first), len(rest)) == (3, 2)
    settings.FIELD_KEYS = [NEW]
    assert [row.text for row in notes.objects.order_by("pk")] == [f"{SECRET} {number}" for number in range(5)]


def test_rotation_job_goes_through_every_column(notes, settings, monkeypatch):
    notes.objects.bulk_create([notes(text=SECRET, other="two" if number else None) for number in range(5)])
    settings.FIELD_KEYS = [NEW, OLD]
    columns = [notes._meta.get_field(name) for name in ("other", "text")]
    monkeypatch.setattr(rotation, "encrypted_columns", lambda _models: columns)
    monkeypatch.setattr(rotation, "ROWS_AT_ONCE", 2)
    chunk = Chunk(0, {})
    done = 0
    while chunk.cursor is not None:
        chunk = rotation.rotate({}, chunk.cursor)
        done += chunk.done
    assert done == 10
    settings.FIELD_KEYS = [NEW]
    rows = notes.objects.order_by("pk")
    assert [(row.text, row.other) for row in rows] == [(SECRET, None), *[(SECRET, "two")] * 4]


def test_rotation_without_columns_is_done_at_once(monkeypatch):
    monkeypatch.setattr(rotation, "encrypted_columns", lambda _models: [])
    assert rotation.rotate({}, {}) == Chunk(0, None)


def test_rotation_refuses_to_go_on_without_the_key_that_wrote_a_value(notes, settings):
    notes.objects.create(text=SECRET)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(RefusalError) as refused:
        rotation.rotate_rows(notes._meta.get_field("text"), after=0, limit=3)
    assert refused.value.code == "keys.unreadable"
    settings.FIELD_KEYS = [OLD]
    assert notes.objects.get().text == SECRET


@pytest.mark.parametrize(
    ("keys", "faults"),
    [
        ([], ["SOJOURN_FIELD_KEYS is empty: `sojourn keys new` makes a key"]),
        ([OLD, "short"], ["key 2 of SOJOURN_FIELD_KEYS is not one that `sojourn keys new` made"]),
        ([NEW, OLD], []),
    ],
)
def test_faults_of_keys_are_named_without_their_value(settings, keys, faults):
    settings.FIELD_KEYS = keys
    assert key_faults() == faults
