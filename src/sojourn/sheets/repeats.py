"""Rows of a file that are one row twice, by their key, and rows that are spelt much the same."""

import json
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from sojourn.sheets.kinds import Kind
from sojourn.sheets.models import Import
from sojourn.sheets.reading.cells import Cell
from sojourn.sheets.reading.staging import Chunk, unpacked

MOST_TWICE = 50_000


@dataclass(frozen=True, slots=True)
class Repeated:
    """Raw keys and spellings that stand in more than one line of the file, with the first two lines."""

    keys: Mapping[str, Sequence[int]]
    alike: Mapping[str, Sequence[int]]


def repeated(kind: Kind, importing: Import) -> Repeated:
    """Find keys, and spellings of what may be the same, that stand in more than one line of the file."""
    keys = _twice(importing, key_columns(kind, importing), str)
    return Repeated(keys, _twice(importing, kind.alike, spelling) if kind.alike else {})


def _twice(importing: Import, names: Sequence[str], normal: Callable[[str], str]) -> dict[str, list[int]]:
    """Texts that stand in several lines, with those lines: hashes first, so that size costs little memory."""
    hashes = [
        np.fromiter((hash(normal(key)) for key in keys), dtype=np.int64, count=len(keys))
        for _lines, keys in _keys_of(importing, names)
    ]
    if not hashes:
        return {}
    values, times = np.unique(np.concatenate(hashes), return_counts=True)
    several = set(values[times > 1].tolist()) - {hash("")}
    found: dict[str, list[int]] = {}
    for lines, keys in _keys_of(importing, names) if several else ():
        for line, key in zip(lines, keys, strict=True):
            if hash(text := normal(key)) in several:
                found.setdefault(text, []).append(line)
    return {text: lines for text, lines in found.items() if len(lines) > 1}


def _keys_of(importing: Import, names: Sequence[str]) -> Iterator[tuple[list[int], list[str]]]:
    """The lines of each chunk with their keys as they are written."""
    places = importing.mapping["columns"]
    wanted = {places[name] for name in names if name in places}
    rows = importing.chunks.filter(table=importing.table).order_by("number")
    for content in rows.values_list("content", flat=True).iterator(chunk_size=8):
        chunk = unpacked(bytes(content), wanted)
        yield chunk.lines, raw_keys(names, importing, chunk)


def packed_repeated(found: Repeated) -> bytes:
    """For the import's row; cut where a file is nothing but repetitions."""
    cut = {name: dict(list(rows.items())[:MOST_TWICE]) for name, rows in asdict(found).items()}
    return zlib.compress(json.dumps(cut).encode(), 1)


def raw_keys(names: Sequence[str], importing: Import, chunk: Chunk) -> list[str]:
    """The key of each row as it is written in the file."""
    columns = [
        [_raw(cell) for cell in chunk.columns[importing.mapping["columns"][name]]]
        for name in names
        if name in importing.mapping["columns"]
    ]
    if len(columns) < 2:
        return columns[0] if columns else [""] * len(chunk.lines)
    return ["\x1f".join(parts) if any(parts) else "" for parts in zip(*columns, strict=True)]


def key_columns(kind: Kind, importing: Import) -> list[str]:
    """The columns of the file that name a row: of its key, or what its key is made of where it has none."""
    mapped = importing.mapping["columns"]
    named = [name for name in kind.key if name in mapped]
    return named if kind.key[-1] in mapped else [*named, *(name for name in kind.alike if name in mapped)]


def spelling(text: str) -> str:
    """The text without what spellings differ in: case, accents, width, the order of words."""
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join(sorted(text.casefold().replace("\x1f", " ").split()))


def _raw(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)
