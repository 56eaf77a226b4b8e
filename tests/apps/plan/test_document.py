import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.plan.document import (
    PlanDocument,
    UnreadablePlan,
    load_plan,
    read_toml,
    read_workbook,
    write_workbook,
)
from sojourn.plan.document.layout import SHEETS, letters

EXAMPLE = Path(__file__).parents[3] / "examples" / "two-rivers"
SMALL = """
schema = "sojourn-plan/1"
[programme]
code = "small"
titles = { en = "Small", zh = "小" }
start = 2026-09-01
end = 2027-09-01
currency = "EUR"
[[organisations]]
code = "office"
kind = "coordinating_office"
titles = { en = "Office", zh = "办公室" }
[[components]]
code = "A"
titles = { en = "Camps", zh = "营地" }
track = "visits"
responsible = "office"
[[targets]]
code = "t"
component = "A"
indicator = "people_taking_part"
kind = "total"
amount = 10
"""
ROWS: dict[str, list[list[object]]] = {
    "programme": [
        ["schema", "code", "titles.en", "titles.zh", "start", "end", "currency"],
        ["sojourn-plan/1", "small", "Small", "小", date(2026, 9, 1), date(2027, 9, 1), "EUR"],
    ],
    "organisations": [
        ["code", "kind", "titles.en", "titles.zh"],
        ["office", "coordinating_office", "Office", "办公室"],
    ],
    "components": [
        ["code", "titles.en", "titles.zh", "track", "responsible"],
        ["A", "Camps", "营地", "visits", "office"],
    ],
    "targets": [
        ["code", "component", "indicator", "kind", "amount"],
        ["t", "A", "people_taking_part", "total", 10],
    ],
}


def faults(content: bytes) -> list[tuple[str, str, object]]:
    reader = read_workbook if content.startswith(b"PK") else read_toml
    with pytest.raises(UnreadablePlan) as caught:
        reader(content)
    return [(found.code, found.place, found.params.get("where")) for found in caught.value.findings]


def workbook(rows: dict[str, list[list[object]]], hidden: str = "") -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, lines in rows.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, value in enumerate(line):
                    if value is not None:
                        sheet.write(row, column, value)
            if name == hidden:
                sheet.hide()
    return stream.getvalue()


def changed(sheet: str, row: int, column: int, value: object) -> bytes:
    rows = {name: [list(line) for line in lines] for name, lines in ROWS.items()}
    rows[sheet][row][column] = value
    return workbook(rows)


def test_example_in_toml_and_workbook_is_the_same_document() -> None:
    assert load_plan(EXAMPLE / "plan.toml").document == load_plan(EXAMPLE / "plan.xlsx").document


def test_example_has_the_offices_and_pairs_of_the_reference_programme() -> None:
    plan = load_plan(EXAMPLE / "plan.toml").document
    kinds = [organisation.kind for organisation in plan.organisations]
    assert [kinds.count(kind) for kind in ("coordinating_office", "regional_office", "receiving_office")] == [
        1,
        31,
        14,
    ]
    assert (len(plan.pairs), len({pair.office for pair in plan.pairs})) == (19, 19)
    assert len({pair.receiving for pair in plan.pairs}) == 14
    tiles = [organisation.hex for organisation in plan.organisations if organisation.hex]
    assert (len(tiles), len({(tile.column, tile.row) for tile in tiles})) == (45, 45)


def test_small_plan_reads_the_same_from_both_formats() -> None:
    assert read_toml(SMALL.encode()).document == read_workbook(workbook(ROWS)).document


def test_written_workbook_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    plan = load_plan(EXAMPLE / "plan.toml").document
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(plan, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_stored_document_comes_back() -> None:
    plan = load_plan(EXAMPLE / "plan.toml").document
    assert PlanDocument.from_json(plan.as_json()) == plan


def test_byte_order_mark_has_no_meaning() -> None:
    assert read_toml(b"\xef\xbb\xbf" + SMALL.encode()).document == read_toml(SMALL.encode()).document


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("P004", "", None)]),
        (b" \n\t", [("P004", "", None)]),
        ("schema = 1".encode("utf-16"), [("P003", "", None)]),
        ("title = '两江'".encode("gb18030"), [("P003", "", None)]),
        (b"schema = ", [("P002", "", None)]),
        (b"a = 1\x00", [("P002", "", None)]),
        (b"a = " + b"[" * 5000, [("P002", "", None)]),
        (b"a = " + b"9" * 5000, [("P002", "", None)]),
    ],
)
def test_file_that_is_no_toml_is_refused(content: bytes, expected: list[tuple[str, str, object]]) -> None:
    assert faults(content) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("amount = 10", "amount = 10\nsize = 3", ("P020", "targets[1].size", "line 24")),
        ('kind = "total"\n', "", ("P021", "targets[1].kind", "line 18")),
        ("amount = 10", "amount = nan", ("P022", "targets[1].amount", "line 23")),
        ("amount = 10", "amount = inf", ("P022", "targets[1].amount", "line 23")),
        ("amount = 10", "amount = true", ("P022", "targets[1].amount", "line 23")),
        ("amount = 10", 'amount = "10"', ("P023", "targets[1].amount", "line 23")),
        ("amount = 10", 'amount = "１０"', ("P023", "targets[1].amount", "line 23")),
        ("amount = 10", "amount = 1e400", ("P028", "targets[1].amount", "line 23")),
        ("start = 2026-09-01", "start = 2026-09-01T08:00:00", ("P024", "programme.start", "line 6")),
        ("start = 2026-09-01", 'start = "2026-W36-2"', ("P024", "programme.start", "line 6")),
        ('zh = "小"', 'zh = ""', ("P025", "programme.titles.zh", "line 5")),
        ('zh = "小"', "zh = 3", ("P025", "programme.titles.zh", "line 5")),
        (
            'responsible = "office"',
            'responsible = "the office"',
            ("P026", "components[1].responsible", "line 17"),
        ),
        ('kind = "total"', 'kind = "result"', ("P027", "targets[1].kind", "line 22")),
        ('"sojourn-plan/1"', '"sojourn-plan/9"', ("P027", "schema", "line 2")),
        ('titles = { en = "Small", zh = "小" }', "titles = 3", ("P029", "programme.titles", "line 5")),
    ],
)
def test_fault_in_toml_is_told_with_its_line(old: str, new: str, expected: tuple[str, str, object]) -> None:
    assert old in SMALL
    assert faults(SMALL.replace(old, new, 1).encode()) == [expected]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = SMALL.replace("amount = 10", 'amount = "x"').replace('currency = "EUR"', 'currency = "euro"')
    assert [code for code, _, _ in faults(text.encode())] == ["P026", "P023"]


def test_decimal_amounts_stay_exact() -> None:
    text = SMALL.replace("amount = 10", "amount = 0.1")
    assert read_toml(text.encode()).document.targets[0].amount == Decimal("0.1")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (changed("targets", 1, 4, "１０"), ("P023", "targets[1].amount", "targets!E2")),
        (changed("targets", 1, 4, "many"), ("P023", "targets[1].amount", "targets!E2")),
        (changed("targets", 1, 4, "=5+5"), ("P013", "targets!E2", None)),
        (changed("targets", 0, 4, "sum"), ("P020", "targets!E1", None)),
        (changed("targets", 1, 3, None), ("P021", "targets[1].kind", "targets!D2")),
        (changed("programme", 1, 4, "01/09/2026"), ("P024", "programme.start", "programme!E2")),
        (changed("programme", 1, 0, "plan"), ("P027", "schema", "programme!A2")),
        (changed("components", 1, 0, "#REF!"), ("P014", "components!A2", None)),
    ],
)
def test_fault_in_a_workbook_is_told_with_its_cell(content: bytes, expected: tuple[str, str, object]) -> None:
    assert faults(content)[0] == expected


def test_duplicate_header_is_told_at_both_columns() -> None:
    rows = {**ROWS, "pairs": [["office", "receiving", "office"]]}
    assert faults(workbook(rows)) == [("P011", "pairs!A1", None), ("P011", "pairs!C1", None)]


def test_missing_unknown_and_empty_sheets_are_told_together() -> None:
    rows = {"programme": ROWS["programme"], "notes": [["x"]], "components": []}
    assert [(code, place) for code, place, _ in faults(workbook(rows))] == [
        ("P009", "notes"),
        ("P012", "components"),
        ("P008", "organisations"),
    ]


def test_programme_of_two_rows_is_refused() -> None:
    rows = {**ROWS, "programme": [*ROWS["programme"], ROWS["programme"][1]]}
    assert faults(workbook(rows)) == [("P015", "programme", None)]


def test_hidden_sheet_is_named_and_not_read() -> None:
    loaded = read_workbook(workbook({**ROWS, "pairs": [["office"], ["secret"]]}, hidden="pairs"))
    assert [(found.code, found.severity, found.place) for found in loaded.warnings] == [
        ("P010", "warning", "pairs")
    ]
    assert loaded.document.pairs == []


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/") + ".xml", data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 broken", "P005"),
        (archive(readme=b"x"), "P005"),
        (archive(xl__workbook=b"<no"), "P005"),
        (archive(xl__workbook=bytes(60 * 2**20)), "P006"),
        (archive(**{f"m{number}": b"" for number in range(201)}), "P006"),
        (workbook({**ROWS, "pairs": [["office"]]})[:-40], "P005"),
    ],
)
def test_archive_that_is_no_workbook_or_a_bomb_is_refused(content: bytes, code: str) -> None:
    assert [found[0] for found in faults(content)] == [code]


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="2"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c t='n' r='A1048576'><v>1</v></c></row>",
        b'<x:row r="1000000" x="y"><x:c/></x:row>',
    ],
)
def test_far_cell_is_refused_before_it_fills_the_memory(cells: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", cells + b"</sheetData>")
            new.writestr(name, data)
    assert faults(stream.getvalue()) == [("P006", "programme", None)]


@pytest.mark.parametrize(
    ("name", "code"), [("none.toml", "P001"), ("plan.docx", "P007"), ("plan.toml", "P001")]
)
def test_path_that_cannot_be_read_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "plan.toml").mkdir()
    with pytest.raises(UnreadablePlan) as caught:
        load_plan(tmp_path / name)
    assert [found.code for found in caught.value.findings] == [code]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_and_never_crash(content: bytes) -> None:
    for reader in (read_toml, read_workbook):
        with pytest.raises(UnreadablePlan):
            reader(content)


def test_every_column_of_the_layout_is_a_key_of_the_schema() -> None:
    plan = load_plan(EXAMPLE / "plan.toml").document
    assert set(SHEETS) | {"schema"} == set(plan.model_dump(by_alias=True))


@pytest.mark.parametrize(("column", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_letters_of_a_column(column: int, text: str) -> None:
    assert letters(column) == text
