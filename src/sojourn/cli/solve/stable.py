"""`sojourn solve stable`: many-to-one matching of applicants to posts."""

from collections import Counter
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    ValidationError,
)

from sojourn.cli.solve.faults import Fault, FaultyInput, from_validation, json_path
from sojourn.core.matching import (
    BlockingPair,
    Couple,
    InvalidProblemError,
    Objective,
    Outcome,
    Post,
    Problem,
    Reason,
    Region,
    Reserve,
    reasons,
)
from sojourn.core.matching import (
    solve as solve_problem,
)


def _distinct(ids: list[str]) -> list[str]:
    repeated = sorted(name for name, count in Counter(ids).items() if count > 1)
    if repeated:
        raise ValueError(f"{', '.join(map(repr, repeated))} listed twice: keep one")
    return ids


Count = Annotated[int, Field(strict=True, ge=0)]
Members = Annotated[list[StrictStr], AfterValidator(_distinct)]
Pair = Annotated[list[StrictStr], Field(min_length=2, max_length=2)]
JointChoice = Annotated[list[StrictStr | None], Field(min_length=2, max_length=2)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReserveInput(_Input):
    """Seats of a post that its members fill first."""

    members: Members
    seats: Count

    def to_core(self) -> Reserve:
        """The same for the solver."""
        return Reserve(frozenset(self.members), self.seats)


class PostInput(_Input):
    """A post's seats and whom it would take, best first."""

    capacity: Count
    ranking: list[StrictStr]
    reserves: list[ReserveInput] = []

    def to_core(self) -> Post:
        """The same for the solver."""
        return Post(self.capacity, self.ranking, [reserve.to_core() for reserve in self.reserves])


class CoupleInput(_Input):
    """Two applicants with one list of joint choices; null leaves a member without a place."""

    members: Pair
    choices: list[JointChoice]

    def to_core(self) -> Couple:
        """The same for the solver."""
        first, second = self.members
        return Couple((first, second), [(one, other) for one, other in self.choices])


class RegionInput(_Input):
    """Posts, in the order in which they take turns, under one cap."""

    posts: list[StrictStr]
    cap: Count
    targets: dict[str, Count] = {}

    def to_core(self) -> Region:
        """The same for the solver."""
        return Region(self.posts, self.cap, self.targets)


class StableInput(_Input):
    """The whole file."""

    applicants: dict[str, list[StrictStr]]
    posts: dict[str, PostInput]
    couples: list[CoupleInput] = []
    regions: dict[str, RegionInput] = {}
    objective: Objective = Objective.STABLE
    weights: dict[str, dict[str, Count]] | None = None
    explain: StrictBool = False

    def to_core(self) -> Problem:
        """The same for the solver."""
        return Problem(
            applicants=self.applicants,
            posts={name: post.to_core() for name, post in self.posts.items()},
            couples=[couple.to_core() for couple in self.couples],
            regions={name: region.to_core() for name, region in self.regions.items()},
        )


def solve(payload: object) -> dict[str, object]:
    """The matching, its blocking pairs and unmet reserves; raises FaultyInput with every fault."""
    try:
        given = StableInput.model_validate(payload)
    except ValidationError as error:
        raise from_validation(error) from error
    problem = given.to_core()
    try:
        outcome = solve_problem(problem, given.objective, weights=given.weights)
    except InvalidProblemError as error:
        raise FaultyInput([Fault(json_path(path), message) for path, message in error.faults]) from error
    except ValueError as error:  # more than the arithmetic holds
        raise FaultyInput([Fault("$", str(error))]) from error
    answer = _answer(outcome)
    if given.explain:
        told = reasons(problem, outcome.assignment, outcome.certificate)
        answer["reasons"] = {who: [_reason(reason) for reason in rows] for who, rows in told.items()}
    return answer


def _answer(outcome: Outcome) -> dict[str, object]:
    unmet: dict[str, int] = {}
    for fill in outcome.reserves:
        if fill.unmet:
            unmet[fill.post] = unmet.get(fill.post, 0) + fill.unmet
    return {
        "method": outcome.method,
        "assignment": outcome.assignment,
        "stable": outcome.certificate.stable,
        "stable_matching_exists": outcome.existence.value,
        "blocking_pairs": [_pair(pair) for pair in outcome.certificate.blocking_pairs],
        "reserves_unmet": unmet,
        "reserves": [
            {"post": fill.post, "reserve": fill.number, "seats": fill.seats, "filled": fill.filled}
            for fill in outcome.reserves
        ],
        "ignored": [{"in": entry.side, "of": entry.by, "entry": entry.entry} for entry in outcome.ignored],
    }


def _pair(pair: BlockingPair) -> list[object]:
    """`["a", "p"]` for one applicant, `[["a", "b"], ["p", "q"]]` for a couple."""
    if len(pair.members) == 1:
        return [pair.members[0], pair.posts[0]]
    return [list(pair.members), list(pair.posts)]


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "post": reason.post,
        "choice": reason.choice,
        "because": reason.because.value,
        "own_rank": reason.own_rank,
        "last_admitted_rank": reason.last_admitted_rank,
        "last_open_rank": reason.last_open_rank,
        "seats": reason.seats,
        "admitted": reason.admitted,
    }
