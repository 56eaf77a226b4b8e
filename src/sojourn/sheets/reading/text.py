"""Text files: which encoding, which separator, and their rows, one at a time."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from sojourn.sheets.reading.limits import UnreadableFileError

SAMPLE = 2**18
WIDEST_FIELD = 20 * 2**20
SEPARATORS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-16", "gb18030", "big5", "cp1252", "mac_roman")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ACCENTED = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßšž")
_ACCENTED_CAPITALS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝŸŠŽ")
_SIGNS = frozenset("’‘“”–—…•€£°·«»¿¡")


@dataclass(frozen=True, slots=True)
class Text:
    """How a text file is to be read."""

    encoding: str
    separator: str
    skipped: int  # lines before the table that only say the separator


def recognised(path: Path, encoding: str = "") -> Text:
    """The encoding (found, unless it is given) and the separator of a file."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if not sample.strip():
        raise UnreadableFileError("file.empty")
    chosen = encoding or _encoding(path, sample)
    _refuse_undecodable(path, chosen)
    with path.open(encoding=chosen, newline="") as file:
        head = file.read(SAMPLE)
    if not head.strip():
        raise UnreadableFileError("file.empty")
    first = head.splitlines()[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return Text(chosen, first[4], 1)
    return Text(chosen, _separator(head), 0)


def rows_of(path: Path, text: Text) -> Iterator[tuple[int, list[str]]]:
    """Each row of the file with the line that it begins on."""
    former = csv.field_size_limit(WIDEST_FIELD)
    try:
        with path.open(encoding=text.encoding, newline="") as file:
            yield from _rows(file, text)
    finally:
        csv.field_size_limit(former)


def _rows(file: IO[str], text: Text) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file, delimiter=text.separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if begins > text.skipped:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise UnreadableFileError("text.quotes", line=begins) from None


def _encoding(path: Path, sample: bytes) -> str:
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return encoding
    zeros = sample.count(0)
    if zeros > len(sample) // 5:
        odd = sum(byte == 0 for byte in sample[1::2])
        return "utf-16-le" if odd * 2 > zeros else "utf-16-be"
    if _decodes(path, "utf-8"):
        return "utf-8"
    scored = [(_score(sample, encoding), encoding) for encoding in ENCODINGS[2:]]
    best, encoding = max(scored, key=lambda pair: pair[0])
    if best <= 0:
        raise UnreadableFileError("text.encoding")
    return encoding


def _decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is text in the encoding; read in pieces, so that size costs no memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(2**20):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_undecodable(path: Path, encoding: str) -> None:
    if not _decodes(path, encoding):
        raise UnreadableFileError("text.undecodable", encoding=encoding)


def _score(sample: bytes, encoding: str) -> float:
    """How much the bytes beyond ASCII look like common signs of the encoding: -1 to 1 each."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return -1.0
    strange = [sign for sign in text if ord(sign) > 127]
    if not strange:
        return 0.0
    if encoding in {"gb18030", "big5"}:
        return _chinese_score(strange, "gb2312" if encoding == "gb18030" else "big5")
    return _western_score(text, len(strange))


def _chinese_score(signs: list[str], table: str) -> float:
    """The share of everyday characters: the first level of GB 2312, or Big5's frequent ones."""
    common = 0
    for sign in signs:
        code = sign.encode(table, errors="ignore")
        if len(code) == 2:
            frequent = 0xB0 <= code[0] <= 0xD7 if table == "gb2312" else 0xA4 <= code[0] <= 0xC6
            common += frequent or code[0] in {0xA1, 0xA2, 0xA3}
    return 2 * common / len(signs) - 1.0


def _western_score(text: str, strange: int) -> float:
    """Accented small letters in words speak for an encoding, capitals and signs in words against it."""
    points = 0.0
    for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if ord(sign) < 128:
            continue
        inside = before.islower() or after.islower()
        if sign in _ACCENTED:
            points += 1.0 if before.isalpha() or after.isalpha() else 0.2
        elif sign in _ACCENTED_CAPITALS:
            points += -0.5 if before.islower() else 0.6
        elif sign in _SIGNS:
            points += 0.3 if not inside or sign in "’‘–" else -0.5
        else:
            points -= 0.8
    # A page of Chinese read as Western text is a heap of signs; it must not win by a hair.
    return 0.9 * points / strange


def _separator(head: str) -> str:
    """The sign that cuts the first lines into the same number of cells, more than one where it can."""
    lines = head.splitlines(keepends=True)
    complete = "".join(lines[:-1]) if len(lines) > 1 and len(head) >= SAMPLE // 4 else head
    best, chosen = (0.0, 0), ","
    for separator in SEPARATORS:
        widths = _widths(complete, separator)
        width, times = max(
            widths.items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]), default=(1, 0)
        )
        rated = (times / max(widths.total(), 1) if width > 1 else 0.0, width)
        if rated > best:
            best, chosen = rated, separator
    return chosen


def _widths(text: str, separator: str) -> Counter[int]:
    """How many of the first lines have how many cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return Counter(len(cells) for cells in islice(reader, 60) if any(cells))
    except csv.Error:
        return Counter()
