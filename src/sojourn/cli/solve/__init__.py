"""`sojourn solve PROBLEM FILE|-`: the allocation core on JSON, one module per problem."""

import json
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from sojourn.cli.solve.faults import Fault, FaultyInput
from sojourn.cli.solve.proved import RejectedAnswer
from sojourn.cli.solve.strict_json import read_json


class Problem(NamedTuple):
    """A problem that can be solved: its module here, and whether it reads decimals exactly or as floats."""

    module: str
    exact_decimals: bool = False


class Answer(NamedTuple):
    """What a run gives back: 0 and the answer for the standard output; for the other 2 and the faults of the
    input, or 1 and what the verifier holds against the solver's answer.
    """

    exit_code: int
    stdout: str
    stderr: str


class _Module(Protocol):
    """What a module of this package must have."""

    def solve(self, payload: object) -> dict[str, object]:
        """The answer to a parsed JSON input. Raises FaultyInput with every fault."""


PROBLEMS: dict[str, Problem] = {
    "apportion": Problem("apportion", exact_decimals=True),
    "biproportional": Problem("biproportional", exact_decimals=True),
    "draw": Problem("draw"),
    "pairs": Problem("pairs"),
    "schedule": Problem("schedule"),
    "share": Problem("share", exact_decimals=True),
    "stable": Problem("stable"),
    "suppress": Problem("suppress"),
    "twinning": Problem("twinning"),
}


def run(problem: str, source: bytes | str) -> Answer:
    """The answer to a problem, JSON to JSON; wrong input is told in full, each fault with its JSON path.

    A module is imported only when its problem is asked for.
    """
    try:
        entry = _entry(problem)
        payload = read_json(source, exact_decimals=entry.exact_decimals)
        if not isinstance(payload, dict):
            return refusal([Fault("$", "the input is one JSON object: see docs/manual/solve.md")])
        answer = _module(entry).solve(payload)
    except FaultyInput as wrong:
        return refusal(wrong.faults)
    except (ValueError, ArithmeticError) as wrong:
        return refusal([Fault("$", str(wrong))])
    except RejectedAnswer as wrong:
        told = {"rejected": wrong.objections, "advice": "Please report this input: the solver is at fault."}
        return Answer(1, "", json.dumps(told, indent=2) + "\n")
    return Answer(0, json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n", "")


def refusal(faults: list[Fault]) -> Answer:
    """Exit code 2, with the faults as JSON on the standard error."""
    told = {"faults": [fault._asdict() for fault in faults]}
    return Answer(2, "", json.dumps(told, ensure_ascii=True, indent=2) + "\n")


def _entry(problem: str) -> Problem:
    if problem not in PROBLEMS:
        raise FaultyInput(
            [Fault("problem", f"unknown problem {problem!r}: choose one of {', '.join(PROBLEMS)}")]
        )
    return PROBLEMS[problem]


def _module(entry: Problem) -> _Module:
    return cast("_Module", import_module(f"sojourn.cli.solve.{entry.module}"))
