"""`sojourn solve pairs`: a matrix of weights, or two lists of people."""

import time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sojourn.cli.solve.faults import Fault, FaultyInput, from_validation
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.pairing import (
    PairingError,
    PenPals,
    Person,
    Points,
    Rules,
    pair_matrix,
    pair_people,
    verify_matrix_pairs,
    verify_pen_pals,
)

Weight = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e11, le=1e11)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Count = Annotated[int, Field(strict=True, ge=0, le=1_000)]


class _Closed(BaseModel):
    """No field beyond those that are named."""

    model_config = ConfigDict(extra="forbid")


class Matrix(_Closed):
    """Weights by row and column; null forbids a cell."""

    weights: list[list[Weight | None]]
    sense: Literal["min", "max"] = "max"


class PersonIn(_Closed):
    """One person; `medium` and `institution` may be left out."""

    id: Word
    age: Annotated[int, Field(strict=True, ge=0, le=150)]
    languages: list[Word]
    tags: list[Word] = []
    region: Word
    medium: Word | None = None
    institution: Word | None = None


class RulesIn(_Closed):
    """Hard rules and points of the call, with the programme's own as default."""

    max_age_gap: Annotated[int, Field(strict=True, ge=0, le=150)] = 2
    adult_age: Annotated[int, Field(strict=True, ge=0, le=150)] = 18
    same_region: bool = False
    per_institution_pair: Annotated[int, Field(strict=True, ge=1)] | None = None
    shared_tag: Count = 2
    same_medium: Count = 1
    second_language: Count = 1


class TwoSides(_Closed):
    """Pen pals: people of two sides."""

    left: list[PersonIn]
    right: list[PersonIn]
    rules: RulesIn = RulesIn()
    seconds: Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)] = 60.0


def solve(payload: object) -> dict[str, object]:
    """The answer as plain JSON values. Raises FaultyInput with every fault."""
    wants_matrix = isinstance(payload, dict) and "weights" in payload
    try:
        if wants_matrix:
            return _solve_matrix(Matrix.model_validate(payload))
        return _solve_people(TwoSides.model_validate(payload))
    except ValidationError as error:
        raise from_validation(error) from error
    except PairingError as error:
        raise FaultyInput([Fault("$.weights" if wants_matrix else "$", str(error))]) from error


def _solve_matrix(problem: Matrix) -> dict[str, object]:
    widths = {len(row) for row in problem.weights}
    if len(widths) > 1:
        longest = max(widths)
        raise FaultyInput(
            [
                Fault(
                    f"$.weights[{number}]",
                    f"the row has {len(row)} cells, others have {longest}: fill it with null",
                )
                for number, row in enumerate(problem.weights)
                if len(row) < longest
            ]
        )
    cells = [[float("nan") if cell is None else cell for cell in row] for row in problem.weights]
    outcome = pair_matrix(cells, sense=problem.sense)
    must_be_proved(verify_matrix_pairs(cells, outcome, sense=problem.sense))
    paired = {row for row, _ in outcome.pairs}
    return {
        "pairs": [list(pair) for pair in outcome.pairs],
        "unpaired": [row for row in range(len(cells)) if row not in paired],
        "total": outcome.total,
        "bound": outcome.total,
        "gap": 0.0,
    }


def _solve_people(problem: TwoSides) -> dict[str, object]:
    _refuse_repeated_ids(problem)
    given = problem.rules
    rules = Rules(given.max_age_gap, given.adult_age, given.same_region, given.per_institution_pair)
    points = Points(given.shared_tag, given.same_medium, given.second_language)
    deadline = time.monotonic() + problem.seconds
    left, right = [_person(one) for one in problem.left], [_person(one) for one in problem.right]
    outcome = pair_people(left, right, rules=rules, points=points, stop=lambda: time.monotonic() > deadline)
    must_be_proved(verify_pen_pals(left, right, outcome, rules=rules, points=points))
    return _told(outcome)


def _refuse_repeated_ids(problem: TwoSides) -> None:
    seen: dict[str, str] = {}
    faults = []
    for side in ("left", "right"):
        for number, person in enumerate(getattr(problem, side)):
            path = f"$.{side}[{number}].id"
            if person.id in seen:
                faults.append(
                    Fault(path, f"{person.id!r} is given before at {seen[person.id]}: make every id unique")
                )
            seen.setdefault(person.id, path)
    if faults:
        raise FaultyInput(faults)


def _person(given: PersonIn) -> Person:
    return Person(
        id=given.id,
        age=given.age,
        languages=frozenset(given.languages),
        tags=frozenset(given.tags),
        region=given.region,
        medium=given.medium,
        institution=given.institution,
    )


def _told(outcome: PenPals) -> dict[str, object]:
    return {
        "pairs": [list(pair) for pair in outcome.pairs],
        "unpaired": sorted([*outcome.unpaired_left, *outcome.unpaired_right]),
        "total": outcome.total,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "most_pairs": outcome.most_pairs,
    }
