"""A kind of row that can be imported: one declaration, from which page, template and command follow."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sojourn.records.actor import Actor
from sojourn.records.refusal import Words
from sojourn.sheets.columns import Column
from sojourn.sheets.reading.cells import Cell, shown
from sojourn.sheets.refused import BadCell

Row = dict[str, Any]
Key = tuple[Any, ...]


class Within(Protocol):
    """Within what an import happens, and for whom: an office, a call, an opening."""

    @property
    def organisation_id(self) -> int:
        """The organisation whose import it is; mappings and matches are remembered for it."""
        ...


@dataclass(slots=True)
class Fault:
    """A cell that cannot be taken; `column` is empty where the row as a whole is at fault."""

    place: int
    column: str
    value: str
    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """Rows being checked, column by column; a value is None where the cell is empty or at fault."""

    lines: list[int]
    values: dict[str, list[Any]]
    cells: Mapping[str, Sequence[Cell]]
    faults: list[Fault] = field(default_factory=list)
    alike: list[tuple[int, int]] = field(default_factory=list)  # place, and another line spelt much the same

    def refuse(self, place: int, column: str, code: str, /, **values: str | int) -> None:
        """Note a fault of the cell, for checks that see more than one."""
        cell = self.cells[column][place] if column in self.cells else ""
        self.faults.append(Fault(place, column, shown(cell), code, values))

    def add(self, column: str, bad: Sequence[tuple[int, BadCell]]) -> None:
        """Note the faults that a column type found."""
        for place, fault in bad:
            self.refuse(place, column, fault.code, **fault.values)


@dataclass(frozen=True, slots=True)
class Written:
    """What one chunk wrote: the numbers of new rows, and the former values of changed ones."""

    made: list[int]
    before: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kind:
    """What an app declares to have its rows imported.

    `key` names a row by one or more columns. `scopes` lists within what the actor can import (code, names);
    `enter` gives what the import is within, or raises `UnseenError`;
    `prepare` changes or refuses values that only the database can judge; `known` gives the values that rows
    with these keys have now. `write` and `undo` are actions of the app; `rows` gives what there is, to be
    exported with the same columns.
    """

    code: str
    title: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    scopes: Callable[[Actor], Sequence[tuple[str, Mapping[str, str]]]]
    enter: Callable[[Actor, str], Within]
    known: Callable[[Any, Sequence[Key]], Mapping[Key, Row]]
    write: Callable[..., Written]
    undo: Callable[..., int]
    actor: Callable[[int | None, dt.date], Actor]
    prepare: Callable[[Any, Batch], None] = lambda _within, _batch: None
    rows: Callable[[Any], Iterable[Row]] = lambda _within: ()
    matches: Callable[[Any, str], Sequence[tuple[str, str]]] = lambda _within, _column: ()
    alike: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Make a kind known to the pages, the command and the jobs."""
    if kind.code in KINDS:
        raise ValueError(f"two kinds of sheet share the code {kind.code}")
    KINDS[kind.code] = kind
    return kind


def known_words() -> frozenset[str]:
    """The plain words under which any kind knows a header: what a header row is found by."""
    return frozenset(word for kind in KINDS.values() for column in kind.columns for word in column.words())
