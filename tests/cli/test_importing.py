"""`sojourn import`: all or nothing, every refused value named, never-held columns dropped unread."""

from pathlib import Path

import pytest

from sojourn.cli import main
from sojourn.records.models import AuditEvent
from sojourn.registry.actions import insert_below
from sojourn.registry.models import Organisation

pytestmark = pytest.mark.django_db
HEADER = "urn,name,town,easting,northing,region,level"
SOUND = "100001,Hill School,Derby,435000,336000,derby,primary"


@pytest.fixture(autouse=True)
def offices() -> None:
    """A coordinating office and one regional office."""
    (root,) = insert_below([("centre", {"kind": "coordinating_office", "names": {"en": "Centre"}}, None)])
    insert_below([("derby", {"kind": "regional_office", "names": {"en": "Derby"}}, root)])


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "schools.csv"


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """What is printed, on a terminal wide enough for the table."""
    monkeypatch.setattr("sojourn.cli.importing.console.width", 200)
    return capsys


def run(sheet: Path, *arguments: str) -> int:
    try:
        main(["import", str(sheet), *arguments])
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def schools() -> list[str]:
    return list(Organisation.objects.filter(kind="school").values_list("code", flat=True))


def test_dry_run_writes_nothing(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text(f"{HEADER}\n{SOUND}\n", encoding="utf-8")
    assert run(sheet) == 0
    assert schools() == []
    assert "1 rows are sound. Nothing was saved yet: add --apply." in capsys.readouterr().out


def test_applied_rows_become_institutions_below_their_office(sheet: Path) -> None:
    sheet.write_text(f"\ufeff{HEADER}\r\n{SOUND}\r\n", encoding="utf-8")
    assert run(sheet, "--apply") == 0
    school = Organisation.objects.get(code="urn-100001")
    assert (school.parent and school.parent.code, school.town, school.easting) == ("derby", "Derby", 435000)
    assert run(sheet, "--apply") == 0
    assert schools() == ["urn-100001"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("1 2,Hill,Derby,1,2,derby,", "urn", "use 1 to 32 letters"),
        ("2,,Derby,1,2,derby,", "name", "give a name"),
        ("2,Hill,Derby,1,2,leeds,", "region", "no regional office"),
        ("2,Hill,Derby,１２,2,derby,", "easting", "plain digits"),
        ("2,Hill,Derby,1_0,2,derby,", "easting", "plain digits"),
        ("2,Hill,Derby,-1,2,derby,", "easting", "plain digits"),
        ("2,Hill,Derby,1,nan,derby,", "northing", "plain digits"),
        ("2,Hill,Derby,1,,derby,", "northing", "easting and northing, or neither"),
        ("2,Hill,Derby,1,2,derby,Primary", "level", "primary or secondary"),
        ("2,Hill\u202e,Derby,1,2,derby,", "name", "invisible characters"),
        ("100001,Hill,Derby,1,2,derby,", "urn", "also on line 2"),
    ],
)
def test_one_bad_value_refuses_the_file_and_is_named(
    sheet: Path, wide: pytest.CaptureFixture[str], row: str, column: str, words: str
) -> None:
    sheet.write_text(f"{HEADER}\n{SOUND}\n{row}\n", encoding="utf-8")
    assert run(sheet, "--apply") == 2
    assert schools() == []
    told = wide.readouterr()
    line = next(line for line in told.out.splitlines() if f" {column} " in line and words in line)
    assert line.split()[1] == "3"
    assert "1 values have to be corrected in schools.csv; nothing was saved." in told.err


def test_column_that_is_never_held_is_dropped_and_named(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet.write_text(f"{HEADER},宗教,headEthnicity\n{SOUND},SECRET-1,SECRET-2\n", encoding="utf-8")
    assert run(sheet, "--apply") == 0
    told = capsys.readouterr().out
    assert "'宗教' is never held (religion)" in told
    assert "'headEthnicity' is never held (ethnicity)" in told
    assert "SECRET" not in told + str(list(Organisation.objects.values()))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"PK\x03\x04", "is a workbook"),
        (f"{HEADER}\n{SOUND}\n".encode("utf-16"), "zero bytes"),
        (f"{HEADER}\n9,学校,德比,1,2,derby,\n".encode("gb18030"), "line 2: not UTF-8"),
        (f"{HEADER},urn\n".encode(), "the header names 'urn' twice"),
        (f"{HEADER},\n".encode(), "column 8 has no name"),
        (b"urn,name\n1,Hill\n", "The header lacks region"),
        (f"{HEADER}\n1,Hill, the second,Derby,1,2,derby,\n".encode(), "line 2: 8 cells"),
        (f'{HEADER}\n1,"Hill\n'.encode(), "Save it as CSV again"),
        (f"{HEADER}\n1,{'x' * 2000},Derby,1,2,derby,\n".encode(), "longer than 1000"),
    ],
)
def test_file_that_is_no_table_is_one_sentence(
    sheet: Path, content: bytes, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet.write_bytes(content)
    assert run(sheet, "--apply") == 2
    assert sentence in capsys.readouterr().err
    assert schools() == []


def test_unknown_kind_and_missing_file_are_refused(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sheet) == 2
    assert run(sheet, "--kind", "church") == 2
    assert "--kind is one of school, university, employer, training_centre" in capsys.readouterr().err


def test_import_is_audited_as_the_system(sheet: Path) -> None:
    sheet.write_text(f"{HEADER}\n{SOUND}\n", encoding="utf-8")
    run(sheet, "--apply")
    event = AuditEvent.objects.get(verb="organisation.add")
    assert (event.by_system, event.count) == (True, 1)
