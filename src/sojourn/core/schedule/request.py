"""What is asked of a visit schedule, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_POINTS = 10_000
"""The most points that a cohort can give a host."""

LARGEST = 1_000_000
"""The largest number of people, seats or vehicles that is accepted."""

MOST_WEEKS = 520
"""The longest timetable: ten years."""


class RequestError(ValueError):
    """A schedule request that contradicts itself; the message names the first fault and its place."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group that goes together: `size` people for `length` weeks in a row, in no week of `away`.

    `pool` names the vehicle pool that takes it there and back; None: it needs none.
    """

    id: str
    size: int
    length: int = 1
    away: frozenset[int] = frozenset()
    pool: str | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """An institution that can take `seats` people at a time, except in its `closed` weeks."""

    id: str
    seats: int
    closed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pool:
    """`vehicles` of `seats` each; a cohort takes whole vehicles in its first and in its last week."""

    id: str
    vehicles: int
    seats: int


@dataclass(frozen=True, slots=True)
class Request:
    """Cohorts, hosts and vehicle pools over weeks 1 to `weeks`; nobody stays anywhere in `holidays`.

    `points[cohort][host]` says how well they suit each other (0 to `MOST_POINTS`); a host that is not
    named there is not allowed for the cohort. Raises RequestError when anything contradicts itself.
    """

    weeks: int
    cohorts: tuple[Cohort, ...]
    hosts: tuple[Host, ...]
    points: Mapping[str, Mapping[str, int]]
    pools: tuple[Pool, ...] = ()
    holidays: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        _whole(self.weeks, 1, MOST_WEEKS, "weeks")
        _weeks_within(self.holidays, self.weeks, "holidays")
        _distinct((cohort.id for cohort in self.cohorts), "cohort")
        hosts = _distinct((host.id for host in self.hosts), "host")
        pools = _distinct((pool.id for pool in self.pools), "pool")
        for host in self.hosts:
            _whole(host.seats, 0, LARGEST, f"seats of host {host.id!r}")
            _weeks_within(host.closed, self.weeks, f"closed weeks of host {host.id!r}")
        for pool in self.pools:
            _whole(pool.vehicles, 0, LARGEST, f"vehicles of pool {pool.id!r}")
            _whole(pool.seats, 1, LARGEST, f"seats of pool {pool.id!r}")
        for cohort in self.cohorts:
            self._check_cohort(cohort, pools)
        self._check_points(hosts)

    def _check_cohort(self, cohort: Cohort, pools: frozenset[str]) -> None:
        _whole(cohort.size, 1, LARGEST, f"size of cohort {cohort.id!r}")
        _whole(cohort.length, 1, self.weeks, f"length of cohort {cohort.id!r}")
        _weeks_within(cohort.away, self.weeks, f"away weeks of cohort {cohort.id!r}")
        if cohort.pool is not None and cohort.pool not in pools:
            raise RequestError(f"cohort {cohort.id!r} uses pool {cohort.pool!r}, which is not given")

    def _check_points(self, hosts: frozenset[str]) -> None:
        cohorts = {cohort.id for cohort in self.cohorts}
        for cohort, row in self.points.items():
            if cohort not in cohorts:
                raise RequestError(f"points name cohort {cohort!r}, which is not given")
            for host, points in row.items():
                if host not in hosts:
                    raise RequestError(f"points of cohort {cohort!r} name host {host!r}, which is not given")
                _whole(points, 0, MOST_POINTS, f"points of cohort {cohort!r} for host {host!r}")


@dataclass(frozen=True, slots=True)
class Visit:
    """A cohort's stay at a host from the start of `week`."""

    cohort: str
    host: str
    week: int


class Reason(StrEnum):
    """Why a cohort has no visit. The first four hold whatever else is scheduled."""

    NO_HOST_ALLOWED = "no-host-allowed"
    TOO_LARGE = "too-large"
    NO_COMMON_WEEK = "no-common-week"
    TOO_FEW_VEHICLES = "too-few-vehicles"
    HOSTS_FULL = "hosts-full"
    VEHICLES_TAKEN = "vehicles-taken"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A cohort without a visit: the reason, and how many (host, week) choices it would have had if alone."""

    cohort: str
    reason: Reason
    choices: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The visits by cohort, the cohorts left over, and a certificate.

    `points` adds up the visits' points. `value` is what the schedule is worth (each visit: more than
    all points together, plus its points), `bound` what no schedule over the weighed choices can exceed.
    """

    visits: tuple[Visit, ...]
    unplaced: tuple[Unplaced, ...]
    points: int
    value: int
    bound: int

    @property
    def optimal(self) -> bool:
        """Whether nothing better exists among the choices that were weighed."""
        return self.value == self.bound


def _whole(number: object, least: int, most: int, place: str) -> None:
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise RequestError(f"{place}: {number!r} is not a whole number from {least} to {most}")


def _weeks_within(numbers: Iterable[int], last: int, place: str) -> None:
    for number in numbers:
        _whole(number, 1, last, place)


def _distinct(ids: Iterable[str], what: str) -> frozenset[str]:
    seen: set[str] = set()
    for name in ids:
        if not name:
            raise RequestError(f"a {what} has an empty id; give it one")
        if name in seen:
            raise RequestError(f"{what} {name!r} is given twice; name each once")
        seen.add(name)
    return frozenset(seen)
