"""`sojourn solve schedule`: cohorts to hosts and weeks."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sojourn.cli.solve.faults import Fault, FaultyInput, from_validation
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.schedule import Cohort, Host, Pool, Request, RequestError, schedule, verify_schedule
from sojourn.core.schedule.request import LARGEST, MOST_POINTS, MOST_WEEKS

type Id = Annotated[str, Field(min_length=1)]
type Week = Annotated[int, Field(ge=1, le=MOST_WEEKS)]
type Points = Annotated[int, Field(ge=0, le=MOST_POINTS)]

FORMAT = ConfigDict(extra="forbid", strict=True)


class CohortInput(BaseModel):
    """One cohort and the points it gives to each host that is allowed for it."""

    model_config = FORMAT

    id: Id
    size: Annotated[int, Field(ge=1, le=LARGEST)]
    length: Week = 1
    away: list[Week] = []
    pool: Id | None = None
    hosts: dict[Id, Points]


class HostInput(BaseModel):
    """One host."""

    model_config = FORMAT

    id: Id
    seats: Annotated[int, Field(ge=0, le=LARGEST)]
    closed: list[Week] = []


class PoolInput(BaseModel):
    """One vehicle pool."""

    model_config = FORMAT

    id: Id
    vehicles: Annotated[int, Field(ge=0, le=LARGEST)]
    seats: Annotated[int, Field(ge=1, le=LARGEST)]


class ScheduleInput(BaseModel):
    """The input: docs/manual/solve/schedule.md."""

    model_config = FORMAT

    weeks: Week
    cohorts: list[CohortInput]
    hosts: list[HostInput]
    pools: list[PoolInput] = []
    holidays: list[Week] = []
    breadth: Annotated[int, Field(ge=1, le=LARGEST)] = 30
    effort: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False, strict=False)] = 2.0


def solve(payload: object) -> dict[str, object]:
    """Visits, reasons for the cohorts left over, the certificate. Raises FaultyInput with every fault."""
    try:
        given = ScheduleInput.model_validate(payload)
    except ValidationError as error:
        raise from_validation(error) from None
    faults = list(_faults(given))
    if faults:
        raise FaultyInput(faults)
    try:
        request = _request(given)
        outcome = schedule(request, breadth=given.breadth, effort=given.effort)
        must_be_proved(verify_schedule(request, outcome))
    except RequestError as error:
        raise FaultyInput([Fault("$", str(error))]) from None
    return {
        "visits": [
            {"cohort": visit.cohort, "host": visit.host, "week": visit.week} for visit in outcome.visits
        ],
        "unplaced": [
            {"cohort": left.cohort, "reason": left.reason.value, "choices": left.choices}
            for left in outcome.unplaced
        ],
        "points": outcome.points,
        "value": outcome.value,
        "bound": outcome.bound,
        "optimal": outcome.optimal,
    }


def _request(given: ScheduleInput) -> Request:
    return Request(
        weeks=given.weeks,
        cohorts=tuple(
            Cohort(one.id, one.size, one.length, frozenset(one.away), one.pool) for one in given.cohorts
        ),
        hosts=tuple(Host(one.id, one.seats, frozenset(one.closed)) for one in given.hosts),
        points={one.id: one.hosts for one in given.cohorts},
        pools=tuple(Pool(one.id, one.vehicles, one.seats) for one in given.pools),
        holidays=frozenset(given.holidays),
    )


def _faults(given: ScheduleInput) -> Iterator[Fault]:
    for field, ids in (
        ("cohorts", [one.id for one in given.cohorts]),
        ("hosts", [one.id for one in given.hosts]),
        ("pools", [one.id for one in given.pools]),
    ):
        seen: set[str] = set()
        for at, name in enumerate(ids):
            if name in seen:
                yield Fault(f"$.{field}[{at}].id", f"{name!r} is given twice; name each once")
            seen.add(name)
    yield from _late_weeks("$.holidays", given.holidays, given.weeks)
    for at, host in enumerate(given.hosts):
        yield from _late_weeks(f"$.hosts[{at}].closed", host.closed, given.weeks)
    hosts, pools = {one.id for one in given.hosts}, {one.id for one in given.pools}
    for at, cohort in enumerate(given.cohorts):
        place = f"$.cohorts[{at}]"
        yield from _late_weeks(f"{place}.away", cohort.away, given.weeks)
        if cohort.length > given.weeks:
            yield Fault(f"{place}.length", f"{cohort.length} weeks are more than the {given.weeks} there are")
        if cohort.pool is not None and cohort.pool not in pools:
            yield Fault(f"{place}.pool", f"{cohort.pool!r} is not among the pools; add it there")
        for name in cohort.hosts:
            if name not in hosts:
                yield Fault(f"{place}.hosts.{name}", f"{name!r} is not among the hosts; add it there")


def _late_weeks(place: str, weeks: list[int], last: int) -> Iterator[Fault]:
    for at, week in enumerate(weeks):
        if week > last:
            yield Fault(f"{place}[{at}]", f"week {week} is after the last one, {last}")
