"""`sojourn solve twinning`: institutions with capacities, and the edges that they may form."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sojourn.cli.solve.faults import Fault, FaultyInput, from_validation
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.pairing import Edge, Institution, PairingError, twin, verify_twinning


class InstitutionIn(BaseModel):
    """An institution and how many twins it can take."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(min_length=1, max_length=200)]
    capacity: Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class Graph(BaseModel):
    """The whole problem; an edge is [one id, other id, weight]."""

    model_config = ConfigDict(extra="forbid")

    institutions: list[InstitutionIn]
    edges: list[tuple[str, str, Annotated[float, Field(strict=True, ge=0, le=1e9, allow_inf_nan=False)]]]
    seconds: Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)] = 20.0


def solve(payload: object) -> dict[str, object]:
    """The answer as plain JSON values. Raises FaultyInput with every fault."""
    try:
        problem = Graph.model_validate(payload)
    except ValidationError as error:
        raise from_validation(error) from error
    if faults := [*_institution_faults(problem), *_edge_faults(problem)]:
        raise FaultyInput(faults)
    institutions = [Institution(one.id, one.capacity) for one in problem.institutions]
    try:
        edges = [Edge(*edge) for edge in problem.edges]
        outcome = twin(institutions, edges, seconds=problem.seconds / 2)
        must_be_proved(verify_twinning(institutions, edges, outcome))
    except PairingError as error:
        raise FaultyInput([Fault("$", str(error))]) from error
    return {
        "pairs": [list(pair) for pair in outcome.pairs],
        "total": outcome.total,
        "bound": outcome.bound,
        "gap": outcome.gap,
    }


def _institution_faults(problem: Graph) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for number, institution in enumerate(problem.institutions):
        if institution.id in seen:
            faults.append(
                Fault(f"$.institutions[{number}].id", f"{institution.id!r} is given twice: keep one")
            )
        seen.add(institution.id)
    return faults


def _edge_faults(problem: Graph) -> list[Fault]:
    known = {institution.id for institution in problem.institutions}
    first: dict[frozenset[str], int] = {}
    faults = []
    for number, (one, other, _) in enumerate(problem.edges):
        path = f"$.edges[{number}]"
        faults += [
            Fault(f"{path}[{place}]", f"{id_!r} is not among the institutions: add it or drop the edge")
            for place, id_ in enumerate((one, other))
            if id_ not in known
        ]
        if one == other:
            faults.append(Fault(path, f"{one!r} cannot be its own twin"))
        elif (pair := frozenset((one, other))) in first:
            faults.append(Fault(path, f"the same two are already in $.edges[{first[pair]}]: keep one"))
        else:
            first[pair] = number
    return faults
