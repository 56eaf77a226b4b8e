"""Reading what programs send: JSON without its traps, and values without theirs."""

import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from typing import Annotated, Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.parser import Parser
from pydantic import BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from sojourn.api.problems import Fault, ProblemError, fault, invalid

LARGEST_BODY = 2 * 2**20
"""Bytes. A thousand organisations have about 300 kB."""
DEEPEST = 16
LONGEST_NUMBER = 18
"""Characters. What is longer is no count of anything here."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def _day(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "not a day")


def _whole(value: object) -> object:
    """A number of JSON, or the digits of a query; pydantic alone would take 1_000 and true."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
        return value
    raise PydanticCustomError("int_type", "not a whole number")


Day = Annotated[dt.date, BeforeValidator(_day)]
"""A day as 2027-07-05 and in no other form."""
WHOLE = BeforeValidator(_whole)
"""Beside `int` in an annotation: a whole number of at most nine digits, written as one."""
UNASKED: Any = None
"""The default of a filter: its type says what it can be asked for, and null is nothing that one can send."""
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
"""The stable name of something."""


class Input(Schema):
    """What a program sends: only the fields that are listed, each of its own type."""

    model_config = ConfigDict(extra="forbid")


class StrictParser(Parser):
    """The body as JSON. What other readers of JSON would understand differently is refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value of the body.

        Raises:
            ProblemError: It is not UTF-8, not JSON, or uses one of its traps.
        """
        try:
            value = json.loads(
                request.body.decode("utf-8"),
                object_pairs_hook=_without_repetition,
                parse_constant=_no_constant,
                parse_float=_finite,
                parse_int=_short,
            )
        except (ValueError, RecursionError):
            raise _malformed() from None
        if _depth_exceeds(value, DEEPEST):
            raise _malformed()
        wrong = [fault("character", pointer=f"#{path}") for path, text in _texts(value, "") if _bad(text)]
        if wrong:
            raise invalid(wrong[:20])
        return value


def check_query(request: HttpRequest, allowed: frozenset[str]) -> None:
    """Refuse parameters that are not declared, repeated, or hold what no database stores."""
    wrong: list[Fault] = []
    for name, values in request.GET.lists():
        if name not in allowed:
            wrong.append(fault("unknown_parameter", parameter=name))
        elif len(values) > 1:
            wrong.append(fault("repeated", parameter=name))
        elif _bad(values[0]):
            wrong.append(fault("character", parameter=name))
    if wrong:
        raise invalid(wrong[:20])


def _bad(text: str) -> bool:
    return _UNSTORABLE.search(text) is not None


def _malformed() -> ProblemError:
    return ProblemError(
        "json.malformed",
        _(
            "Send one JSON value in UTF-8: no name twice in an object, no NaN, no number of more than "
            "%(digits)s characters, at most %(deep)s levels deep."
        )
        % {"digits": LONGEST_NUMBER, "deep": DEEPEST},
    )


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    value = float(text)
    if len(text) > LONGEST_NUMBER or not math.isfinite(value):
        raise ValueError("a number that is too large")
    return value


def _short(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number that is too long")
    return int(text)


def _depth_exceeds(value: object, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (levels == 0 or any(_depth_exceeds(each, levels - 1) for each in inner))


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with the pointer to it; names of fields are texts too."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield path, name
            yield from _texts(each, f"{path}/{name}")
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _texts(each, f"{path}/{place}")
