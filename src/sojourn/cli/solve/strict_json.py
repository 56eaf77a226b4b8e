"""JSON without the liberties of the standard library: what other readers would refuse or misread is a fault.

**Source:** RFC 8259 and RFC 7493 (I-JSON): UTF-8, no repeated names, no unpaired surrogates, numbers within
range.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import isinf

from sojourn.cli.solve.faults import Fault, FaultyInput, json_path

_DEEPEST = 32
_MOST_DIGITS = 300
_TOO_DEEP = f"nested more than {_DEEPEST} levels deep"


def read_json(source: bytes | str, *, exact_decimals: bool = False) -> object:
    """The value that a JSON text stands for. Raises FaultyInput with every fault and its path.

    Numbers with a point or exponent become Decimal if `exact_decimals`, else float. Refused: text that is not
    UTF-8 (a byte order mark is skipped), repeated names in an object, NaN and infinities, numbers beyond the
    range of a double or over 300 digits, unpaired surrogates, two spellings of one text that look the same
    (Unicode normal form C), more than 32 levels.
    """
    number: Callable[[str], object] = Decimal if exact_decimals else float
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        value: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=lambda literal: _decimal(literal, number),
            parse_int=_integer,
            parse_constant=lambda literal: _Refused(f"{literal} is not a number of JSON"),
        )
    except UnicodeDecodeError as wrong:
        raise FaultyInput([Fault("$", f"not UTF-8: byte {wrong.start} cannot be read")]) from None
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}, column {wrong.colno}"
        raise FaultyInput([Fault("$", f"not JSON: {wrong.msg} at {where}")]) from None
    except RecursionError:
        raise FaultyInput([Fault("$", _TOO_DEEP)]) from None
    faults = _faults(value)
    if faults:
        raise FaultyInput(faults)
    return value


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands where something was that cannot be accepted, until its path is known."""

    why: str


class _RepeatedNames(dict[str, object]):
    """An object some of whose names came more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        times = Counter(name for name, _ in pairs)
        self.repeated = [name for name, count in times.items() if count > 1]


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    return plain if len(plain) == len(pairs) else _RepeatedNames(pairs)


def _integer(literal: str) -> int | _Refused:
    return int(literal) if len(literal) <= _MOST_DIGITS else _Refused(f"more than {_MOST_DIGITS} digits")


def _decimal(literal: str, number: Callable[[str], object]) -> object:
    as_double = float(literal)
    digits = literal.lower().partition("e")[0]
    if isinf(as_double) or (as_double == 0 and digits.strip("-0.")):
        return _Refused("beyond the range of a double (about 1e-308 to 1e308)")
    return number(literal) if len(digits) <= _MOST_DIGITS else _Refused(f"more than {_MOST_DIGITS} digits")


type _Place = tuple[int | str, ...]


def _faults(value: object) -> list[Fault]:
    """All faults of a parsed value, in the order of the text."""
    faults: list[Fault] = []
    spellings: dict[str, str] = {}
    waiting: list[tuple[_Place, object]] = [((), value)]
    while waiting:
        place, item = waiting.pop()
        if isinstance(item, str):
            faults += _text_faults(item, place, spellings)
        elif isinstance(item, _Refused):
            faults.append(Fault(json_path(place), item.why))
        elif isinstance(item, dict | list) and len(place) >= _DEEPEST:
            faults.append(Fault(json_path(place), _TOO_DEEP))
        elif isinstance(item, dict):
            if isinstance(item, _RepeatedNames):
                faults += [Fault(json_path((*place, name)), "named more than once") for name in item.repeated]
            for name in item:
                faults += _text_faults(name, (*place, name), spellings)
            waiting += [((*place, name), inner) for name, inner in reversed(item.items())]
        elif isinstance(item, list):
            waiting += [((*place, index), inner) for index, inner in reversed(list(enumerate(item)))]
    return faults


def _text_faults(text: str, place: _Place, spellings: dict[str, str]) -> list[Fault]:
    """Faults of one text; `spellings` remembers how each normal form was first written."""
    if text.isascii():
        return []
    if any("\ud800" <= character <= "\udfff" for character in text):
        return [Fault(json_path(place), "holds half a character (an unpaired surrogate)")]
    first = spellings.setdefault(unicodedata.normalize("NFC", text), text)
    if first != text:
        message = f"looks the same as {first!a} but is written {text!a}: use one spelling throughout"
        return [Fault(json_path(place), message)]
    return []
