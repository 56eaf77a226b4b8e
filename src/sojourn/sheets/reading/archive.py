"""Look through a workbook's archive before a reader opens it: bounded, undeclared, unencrypted, named.

What calamine does not tell is found here: formulas, hidden rows and columns, macros, links to other files.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import IO

from sojourn.sheets.reading.limits import (
    HIGHEST_RATIO,
    LARGEST_CONTENT,
    MOST_COLUMNS,
    MOST_FORMULAS,
    MOST_MEMBERS,
    MOST_ROWS,
    RATIO_FROM,
    UnreadableFileError,
)

BLOCK = 2**20
_OVERLAP = 4096
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^>]*?\shidden=["'](?:1|true))[^>]*?\br=["'](\d{1,7})["']""")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s>/]"""
)
_MAYBE_FAR = re.compile(rb'r="[A-Z]{2}')  # with a fixed beginning the search runs five times as fast
_FAR_COLUMN = re.compile(rb"""\br=["']([A-Z]{2,})\d""")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ODS_REPEAT = re.compile(rb"""number-(rows|columns)-repeated=["'](\d+)["']""")


@dataclass(slots=True)
class SheetMarks:
    """What a reader does not tell about one sheet; rows count from 1, columns from 0."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Archive:
    """A workbook's archive that may be opened."""

    format: str
    has_macros: bool = False
    links: int = 0
    sheets: dict[str, SheetMarks] = field(default_factory=dict)


def looked_through(path: Path) -> Archive:
    """Read every member once within bounds; `UnreadableFileError` where a reader would be at risk."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _checked(archive, _members(archive))
    except UnreadableFileError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        raise UnreadableFileError("archive.broken") from None


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members = {info.filename: info for info in archive.infolist()}
    if len(members) < len(archive.infolist()) or len(members) > MOST_MEMBERS:
        raise UnreadableFileError("archive.members", most=MOST_MEMBERS)
    if any(info.flag_bits & 1 for info in members.values()):
        raise UnreadableFileError("file.password")
    return members


def _checked(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> Archive:
    names = {name.lower() for name in members}
    if "xl/workbook.bin" in names:
        raise UnreadableFileError("file.xlsb")
    found = Archive(format="ods" if "content.xml" in names else "xlsx")
    found.has_macros = any("vbaproject" in name or name.startswith("basic/") for name in names)
    found.links = sum(name.startswith("xl/externallinks/") and name.endswith(".xml") for name in names)
    if "xl/workbook.xml" not in members and found.format == "xlsx":
        raise UnreadableFileError("archive.no_workbook")
    paths = {path: name for name, path in _sheet_paths(archive, members)} if found.format == "xlsx" else {}
    left = LARGEST_CONTENT
    for name, info in members.items():
        marks = found.sheets.setdefault(paths[name], SheetMarks()) if name in paths else None
        with archive.open(info) as member:
            left -= _walk(member, info, marks, left, is_ods=name == "content.xml")
    return found


def _walk(
    member: IO[bytes], info: zipfile.ZipInfo, marks: SheetMarks | None, left: int, *, is_ods: bool
) -> int:
    """Read one member to its end; gives its real size."""
    size, tail, is_xml = 0, b"", info.filename.lower().endswith((".xml", ".rels"))
    while block := member.read(BLOCK):
        size += len(block)
        if size > left or (size > RATIO_FROM and size > HIGHEST_RATIO * max(info.compress_size, 1)):
            raise UnreadableFileError("archive.bomb", largest=LARGEST_CONTENT // 2**20)
        if is_xml:
            window = tail + block
            _refuse_declarations(window, is_first=size == len(block))
            if marks is not None:
                _mark(marks, window)
            if is_ods:
                _refuse_far_repeats(window)
            tail = block[-_OVERLAP:]
    return size


def _refuse_declarations(window: bytes, *, is_first: bool) -> None:
    """No document type and no entities (XML bombs), and no encoding in which they could hide."""
    if is_first and not window.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise UnreadableFileError("archive.broken")
    if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
        raise UnreadableFileError("archive.entities")


def _mark(marks: SheetMarks, window: bytes) -> None:
    if b"hidden=" in window:
        marks.hidden_rows.update(int(row) for row in _HIDDEN_ROW.findall(window))
        for tag in _HIDDEN_COLUMN.findall(window):
            if re.search(rb"""hidden=["'](?:1|true)""", tag):
                first, last = (int(n) for n in re.findall(rb"""\b(?:min|max)=["'](\d{1,5})["']""", tag)[:2])
                marks.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))
    if b"<f" in window or b":f" in window:
        for letters, row in _FORMULA.findall(window):
            marks.formulas.add((int(row), _column(letters)))
        if len(marks.formulas) > MOST_FORMULAS:
            raise UnreadableFileError("sheet.formulas", most=MOST_FORMULAS)
    if _MAYBE_FAR.search(window) or b"r='" in window:
        widest = max((_column(letters) for letters in set(_FAR_COLUMN.findall(window))), default=0)
        if widest >= MOST_COLUMNS:
            raise UnreadableFileError("sheet.columns", columns=widest + 1, most=MOST_COLUMNS)


def _refuse_far_repeats(window: bytes) -> None:
    """Repeats of filled cells are what an OpenDocument bomb is made of; empty ones end a row or a sheet."""
    for what, times in _ODS_REPEAT.findall(window):
        if int(times) > (MOST_ROWS if what == b"rows" else 16_384):
            raise UnreadableFileError("archive.bomb", largest=LARGEST_CONTENT // 2**20)


def _column(letters: bytes) -> int:
    """`A` as 0, `AA` as 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_paths(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """The name of each sheet with the path of its member."""
    relations = _head(archive, members, "xl/_rels/workbook.xml.rels")
    paths = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
    for tag in _SHEET.findall(_head(archive, members, "xl/workbook.xml")):
        path = paths.get(_attribute(tag, r"\w+:id"), "")
        yield _attribute(tag, "name"), path.removeprefix("/") if path.startswith("/") else f"xl/{path}"


def _head(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str) -> str:
    if name not in members:
        return ""
    with archive.open(members[name]) as member:
        return member.read(2 * BLOCK).decode("utf-8", errors="replace")


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf"""\s{name}=["']([^"']*)["']""", tag)
    return unescape(match[1]) if match else ""
