"""Columns of a kind, and how a cell becomes a value: strict, exact, and told in words when it cannot."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from sojourn.records.refusal import Words
from sojourn.sheets.days import DayOrder, day_of
from sojourn.sheets.reading.cells import Cell
from sojourn.sheets.reading.tables import plain
from sojourn.sheets.refused import BadCell

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\uffff]"
)
_LATIN, _ALIKE = re.compile(r"[A-Za-zÀ-ɏ]"), re.compile(r"[Ͱ-ϿЀ-ԯ]")
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_LARGEST_EXACT = 10**15


class ColumnType:
    """How the cells of a column are read; each type says `one`."""

    needs_day_order = False

    def one(self, cell: Cell, order: DayOrder | None) -> Any:
        """The value of a cell that is not empty; `BadCell` with the reason where it has none."""
        raise NotImplementedError

    def read(
        self, cells: Sequence[Cell], order: DayOrder | None
    ) -> tuple[list[Any], list[tuple[int, BadCell]]]:
        """The values (None where there is none) and the faults by place; equal cells are read once."""
        seen: dict[Any, Any] = {"": None}
        values: list[Any] = []
        faults: list[tuple[int, BadCell]] = []
        for place, cell in enumerate(cells):
            # 1, 1.0 and True are equal keys, but True is no number.
            key = cell if type(cell) is str else (type(cell), tuple(cell) if isinstance(cell, list) else cell)
            if key not in seen:
                try:
                    seen[key] = self.one(cell, order)
                except BadCell as bad:
                    seen[key] = bad
            value = seen[key]
            if isinstance(value, BadCell):
                faults.append((place, value))
                value = None
            values.append(value)
        return values, faults


@dataclass(frozen=True, slots=True)
class Text(ColumnType):
    """A short text; blanks and line breaks inside become one blank."""

    longest: int = 200

    def one(self, cell: Cell, order: DayOrder | None) -> str:  # noqa: ARG002 - as the base says
        """The text on one line."""
        text = " ".join(as_text(cell).split())
        if text[:1] == "=" and len(text) > 1:
            raise BadCell("formula")
        if len(text) > self.longest:
            raise BadCell("long", most=self.longest)
        return text


@dataclass(frozen=True, slots=True)
class Identifier(ColumnType):
    """A code or number that names something: text, whatever a spreadsheet made of it."""

    longest: int = 32
    pattern: str = r"[A-Za-z0-9._-]+"

    def one(self, cell: Cell, order: DayOrder | None) -> str:  # noqa: ARG002 - as the base says
        """The identifier with its leading zeros."""
        text = as_text(cell)
        if len(text) <= self.longest and re.fullmatch(self.pattern, text, re.ASCII):
            return text
        if (narrow := unicodedata.normalize("NFKC", text)) != text:
            raise BadCell("full_width", plain=narrow[:40])
        raise BadCell("identifier", most=self.longest)


@dataclass(frozen=True, slots=True)
class Whole(ColumnType):
    """A whole number; `１２`, `1_000`, `²`, `1e3` and `nan` are none."""

    least: int = 0
    most: int = 10**9

    def one(self, cell: Cell, order: DayOrder | None) -> int:  # noqa: ARG002 - as the base says
        """The number."""
        if isinstance(cell, bool):
            raise BadCell("whole", least=self.least, most=self.most)
        if isinstance(cell, int | float):
            number = int(cell) if cell == int(cell) else None
        else:
            text = as_text(cell)
            narrow = unicodedata.normalize("NFKC", text)
            if narrow != text and _WHOLE.fullmatch(narrow):
                raise BadCell("full_width", plain=narrow)
            number = int(text) if _WHOLE.fullmatch(text) else None
        if number is None or not self.least <= number <= self.most:
            raise BadCell("whole", least=self.least, most=self.most)
        return number


@dataclass(frozen=True, slots=True)
class Day(ColumnType):
    """A day of the calendar; when day and month cannot be told apart in the column, somebody is asked."""

    needs_day_order = True

    def one(self, cell: Cell, order: DayOrder | None) -> dt.date:
        """The day."""
        if isinstance(cell, list) and cell[0] == "date":
            return dt.date.fromisoformat(cell[1])
        if isinstance(cell, list) and cell[0] == "moment":
            raise BadCell("moment")
        if not isinstance(cell, str | list):
            raise BadCell("day_number")
        return day_of(as_text(cell), order)


@dataclass(frozen=True, slots=True)
class Choice(ColumnType):
    """One of a few values, under their own codes or what people call them."""

    values: Mapping[str, Words]
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def one(self, cell: Cell, order: DayOrder | None) -> str:  # noqa: ARG002 - as the base says
        """The code of the value."""
        if not self.words:
            self.words.update(self._words())
        word = plain(as_text(cell))
        if word not in self.words:
            raise BadCell("choice", known=", ".join(self.values))
        return self.words[word]

    def _words(self) -> dict[str, str]:
        found = {plain(title): code for code, words in self.values.items() for title in both(words)}
        found |= {plain(word): code for code, words in self.synonyms.items() for word in words}
        return found | {plain(code): code for code in self.values}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind; it is declared once, and templates, checks and exports follow."""

    name: str
    title: Words
    type: ColumnType
    needed: bool = False
    synonyms: tuple[str, ...] = ()
    help: Words = ""
    examples: tuple[str | int | dt.date, ...] = ()
    refers: bool = False  # a code of something that exists: one that is not known can be matched by hand

    def words(self) -> set[str]:
        """Every plain word under which a header means this column."""
        return {plain(word) for word in (self.name, *both(self.title), *self.synonyms)}


def both(words: Words) -> tuple[str, str]:
    """A text in English and in Chinese."""
    with override("en"):
        english = str(words)
    with override("zh-hans"):
        return english, str(words)


def as_text(cell: Cell) -> str:
    """A cell as text, if it can be trusted as such."""
    if isinstance(cell, str):
        if not (cell.isascii() and cell.isprintable()):
            _refuse_strange(cell)
        return cell
    if isinstance(cell, bool):
        raise BadCell("boolean")
    if isinstance(cell, int | float):
        if cell != int(cell) or abs(cell) >= _LARGEST_EXACT:
            raise BadCell("digits_lost")
        return str(int(cell))
    raise BadCell({"formula": "formula", "error": "error", "long": "long_cell"}.get(cell[0], "not_text"))


def _refuse_strange(text: str) -> None:
    """No invisible signs, and no word that mixes letters which only look alike."""
    if _INVISIBLE.search(text):
        raise BadCell("invisible")
    if _ALIKE.search(text):
        for word in text.split():
            if _ALIKE.search(word) and _LATIN.search(word):
                raise BadCell("look_alike")
