"""What is wrong with a JSON input: every fault at once, each with its JSON path."""

import json
import re
from typing import NamedTuple

from pydantic import ValidationError

PLAIN = re.compile(r"[^\W\d][\w-]*")


class Fault(NamedTuple):
    """One fault of the input: where (`$.posts.p.capacity`) and what, with what to do."""

    path: str
    message: str


class FaultyInput(ValueError):
    """The input cannot be solved as it stands; holds all of its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.message}" for fault in faults))
        self.faults = faults


def json_path(parts: tuple[int | str, ...]) -> str:
    """The JSON path (RFC 9535) of a pydantic location: `("posts", "p", 0)` is `$.posts.p[0]`.

    Names that are no plain words are quoted: `$.posts["p.1"]`.
    """
    return "$" + "".join(_segment(part) for part in parts)


def _segment(part: int | str) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if PLAIN.fullmatch(part) else f"[{json.dumps(part, ensure_ascii=False)}]"


def from_validation(error: ValidationError) -> FaultyInput:
    """The same faults, told in paths of the user's own file."""
    return FaultyInput([Fault(json_path(fault["loc"]), fault["msg"]) for fault in error.errors()])
