"""Files made to break a reader: a sentence within seconds and little memory, never an error of ours."""

import contextlib
import io
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from apps.sheets.files import HEAD, KNOWN, Seen, changed_archive, rows_workbook
from sojourn.sheets.reading.bounded import read_bounded
from sojourn.sheets.reading.limits import UnreadableFileError

SOUND = rows_workbook(HEAD, ["1", "Hill", "Bath"])
SHEET = "xl/worksheets/sheet1.xml"
BEGINS = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet(data: bytes) -> bytes:
    return changed_archive(SOUND, **{"xl__worksheets__sheet1.xml": data})


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open(SHEET, "w", force_zip64=True) as member:
            member.write(BEGINS)
            for _ in range(400):
                member.write(b" " * 2**20)
    return target.getvalue()


def lying() -> bytes:
    """A member whose directory entry says that it is tiny."""
    content = bytearray(sheet(BEGINS + b" " * 100_000 + b"</worksheet>"))
    at = content.rindex(b"PK\x01\x02")
    while SHEET.encode() not in content[at : at + 46 + len(SHEET)]:
        at = content.rindex(b"PK\x01\x02", 0, at)
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def far_cell() -> bytes:
    row = b'<row r="%d"><c r="%s%d" t="inlineStr"><is><t>x</t></is></c></row>'
    return sheet(
        BEGINS
        + b"<sheetData>"
        + row % (1, b"A", 1)
        + row % (1_048_576, b"XFD", 1_048_576)
        + b"</sheetData></worksheet>"
    )


def far_down() -> bytes:
    row = b'<row r="%d"><c r="%s%d" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = row % (1, b"A", 1) + row % (1_048_576, b"KA", 1_048_576)
    return sheet(BEGINS + b"<sheetData>" + rows + b"</sheetData></worksheet>")


def wide(columns: int) -> bytes:
    return (",".join(f"c{n}" for n in range(columns)) + "\n" + "1," * (columns - 1) + "1\n").encode()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "archive.bomb"),
    "lying size": (lying, "archive.broken"),
    "XML bomb": (
        lambda: sheet(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + BEGINS[21:]),
        "archive.entities",
    ),
    "UTF-16 XML": (lambda: sheet(BEGINS.decode().encode("utf-16")), "archive.broken"),
    "truncated": (lambda: SOUND[: len(SOUND) // 2], "archive.broken"),
    "not XML": (lambda: sheet(b"<not really"), "archive.broken"),
    "no workbook": (lambda: changed_archive(SOUND, **{"xl__workbook.xml": None}), "archive.no_workbook"),
    "binary workbook": (lambda: changed_archive(SOUND, **{"xl__workbook.bin": b""}), "file.xlsb"),
    "far cell": (far_cell, "sheet.columns"),
    "far down": (far_down, "file.broke_reader"),
    "old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.xls"),
    "password": (
        lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 90 + "EncryptedPackage".encode("utf-16-le"),
        "file.password",
    ),
    "5,000 columns": (
        lambda: wide(5000),
        "sheet.columns",
    ),
    "open quotation mark": (lambda: b'code,name\n1,"Hill\n' + b"2,Lake\n" * 100_000, "text.quotes"),
    "nothing": (lambda: b"", "file.empty"),
    "blanks": (lambda: b"\n\n  \n", "file.empty"),
    "headers only": (lambda: b"code,name\n", "file.no_rows"),
    "page": (lambda: b"<html><body>x</body></html>", "file.no_table"),
    "broken JSON": (lambda: b'[{"name": ', "json.broken"),
    "deep JSON": (lambda: b"[" * 200_000, "json.broken"),
    "JSON of another shape": (lambda: b"[1, 2]", "json.no_records"),
}


MEASURED = (
    "import sys; from sojourn.sheets.reading.__main__ import main; main(sys.argv[1:]); "
    "print(*[line for line in open('/proc/self/status') if line.startswith('VmHWM')])"
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_a_sentence_in_time_and_memory(tmp_path: Path, name: str) -> None:
    made, code = HOSTILE[name]
    (tmp_path / "upload").write_bytes(made())
    began = time.perf_counter()
    with pytest.raises(UnreadableFileError) as refused, read_bounded(tmp_path / "upload", "a.xlsx", KNOWN):
        pass
    assert refused.value.code == code
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "far down"])
def test_hostile_file_needs_little_memory(tmp_path: Path, name: str) -> None:
    """Measured on the reading process itself. A cell far down is stopped by the bound, not below it."""
    (tmp_path / "upload").write_bytes(HOSTILE[name][0]())
    (tmp_path / "known").write_text("[]")
    given = [str(tmp_path / "upload"), "a.xlsx", str(tmp_path / "out"), str(tmp_path / "known"), ""]
    ran = subprocess.run(  # noqa: S603 - our own module, and then what the system says of its memory
        [sys.executable, "-c", MEASURED, *given],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert int(ran.stdout.split()[-2]) / 1024 < 150


def test_cell_of_ten_megabytes_is_marked_and_its_row_kept(tmp_path: Path) -> None:
    seen = Seen(tmp_path, b"code,name\n1," + b"x" * 10 * 2**20 + b"\n2,Lake\n")
    assert seen.rows == [{2: ["1", ["long", "x" * 80]], 3: ["2", "Lake"]}]


def test_more_rows_than_a_sheet_has_are_all_read(tmp_path: Path) -> None:
    seen = Seen(tmp_path, b"code\n" + b"7\n" * 1_048_577)
    assert seen.tables[0]["rows"] == 1_048_577


def test_macros_and_links_are_named(tmp_path: Path) -> None:
    added = {"xl__vbaProject.bin": b"x", "xl__externalLinks__externalLink1.xml": b"<externalLink/>"}
    seen = Seen(tmp_path, changed_archive(SOUND, **added), "a.xlsm")
    assert (seen.notes, seen.rows) == (["macros", "links"], [{2: ["1", "Hill", "Bath"]}])


@pytest.mark.parametrize("seed", range(12))
def test_random_bytes_are_a_sentence_or_a_table(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    content = draw.randbytes(2000) if seed % 2 else bytearray(SOUND)
    if isinstance(content, bytearray):
        for _ in range(8):
            content[draw.randrange(len(content))] = draw.randrange(256)
    with contextlib.suppress(UnreadableFileError):
        Seen(tmp_path, bytes(content), "a.xlsx")
