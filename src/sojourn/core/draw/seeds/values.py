"""What a typed-in or published value may look like; none of these accepts more than plain ASCII JSON."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sojourn.core.draw.model import DrawError

_LATEST = 2**53 - 1  # the largest whole number that every JSON reader keeps exact
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")


def refuse(faults: Sequence[str]) -> None:
    """Raise `DrawError` when there are faults."""
    if faults:
        raise DrawError(faults)


def is_count(number: object) -> bool:
    """A whole number from 1: not True, not 2.0, not text."""
    return type(number) is int and 1 <= number <= _LATEST


def is_second(number: object) -> bool:
    """A Unix second that can be a date of a programme: a whole number from 0."""
    return type(number) is int and 0 <= number <= _LATEST


def numbers_between(raw: object, least: int, most: int) -> list[int] | None:
    """The whole numbers of a list, each in least..most; None where it is anything else."""
    if not isinstance(raw, list | tuple):
        return None
    numbers = [number for number in raw if type(number) is int and least <= number <= most]
    return numbers if len(numbers) == len(raw) else None


def is_hex(raw: object) -> bool:
    """Bytes in hexadecimal, at least one."""
    return isinstance(raw, str) and _HEX.fullmatch(raw) is not None


def hex_bytes(raw: object, name: str, length: int) -> bytes:
    """The bytes of a hexadecimal text of exactly that many bytes; `DrawError` for any other value."""
    if not isinstance(raw, str) or not is_hex(raw) or len(raw) != 2 * length:
        raise DrawError([f"{name} must be {length} bytes in hexadecimal ({2 * length} characters 0-9 a-f)"])
    return bytes.fromhex(raw)


def entry_faults(raw: object, needed: Collection[str], optional: Collection[str]) -> list[str]:
    """Which entries of an object are missing or unknown."""
    if not isinstance(raw, Mapping):
        return [f"the value must be an object with {', '.join(sorted(needed))}"]
    unknown = sorted((entry for entry in raw if entry not in {*needed, *optional}), key=repr)
    return [
        *(f"{entry} is missing: add it" for entry in sorted(set(needed) - set(raw))),
        *(f"{entry!r} is unknown here: remove it" for entry in unknown),
    ]


def as_tuples(raw: Any) -> Any:
    """JSON lists, however deep, as tuples."""
    return tuple(as_tuples(entry) for entry in raw) if isinstance(raw, list | tuple) else raw


def as_lists(value: object) -> object:
    """Tuples, however deep, as JSON lists."""
    return [as_lists(entry) for entry in value] if isinstance(value, list | tuple) else value
