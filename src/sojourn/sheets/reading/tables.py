"""Find the tables in the lines of a sheet: where each begins, its header, and what around it is no data."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sojourn.sheets.reading.cells import Cell

LOOKAHEAD = 40
"""Filled lines among which a table's header is looked for."""
TOTALS = frozenset(
    {
        *("total", "totals", "grand total", "sub total", "subtotal", "sum", "in total"),
        *("合计", "总计", "小计", "总数", "共计"),
    }
)
_BEGIN_TOTALS = frozenset("tsgiTSGIｔｓｇｉＴＳＧＩ合总小共")


@dataclass(slots=True)
class Line:
    """One line of a sheet: its number, its cells, where they begin, and cells that stretch over columns."""

    number: int
    cells: list[Cell]
    left: int = 0
    spans: Sequence[tuple[int, int]] = ()
    is_header: bool = False

    def filled(self) -> int:
        """How many cells hold something."""
        return len(self.cells) - self.cells.count("")


@dataclass(slots=True)
class Notes:
    """What a reader should be told about the file: codes with their values, in the order they were met."""

    found: list[dict[str, str | int]] = field(default_factory=list)

    def add(self, code: str, **values: str | int) -> None:
        """One more note; the same one is said once."""
        note = {"code": code, **values}
        if note not in self.found and len(self.found) < 60:
            self.found.append(note)


@dataclass(slots=True)
class Table:
    """The header of a table, the line that it ends on, and the lines below it."""

    sheet: str
    header: list[str]
    header_line: int
    left: int
    lines: Iterator[Line]


def tables_of(sheet: str, lines: Iterator[Line], known: Collection[str], notes: Notes) -> Iterator[Table]:
    """The tables of a sheet, one below the other.

    `known` holds the plain words (`plain`) that headers of any kind use: a line with two of them is a header
    wherever it stands. Each table must be read to its end before the next is asked for.
    """
    source = _Source(lines)
    while True:
        head = source.header(known)
        if head is None:
            return
        header, line = head
        yield Table(sheet, header, line.number, line.left, source.body(sheet, header, known, notes))


def plain(text: Cell) -> str:
    """A header as headers are compared: one case, one width, no signs between words."""
    if not isinstance(text, str):
        return ""
    folded = unicodedata.normalize("NFKC", text).casefold()
    spread = re.sub(r"[\W_]+", " ", re.sub(r"[(（\[].*?[)）\]]", " ", folded) or folded)
    return " ".join(spread.split())


class _Source:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._ahead: list[Line] = []

    def take(self) -> Line | None:
        return self._ahead.pop(0) if self._ahead else next(self._lines, None)

    def header(self, known: Collection[str]) -> tuple[list[str], Line] | None:
        """The next header (one line, or two put together) with its last line; None at the end."""
        self._ahead += islice(self._lines, max(0, LOOKAHEAD - len(self._ahead)))
        filled = [line for line in self._ahead if line.filled()]
        if not filled:
            return None
        place = _header_place(filled, known)
        last = first = filled[place]
        header = _words(first)
        if place + 1 < len(filled) and _continues(first, filled[place + 1], known):
            last = filled[place + 1]
            header = _joined(first, last)
        while self._ahead and self._ahead[0].number <= last.number:
            self._ahead.pop(0)
        while header and not header[-1]:
            header.pop()
        return header, last

    def body(self, sheet: str, header: list[str], known: Collection[str], notes: Notes) -> Iterator[Line]:
        """The lines of data: no blank ones, no totals, no notes below; ends before the next header."""
        gap = False
        first = next(place for place, word in enumerate(header) if word)
        while (line := self.take()) is not None:
            if not line.filled():
                gap = True
            elif _repeats(line, header, first):
                notes.add("repeated_header", sheet=sheet[:60], row=line.number)
            elif gap and _is_header(line, known):
                self._ahead.insert(0, line)
                return
            elif _is_total(line):
                notes.add("totals_row", sheet=sheet[:60], row=line.number)
            elif gap and line.filled() == 1 and len(header) > 2:
                notes.add("note_row", sheet=sheet[:60], row=line.number)
            else:
                gap = False
                yield line


def _repeats(line: Line, header: Sequence[str], first: int) -> bool:
    """Whether the line is the header again, as on each page of a printed list."""
    begins = len(line.cells) > first and line.cells[first] == header[first]
    return begins and _words(line)[: len(header)] == header


def _words(line: Line) -> list[str]:
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in line.cells]


def _is_header(line: Line, known: Collection[str]) -> bool:
    return line.is_header or sum(plain(cell) in known for cell in line.cells) >= 2


def _header_place(filled: Sequence[Line], known: Collection[str]) -> int:
    """The line with the most known words; without any, the first as wide as most lines and all text."""
    scores = [sum(plain(cell) in known for cell in line.cells) for line in filled]
    if max(scores) >= 1 and (max(scores) >= 2 or len(filled[0].cells) == 1):
        return scores.index(max(scores))
    widths = sorted(line.filled() for line in filled)
    usual = widths[len(widths) // 2]
    for place, line in enumerate(filled):
        texts = [cell for cell in line.cells if isinstance(cell, str) and cell]
        if line.filled() >= max(1, usual - 1) and len(texts) == line.filled() == len(set(texts)):
            return place
    return 0


def _continues(first: Line, second: Line, known: Collection[str]) -> bool:
    """Whether the second line belongs to the header: it splits cells that stretch over several columns."""
    below = [cell for cell in second.cells if cell != ""]
    if not below or not all(
        isinstance(cell, str) and not re.fullmatch(r"[\d.,/:-]+", cell) for cell in below
    ):
        return False
    stretched = {column for start, end in first.spans for column in range(start, end + 1)}
    blank = {column for column, cell in enumerate(first.cells) if cell == ""}
    under = {column for column, cell in enumerate(second.cells) if cell != ""}
    if stretched:
        return bool(under) and under <= stretched
    words = sum(plain(cell) in known for cell in second.cells)
    return bool(blank & under) and words >= 1 and len(under) < len(second.cells)


def _joined(first: Line, second: Line) -> list[str]:
    """Two header lines as one: what stretches over columns stands before each word below it."""
    upper, lower = _words(first), _words(second)
    over = dict(enumerate(upper))
    for start, end in first.spans:
        over |= dict.fromkeys(range(max(start, 0), end + 1), upper[start])
    if not first.spans:
        last = ""
        for column, word in enumerate(upper):
            last = word or last
            if not word and column < len(lower) and lower[column]:
                over[column] = last
    width = max(len(upper), len(lower))
    lower += [""] * (width - len(lower))
    return [" ".join(filter(None, (over.get(column, ""), lower[column]))) for column in range(width)]


def _is_total(line: Line) -> bool:
    """A line whose first word is a total, and which holds numbers or little else."""
    first = next(cell for cell in line.cells if cell != "")
    if not isinstance(first, str) or len(first) > 20 or first[0] not in _BEGIN_TOTALS:
        return False
    if plain(first) not in TOTALS:
        return False
    texts = [cell for cell in line.cells if cell != ""]
    return all(not isinstance(cell, str) or not re.search(r"[^\W\d_]", cell) for cell in texts[1:])
