"""A plan in TOML, with the line of each of its places."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from sojourn.plan.document.faults import Fault, LoadedPlan, UnreadablePlan, at, fault, faults_of
from sojourn.plan.document.schema import PlanDocument

_FOREIGN_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\s-]+?)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")


def read_toml(content: bytes) -> LoadedPlan:
    """The plan of a TOML file. A UTF-8 byte-order mark is allowed and has no meaning.

    Raises:
        UnreadablePlan: Not UTF-8, not TOML, empty, or not of the schema; with every fault and its line.
    """
    text = _decoded(content)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UnreadablePlan((fault(Fault.NOT_TOML, reason=str(error)),)) from None
    except (RecursionError, InvalidOperation, ValueError):
        reason = "a value is nested too deeply or has too many digits"
        raise UnreadablePlan((fault(Fault.NOT_TOML, reason=reason),)) from None
    lines = dict(reversed([*_places(text)]))

    def locate(place: str) -> str:
        return _line_of(place, lines)

    try:
        return LoadedPlan(PlanDocument.model_validate(raw), locate)
    except ValidationError as error:
        raise UnreadablePlan(tuple(at(found, locate) for found in faults_of(error))) from None


def _decoded(content: bytes) -> str:
    for mark, encoding in _FOREIGN_MARKS.items():
        if content.startswith(mark):
            raise UnreadablePlan((fault(Fault.NOT_UTF8, encoding=encoding, byte=0),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePlan((fault(Fault.NOT_UTF8, encoding="?", byte=error.start),)) from None
    if not text.strip():
        raise UnreadablePlan((fault(Fault.EMPTY),))
    return text


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Each table and key at the start of a line, as a place, with its line.

    Keys inside multi-line texts or inline tables are not looked for: their table's line stands for them.
    """
    rows: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            name = re.sub(r"\s", "", header[2])
            if header[1] == "[[":
                rows[name] = rows.get(name, 0) + 1
                table = f"{name}[{rows[name]}]"
            else:
                first, _, rest = name.partition(".")
                table = f"{first}[{rows[first]}].{rest}" if rest and first in rows else name
            yield table, number
        elif key:
            name = re.sub(r"\s", "", key[1])
            yield f"{table}.{name}".removeprefix("."), number


def _line_of(place: str, lines: dict[str, int]) -> str:
    """The line of a place or of the nearest place that holds it."""
    while place:
        if place in lines:
            return f"line {lines[place]}"
        cut = max(place.rfind("."), place.rfind("["))
        place = place[: max(cut, 0)]
    return ""
