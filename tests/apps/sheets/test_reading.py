"""Any table is found in any file: encodings, separators, headers, totals, hidden parts, marks of cells."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from apps.sheets.files import HEAD, Seen, rows_workbook, workbook

CHINESE = "code,学校名称,town\n1,北京市第一中学,北京\n2,上海外国语学校,上海\n"
FRENCH = "code,name,town\n1,École élémentaire,Orléans\n2,Lycée Français,Besançon\n"
TRADITIONAL = "code,name,town\n1,國立臺灣大學附屬中學,臺北\n2,高雄國民小學,高雄\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-16-be"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (FRENCH, "utf-8"),
    ],
)
def test_text_is_read_in_its_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    seen = Seen(tmp_path, text.encode(encoding))
    assert list(seen.rows[0].values()) == [line.split(",") for line in text.splitlines()[1:]]


def test_encoding_can_be_said(tmp_path: Path) -> None:
    seen = Seen(tmp_path, "code,name,town\n1,Zoë,x\n".encode("mac_roman"), encoding="mac_roman")
    assert seen.rows[0][2][1] == "Zoë"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(tmp_path: Path, separator: str, end: str) -> None:
    lines = [separator.join(row) for row in (HEAD, ["1", "Hill, the old", "Bath"], ["2", "Lake", "Leeds"])]
    if separator == ",":
        lines[1] = '1,"Hill, the old",Bath'
    seen = Seen(tmp_path, end.join(lines).encode())
    assert seen.headers() == HEAD
    assert list(seen.rows[0].values()) == [["1", "Hill, the old", "Bath"], ["2", "Lake", "Leeds"]]


def test_line_that_names_the_separator_is_no_data(tmp_path: Path) -> None:
    assert Seen(tmp_path, b"sep=;\ncode;name\n1;Hill\n").rows == [{3: ["1", "Hill"]}]


def test_title_and_blank_rows_before_the_table_are_passed(tmp_path: Path) -> None:
    book = rows_workbook(["Register of schools 2026"], [], ["", ""], HEAD, ["1", "Hill", "Bath"])
    seen = Seen(tmp_path, book, "a.xlsx")
    assert (seen.tables[0]["header_line"], seen.rows) == (4, [{5: ["1", "Hill", "Bath"]}])


def test_merged_headers_of_two_lines_become_one(tmp_path: Path) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["code", "name"])
        sheet.merge_range(0, 2, 0, 3, "Address")
        sheet.write_row(1, 2, ["town", "postcode"])
        sheet.write_row(2, 0, ["1", "Hill", "Bath", "BA1"])

    seen = Seen(tmp_path, workbook(fill), "a.xlsx")
    assert seen.headers() == ["code", "name", "Address town", "Address postcode"]
    assert seen.rows == [{3: ["1", "Hill", "Bath", "BA1"]}]


def test_totals_notes_and_repeated_headers_are_named_and_left_out(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["1", "Hill", "Bath"],
        HEAD,
        ["2", "Total Sport", "Leeds"],
        ["合计", 2, ""],
        [],
        ["Source: us"],
    ]
    seen = Seen(tmp_path, rows_workbook(*rows), "a.xlsx")
    assert seen.rows == [{2: ["1", "Hill", "Bath"], 4: ["2", "Total Sport", "Leeds"]}]
    assert seen.notes == ["repeated_header", "totals_row", "note_row"]


def test_several_tables_of_a_sheet_are_told_apart(tmp_path: Path) -> None:
    rows = [HEAD, ["1", "Hill", "Bath"], [], ["code", "city"], ["x", "Derby"], ["y", "Leeds"]]
    seen = Seen(tmp_path, rows_workbook(*rows), "a.xlsx")
    assert [(table["header_line"], table["rows"]) for table in seen.tables] == [(1, 1), (4, 2)]
    assert seen.rows[1] == {5: ["x", "Derby"], 6: ["y", "Leeds"]}


def test_hidden_sheets_rows_and_columns_are_named_and_not_read(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, [*HEAD, "pupils"])
        sheet.write_row(1, 0, ["1", "Hill", "Bath", "SECRET"])
        sheet.write_row(2, 0, ["2", "SECRET", "Bath", "3"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        second = book.add_worksheet("Old")
        second.write_row(0, 0, [*HEAD, "SECRET"])
        second.hide()

    seen = Seen(tmp_path, workbook(fill), "a.xlsx")
    assert seen.rows == [{2: ["1", "Hill", "Bath"]}]
    assert sorted(seen.notes) == ["hidden_columns", "hidden_rows", "hidden_sheet"]


def test_cells_keep_what_they_are(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["code", "name", "town", "day", "flag", "sum", "bad"])
        sheet.write_string(1, 0, "00042")
        sheet.write_number(1, 1, 42)
        sheet.write_string(1, 2, "=1+1")
        sheet.write_datetime(1, 3, dt.datetime(2027, 3, 1), book.add_format({"num_format": "d/m/yy"}))  # noqa: DTZ001
        sheet.write_boolean(1, 4, True)
        sheet.write_formula(1, 5, "=1+1", None, 2)
        sheet.write_formula(1, 6, "=NA()", None, "#N/A")

    seen = Seen(tmp_path, workbook(fill), "a.xlsx")
    day, formula = ["date", "2027-03-01"], ["formula", ""]
    assert seen.rows == [{2: ["00042", 42.0, "=1+1", day, True, formula, formula]}]


def test_never_held_columns_are_dropped_before_anything_is_kept(tmp_path: Path) -> None:
    content = "code,name,宗教,town,ethnicity\n1,Hill,SECRET,Bath,SECRET\n".encode()
    seen = Seen(tmp_path, content)
    assert seen.headers() == HEAD
    assert seen.tables[0]["dropped"] == {"宗教": ["religion"], "ethnicity": ["ethnicity"]}
    assert "SECRET" not in f"{seen.rows} {seen.tables}"


def test_json_records_are_a_table(tmp_path: Path) -> None:
    seen = Seen(tmp_path, b'[{"name": "A", "tags": ["x", "y"]}, {"name": "\\ud800", "n": 1e400}]', "a.json")
    assert seen.headers() == ["name", "tags", "n"]
    assert seen.rows[0] == {2: ["A", "x, y", ""], 3: ["?", "", ["other", "inf"]]}


def test_file_is_what_its_content_says(tmp_path: Path) -> None:
    seen = Seen(tmp_path, b"code,name\n1,Hill\n", "register.xlsx")
    assert (seen.rows, seen.notes) == ([{2: ["1", "Hill"]}], ["named_otherwise", "encoding"])


@pytest.mark.parametrize(("cells", "expected"), [(["31/12/2027"], (1, 0, 0)), (["12/31/2027"], (0, 1, 0))])
def test_column_says_which_of_day_and_month_comes_first(
    tmp_path: Path, cells: list[str], expected: tuple[int, int, int]
) -> None:
    text = "code,day\n" + "".join(f"1,{cell}\n" for cell in [*cells, "03/04/2027"])
    column = Seen(tmp_path, text.encode()).tables[0]["columns"][1]
    assert (column["day_first"], column["month_first"], column["undecided"]) == (*expected[:2], 1)
