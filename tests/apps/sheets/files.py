"""Files as offices send them, and as somebody sends them who means harm."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from sojourn.sheets.reading.bounded import read_bounded
from sojourn.sheets.reading.staging import unpacked

KNOWN = frozenset({"code", "name", "town", "学校名称", "city"})
HEAD = ["code", "name", "town"]


def workbook(fill: Callable[[Any, Any], None], sheet: str = "Schools") -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    fill(book, book.add_worksheet(sheet))
    book.close()
    return target.getvalue()


def rows_workbook(*rows: list[Any]) -> bytes:
    def fill(_book: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(fill)


def changed_archive(content: bytes, **members: bytes | None) -> bytes:
    """The archive with members added, replaced, or (None) taken away; `__` in a name stands for `/`."""
    target = io.BytesIO()
    new = {name.replace("__", "/"): data for name, data in members.items()}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for info in old.infolist():
            if info.filename not in new:
                out.writestr(info, old.read(info))
        for name, data in new.items():
            if data is not None:
                out.writestr(name, data)
    return target.getvalue()


class Seen:
    """What the reader made of a file: tables with their rows by line, and notes by code."""

    def __init__(self, folder: Path, content: bytes, name: str = "file.csv", encoding: str = "") -> None:
        path = folder / "upload"
        path.write_bytes(content)
        with read_bounded(path, name, KNOWN, encoding) as staged:
            self.tables, self.notes = staged.tables, [note["code"] for note in staged.notes]
            chunks = [unpacked(blob) for blob in staged.chunks]
        self.rows: list[dict[int, list[Any]]] = []
        for table in self.tables:
            own, chunks = chunks[: table["chunks"]], chunks[table["chunks"] :]
            self.rows.append(
                {
                    line: [chunk.columns[place][at] for place in sorted(chunk.columns)]
                    for chunk in own
                    for at, line in enumerate(chunk.lines)
                }
            )

    def headers(self, table: int = 0) -> list[str]:
        return [column["name"] for column in self.tables[table]["columns"]]
