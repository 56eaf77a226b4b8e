"""Every choice of host and starting week as one row of arrays, with the seats and vehicles that it takes."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sojourn.core.schedule.request import Cohort, Request

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A request as arrays; cohorts and hosts in the order of their ids, weeks from 0."""

    cohorts: tuple[Cohort, ...]
    hosts: tuple[str, ...]
    seats: Ints
    open: Flags
    free: Flags
    points: Ints
    vehicles_needed: Ints
    pool: Ints
    pool_vehicles: Ints

    @classmethod
    def of(cls, request: Request) -> Self:
        """The calendar of a request; points of a host that is not allowed are -1."""
        cohorts = tuple(sorted(request.cohorts, key=lambda cohort: cohort.id))
        hosts = tuple(sorted(request.hosts, key=lambda host: host.id))
        pools = sorted(request.pools, key=lambda pool: pool.id)
        numbers = {pool.id: number for number, pool in enumerate(pools)}
        host_at = {host.id: at for at, host in enumerate(hosts)}
        points = np.full((len(cohorts), len(hosts)), -1, dtype=np.int64)
        for row, cohort in enumerate(cohorts):
            for host, worth in request.points.get(cohort.id, {}).items():
                points[row, host_at[host]] = worth
        pool = [-1 if cohort.pool is None else numbers[cohort.pool] for cohort in cohorts]
        needed = [
            0 if at < 0 else -(-cohort.size // pools[at].seats)
            for at, cohort in zip(pool, cohorts, strict=True)
        ]
        return cls(
            cohorts=cohorts,
            hosts=tuple(host.id for host in hosts),
            seats=np.array([host.seats for host in hosts], dtype=np.int64),
            open=_weeks_without(request, [host.closed for host in hosts]),
            free=_weeks_without(request, [cohort.away for cohort in cohorts]),
            points=points,
            vehicles_needed=np.array(needed, dtype=np.int64),
            pool=np.array(pool, dtype=np.int64),
            pool_vehicles=np.array([one.vehicles for one in pools], dtype=np.int64),
        )

    def starts(self, cohort: int) -> Flags:
        """Whether the cohort, if alone, could start at each host (rows) in each week (columns)."""
        group = self.cohorts[cohort]
        fits = (self.points[cohort] >= 0) & (self.seats >= group.size)
        if self.pool[cohort] >= 0 and self.vehicles_needed[cohort] > self.pool_vehicles[self.pool[cohort]]:
            fits = np.zeros_like(fits)
        return np.asarray(fits[:, None] & whole_stays(self.open & self.free[cohort], group.length))


@dataclass(frozen=True, slots=True)
class Options:
    """The choices that are weighed: one entry each in `cohort`, `host`, `week` and `worth`.

    A set of choices is a schedule when `use @ chosen <= supply`: one visit per cohort, seats per host and
    week, vehicles per pool and week. Rows that can never bind are left out.
    """

    cohort: Ints
    host: Ints
    week: Ints
    worth: Ints
    use: sparse.csr_array
    supply: Ints

    @classmethod
    def of(cls, calendar: Calendar, breadth: Ints) -> Self:
        """Each cohort's `breadth` best hosts that could take it (ties by id) in every possible week."""
        triples = []
        for cohort, most in enumerate(breadth.tolist()):
            starts = calendar.starts(cohort)
            able = np.flatnonzero(starts.any(axis=1))
            best = able[np.argsort(-calendar.points[cohort, able], kind="stable")][:most]
            rank, week = np.nonzero(starts[best])
            triples.append(np.stack([np.full(len(rank), cohort), best[rank], week]))
        every = np.concatenate([np.zeros((3, 0), dtype=np.int64), *triples], axis=1)
        cohort, host, week = every[0], every[1], every[2]
        premium = int(np.maximum(calendar.points, 0).max(axis=1, initial=0).sum()) + 1
        use, supply = _resources(calendar, cohort, host, week)
        return cls(cohort, host, week, premium + calendar.points[cohort, host], use, supply)


def whole_stays(usable: Flags, length: int) -> Flags:
    """For weeks along the last axis: whether that week and the `length - 1` after it are all usable."""
    starts = np.zeros_like(usable)
    windows = np.lib.stride_tricks.sliding_window_view(usable, length, axis=-1)
    starts[..., : windows.shape[-2]] = windows.all(axis=-1)
    return starts


def _weeks_without(request: Request, blocked: list[frozenset[int]]) -> Flags:
    usable = np.ones((len(blocked), request.weeks), dtype=bool)
    for row, weeks in enumerate(blocked):
        usable[row, [week - 1 for week in weeks | request.holidays]] = False
    return usable


def _resources(calendar: Calendar, cohort: Ints, host: Ints, week: Ints) -> tuple[sparse.csr_array, Ints]:
    """What each choice takes, and what there is: cohorts, then host-weeks, then pool-weeks."""
    weeks = calendar.open.shape[1]
    cohorts, host_weeks = len(calendar.cohorts), len(calendar.hosts) * weeks
    choice = np.arange(len(cohort))
    size = np.array([group.size for group in calendar.cohorts], dtype=np.int64)[cohort]
    length = np.array([group.length for group in calendar.cohorts], dtype=np.int64)[cohort]
    entries = [(cohort, choice, np.ones(len(choice), dtype=np.int64))]
    for later in range(int(length.max(initial=0))):
        staying = length > later
        row = cohorts + host[staying] * weeks + week[staying] + later
        entries.append((row, choice[staying], size[staying]))
    pool, needed = calendar.pool[cohort], calendar.vehicles_needed[cohort]
    for last in (False, True):
        rides = (pool >= 0) & (length > 1) if last else pool >= 0
        when = week[rides] + (length[rides] - 1 if last else 0)
        row = cohorts + host_weeks + pool[rides] * weeks + when
        entries.append((row, choice[rides], needed[rides]))
    row, column, amount = (np.concatenate(part) for part in zip(*entries, strict=True))
    supply = np.concatenate(
        [
            np.ones(cohorts, dtype=np.int64),
            np.repeat(calendar.seats, weeks),
            np.repeat(calendar.pool_vehicles, weeks),
        ]
    )
    use = sparse.csr_array((amount.astype(float), (row, column)), shape=(len(supply), len(choice)))
    binding = np.asarray(use.sum(axis=1)).ravel() > supply
    return use[binding], supply[binding]
