"""The proof of an apportionment: its frozen inputs, its quotas, and the replay that recomputes them."""

from collections.abc import Mapping
from fractions import Fraction

from sojourn import __version__
from sojourn.core.apportion import Apportionment, DivisorRange, Tie, apportion, verify_apportionment
from sojourn.core.proof import Method, ProofError, Solved, build, canonical_json, read_json

APPORTION = "apportion.webster/1"


def apportion_inputs(
    rules: Mapping[str, object],
    *,
    seats: int,
    weights: Mapping[str, int],
    floor: int = 0,
    cap: int | None = None,
) -> dict[str, bytes]:
    """The files of one apportionment, before it is computed. Nothing is drawn: the seed file stays empty."""
    return {
        "rules.json": canonical_json(dict(rules)),
        "problem.json": canonical_json(
            {"seats": seats, "weights": dict(weights), "floor": floor, "cap": cap, "method": "webster"}
        ),
    }


def run_apportion(inputs: Mapping[str, bytes]) -> tuple[Apportionment, dict[str, bytes]]:
    """The quotas of frozen inputs, and their whole proof."""
    found = _apportion(inputs)
    solved = _solved(found)
    return found, build(
        APPORTION, inputs, {}, solved.outcome, solved.certificate, sojourn_version=__version__
    )


def _problem(inputs: Mapping[str, bytes]) -> tuple[int, dict[str, int], int, dict[str, int] | None]:
    problem = read_json(inputs["problem.json"])
    if not isinstance(problem, dict) or set(problem) != {"seats", "weights", "floor", "cap", "method"}:
        raise ProofError("problem.json does not hold one apportionment")
    weights: dict[str, int] = dict(problem["weights"])
    cap = None if problem["cap"] is None else dict.fromkeys(weights, int(problem["cap"]))
    return problem["seats"], weights, problem["floor"], cap


def _apportion(inputs: Mapping[str, bytes]) -> Apportionment:
    seats, weights, floor, cap = _problem(inputs)
    return apportion(seats, weights, floor=floor, cap=cap)


def _solve(inputs: Mapping[str, bytes], seed: Mapping[str, object]) -> Solved:
    if seed:
        raise ProofError("seed.json: an apportionment draws nothing, so its seed must be empty")
    return _solved(_apportion(inputs))


def _solved(found: Apportionment) -> Solved:
    divisor = found.divisor
    told = {
        "quotas": found.seats,
        "divisor": None
        if divisor is None
        else [str(divisor.low), None if divisor.high is None else str(divisor.high)],
        "ties": [{"parties": list(tie.parties), "seats": tie.seats} for tie in found.ties],
    }
    certificate = {"method": APPORTION, "seats": sum(found.seats.values()), "quotas": len(found.seats)}
    return Solved({"quotas.json": canonical_json(told)}, certificate)


def _verify(
    inputs: Mapping[str, bytes], seed: Mapping[str, object], outcome: Mapping[str, bytes]
) -> list[str]:
    """Hold the published quotas against the divisor inequalities, without the solver."""
    if seed:
        return ["seed.json: an apportionment draws nothing, so its seed must be empty"]
    match read_json(outcome["quotas.json"]):
        case {"quotas": dict(quotas), "divisor": divisor, "ties": list(ties)}:
            pass
        case _:
            raise ProofError("quotas.json does not hold quotas, their divisor and the ties")
    seats, weights, floor, cap = _problem(inputs)
    found = Apportionment(
        "webster",
        {name: int(quotas[name]) for name in weights if name in quotas},
        None
        if divisor is None
        else DivisorRange(Fraction(divisor[0]), None if divisor[1] is None else Fraction(divisor[1])),
        tuple(Tie(tuple(tie["parties"]), tie["seats"]) for tie in ties),
    )
    return verify_apportionment(seats, weights, found, floor=floor, cap=cap)


WEBSTER = Method(APPORTION, _solve, _verify)
