"""The bounded child: `python -m sojourn.sheets.reading FILE NAME OUT KNOWN ENCODING`; it answers in JSON."""

import json
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from sojourn.sheets.reading import archive, json_rows, text, workbook
from sojourn.sheets.reading.cells import kept_row
from sojourn.sheets.reading.limits import LARGEST_FILE, MOST_TABLES, UnreadableFileError
from sojourn.sheets.reading.staging import StagedTable, as_json, stage
from sojourn.sheets.reading.tables import Line, Notes, tables_of

OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def staged(path: Path, name: str, out: Path, known: Collection[str], encoding: str) -> dict[str, object]:
    """Read the file's tables into `out`; gives what is known of them."""
    notes = Notes()
    tables: list[StagedTable] = []
    with out.open("wb") as kept:
        for sheet, lines in _sheets(path, name, notes, encoding):
            for table in tables_of(sheet, lines, known, notes):
                if len(tables) == MOST_TABLES:
                    raise UnreadableFileError("sheet.tables", most=MOST_TABLES)
                tables.append(stage(table, kept, sum(earlier.rows for earlier in tables)))
    if not any(table.rows for table in tables):
        raise UnreadableFileError("file.no_rows" if tables else "file.empty")
    return as_json(tables, notes)


def _sheets(path: Path, name: str, notes: Notes, encoding: str) -> Iterator[tuple[str, Iterator[Line]]]:
    """Each sheet of the file with its lines; what the file is, its content says and not its name."""
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFileError("file.large", largest=LARGEST_FILE // 2**20)
    with path.open("rb") as file:
        head = file.read(4096)
    ending = Path(name).suffix.lower()
    if head.startswith(OLE):
        raise UnreadableFileError("file.password" if ENCRYPTED in path.read_bytes() else "file.xls")
    if head.startswith(b"PK\x03\x04"):
        if ending in {".csv", ".txt", ".tsv"}:
            notes.add("named_otherwise", ending=ending, really="XLSX")
        yield from workbook.sheets_of(path, archive.looked_through(path), notes)
        return
    if ending in {".xlsx", ".xlsm", ".ods", ".xls"}:
        notes.add("named_otherwise", ending=ending, really="CSV")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"[", b"{"}:
        yield "", json_rows.lines_of(path)
        return
    if head.lstrip()[:5].lower() in {b"<html", b"<!doc", b"<?xml"} or head.startswith(b"%PDF"):
        raise UnreadableFileError("file.no_table")
    found = text.recognised(path, encoding)
    notes.add("encoding", encoding=found.encoding, separator=repr(found.separator)[1:-1])
    yield "", (Line(number, kept_row(cells)) for number, cells in text.rows_of(path, found))


def main(arguments: list[str]) -> None:
    """Read, and tell what was found or why nothing could be."""
    path, name, out, known, encoding = arguments
    words = frozenset(json.loads(Path(known).read_text(encoding="utf-8")))
    try:
        told = staged(Path(path), name, Path(out), words, encoding)
    except UnreadableFileError as error:
        told = {"unreadable": error.code, "values": error.values}
    except MemoryError:
        told = {"unreadable": "file.memory", "values": {}}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
