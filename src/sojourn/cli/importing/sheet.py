"""A CSV file as text, row by row: strict about its encoding and shape, before anything reads a value."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from sojourn.cli.failing import CommandFailedError

LARGEST_FILE = 50 * 2**20
LONGEST_CELL = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header, and rows of as many cells with the line that each begins on."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(file: Path) -> Sheet:
    """The table of a CSV file; `CommandFailedError` with the line where it is none."""
    text = _text(file)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, tuple(cell.strip() for cell in cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise CommandFailedError(
            f"{file.name}, line {reader.line_num}: {error}. Save it as CSV again."
        ) from error
    if not rows:
        raise CommandFailedError(f"{file.name} is empty: it needs a header row and rows below.")
    header, body = rows[0][1], rows[1:]
    _refuse_bad_header(file, header)
    for line, row in body:
        if len(row) != len(header):
            raise CommandFailedError(
                f"{file.name}, line {line}: {len(row)} cells, but the header has {len(header)} columns. "
                "Put texts with commas in quotation marks."
            )
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise CommandFailedError(
                f"{file.name}, line {line}: a cell is longer than {LONGEST_CELL} characters."
            )
    return Sheet(header, tuple(body))


def _text(file: Path) -> str:
    """The file's text; a byte order mark is allowed, any other encoding is not guessed."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise CommandFailedError(f"{file.name} is larger than {LARGEST_FILE // 2**20} MB: split it.")
        content = file.read_bytes()
    except OSError as error:
        raise CommandFailedError(f"{file} cannot be read: {error.strerror}.") from error
    if content.startswith(b"PK"):
        raise CommandFailedError(f"{file.name} is a workbook. Save its sheet as “CSV UTF-8” and import that.")
    if b"\0" in content:
        raise CommandFailedError(
            f"{file.name} holds zero bytes: it is not UTF-8 text. Save it as “CSV UTF-8”."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CommandFailedError(
            f"{file.name}, line {line}: not UTF-8. Save it as “CSV UTF-8”; other encodings are not guessed."
        ) from error


def _refuse_bad_header(file: Path, header: tuple[str, ...]) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise CommandFailedError(f"{file.name}: the header names {', '.join(map(repr, twice))} twice.")
    if "" in header:
        raise CommandFailedError(f"{file.name}: column {header.index('') + 1} has no name in the header.")
