"""`sojourn import`: all or nothing, every refused value named, never-held columns dropped unread."""

from pathlib import Path

import pytest

from sojourn.cli import main
from sojourn.records.models import AuditEvent
from sojourn.registry.actions import insert_below
from sojourn.registry.models import Organisation
from sojourn.sheets.models import Import

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


def run(sheet: Path, *arguments: str) -> int:
    try:
        main(["import", "organisations", str(sheet), "--set", "kind=school", *arguments])
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def schools() -> list[str]:
    return list(Organisation.objects.filter(kind="school").values_list("code", flat=True))


def test_dry_run_writes_nothing(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text(f"{HEADER}\n{SOUND}\n", encoding="utf-8")
    assert run(sheet) == 0
    told = capsys.readouterr().out
    assert ("1 new, 0 changed" in told, "Nothing was saved yet: add --apply." in told) == (True, True)
    assert (schools(), Import.objects.get().status) == ([], Import.Status.DROPPED)


def test_applied_rows_become_institutions_below_their_office(sheet: Path) -> None:
    sheet.write_text(f"\ufeff{HEADER}\r\n{SOUND}\r\n", encoding="utf-8")
    assert run(sheet, "--apply") == 0
    school = Organisation.objects.get(code="urn-100001")
    assert (school.parent and school.parent.code, school.town, school.easting) == ("derby", "Derby", 435000)
    assert run(sheet, "--apply") == 0
    assert schools() == ["urn-100001"]
    event = AuditEvent.objects.get(verb="organisation.add")
    assert (event.by_system, event.count) == (True, 1)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("1 2,Hill,Derby,1,2,derby,", "code", "Use 1 to 32 plain letters"),
        ("2,,Derby,1,2,derby,", "name", "Give a name"),
        ("2,Hill,Derby,1,2,leeds,", "office", "There is no leeds here"),
        ("2,Hill,Derby,１２,2,derby,", "easting", "plain signs: 12"),
        ("2,Hill,Derby,1_0,2,derby,", "easting", "plain digits"),
        ("2,Hill,Derby,²,2,derby,", "easting", "plain"),
        ("2,Hill,Derby,१२३,2,derby,", "easting", "plain digits"),
        ("2,Hill,Derby,-1,2,derby,", "easting", "plain digits"),
        ("2,Hill,Derby,1e400,2,derby,", "easting", "plain digits"),
        ("2,Hill,Derby,1,nan,derby,", "northing", "plain digits"),
        ("2,Hill,Derby,1,,derby,", "northing", "easting and northing, or neither"),
        ("2,Hill,Derby,1,2,derby,third", "level", "primary, secondary"),
        ("2,Hill\u202e,Derby,1,2,derby,", "name", "invisible signs"),
        ("2,Hi\0ll,Derby,1,2,derby,", "name", "invisible signs"),
        ("2,=1+1,Derby,1,2,derby,", "name", "formula"),
        ("100001,Hill,Derby,1,2,derby,", "code", "Row 2 has the same key"),
        ("2,Hill, the second,Derby,1,2,derby,primary", "", "8 cells"),
    ],
)
def test_one_bad_value_refuses_the_file_and_is_named(  # noqa: PLR0917 - fixtures and parameters
    sheet: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    row: str,
    column: str,
    words: str,
) -> None:
    monkeypatch.setattr("sojourn.cli.importing.console.width", 200)
    sheet.write_text(f"{HEADER}\n{SOUND}\n{row}\n", encoding="utf-8")
    assert run(sheet, "--apply") == 2
    told = capsys.readouterr()
    assert schools() == []
    assert [part in told.out for part in (column, words)] == [True, True], told.out
    assert "nothing was saved" in told.err


def test_good_rows_are_imported_when_asked_for(sheet: Path) -> None:
    sheet.write_text(f"{HEADER}\n{SOUND}\n2,,Derby,1,2,derby,\n", encoding="utf-8")
    assert run(sheet, "--apply", "--good-rows") == 0
    assert schools() == ["urn-100001"]


def test_columns_can_be_named(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text("number,called\n1,Hill\n", encoding="utf-8")
    assert run(sheet, "--column", "code=number", "--column", "name=called", "--apply") == 0
    assert schools() == ["urn-1"]
    assert run(sheet, "--column", "code=nowhere") == 2
    assert run(sheet, "--set", "colour=red") == 2
    assert "has no column 'nowhere'" in capsys.readouterr().err


def test_column_that_is_never_held_is_dropped_and_named(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet.write_text(f"{HEADER},宗教,headEthnicity\n{SOUND},SECRET-1,SECRET-2\n", encoding="utf-8")
    assert run(sheet, "--apply") == 0
    told = capsys.readouterr().out
    assert "'宗教' is never held (religion)" in told
    assert "'headEthnicity' is never held (ethnicity)" in told
    assert "SECRET" not in told + str(list(Organisation.objects.values()))


def test_unknown_kind_and_missing_file_are_refused(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sheet) == 2
    with pytest.raises(SystemExit):
        main(["import", "churches", str(sheet)])
    assert "There is no kind 'churches'" in capsys.readouterr().err
