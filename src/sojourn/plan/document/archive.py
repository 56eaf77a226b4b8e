"""Open a workbook's archive without trusting it: bounded, checked, and searched for what a reader does not
see.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from sojourn.plan.document.faults import Fault, UnreadablePlan, fault
from sojourn.records.archives import LARGEST_CONTENT, Flaw, UnsafeArchiveError, workbook_members

MOST_CELLS = 500_000

_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r=["']([0-9]{1,7})["']""")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3}[0-9]{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s>/]"""
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")


@dataclass(frozen=True, slots=True)
class CheckedArchive:
    """The archive written anew from what was really in it, and the cells of each sheet that hold formulas."""

    content: io.BytesIO
    formulas: dict[str, tuple[str, ...]]


def checked_archive(content: bytes) -> CheckedArchive:
    """Read every member within bounds and write them to a new archive.

    Raises:
        UnreadablePlan: No archive, too many or too large members (whatever size they claim), or a sheet whose
            cells span more than `MOST_CELLS`.
    """
    members = _members(content)
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    clean.seek(0)
    formulas: dict[str, tuple[str, ...]] = {}
    for sheet, path in _sheets(members):
        data = members.get(path, b"")
        _refuse_wide_spans(sheet, data)
        formulas[sheet] = tuple(cell.decode("ascii") for cell in _FORMULA.findall(data))
    return CheckedArchive(clean, formulas)


def _members(content: bytes) -> dict[str, bytes]:
    try:
        members = workbook_members(content)
    except UnsafeArchiveError as error:
        if error.flaw in {Flaw.TOO_LARGE, Flaw.TOO_MANY}:
            raise UnreadablePlan((fault(Fault.TOO_LARGE, name="xlsx", largest=LARGEST_CONTENT),)) from None
        raise UnreadablePlan((fault(Fault.NOT_A_WORKBOOK, reason=str(error)),)) from None
    if "xl/workbook.xml" not in members:
        reason = "the archive holds no workbook"
        raise UnreadablePlan((fault(Fault.NOT_A_WORKBOOK, reason=reason),))
    return members


def _sheets(members: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The name of each sheet with the path of its member."""
    relations = _text(members.get("xl/_rels/workbook.xml.rels", b""))
    paths = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
    for tag in _SHEET.findall(_text(members["xl/workbook.xml"])):
        path = paths.get(_attribute(tag, r"\w+:id"), "")
        yield _attribute(tag, "name"), path.removeprefix("/") if path.startswith("/") else f"xl/{path}"


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf"""\s{name}=["']([^"']*)["']""", tag)
    return html.unescape(match[1]) if match else ""


def _refuse_wide_spans(sheet: str, data: bytes) -> None:
    """A single far cell would make the reader fill a rectangle of billions."""
    rows, columns = max(map(int, _ROW.findall(data)), default=1), 1
    for column, row in _CELL.findall(data):
        rows = max(rows, int(row))
        columns = max(
            columns, sum((letter - 64) * 26**power for power, letter in enumerate(reversed(column)))
        )
    if rows * columns > MOST_CELLS:
        raise UnreadablePlan((fault(Fault.TOO_LARGE, sheet, name=sheet, largest=MOST_CELLS),))
