"""Why a cohort has no visit, named."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from sojourn.core.schedule.options import Calendar, Flags, Ints, whole_stays
from sojourn.core.schedule.request import Reason, Unplaced


@dataclass(frozen=True, slots=True)
class Occupied:
    """Seats left by host and week, and vehicles left by pool and week, under a schedule."""

    seats: Ints
    vehicles: Ints

    @classmethod
    def by(cls, calendar: Calendar, cohort: Ints, host: Ints, week: Ints) -> Self:
        """What the visits (cohort, host, starting week) leave free."""
        weeks = calendar.open.shape[1]
        seats = np.tile(calendar.seats[:, None], (1, weeks))
        vehicles = np.tile(calendar.pool_vehicles[:, None], (1, weeks))
        for group, place, start in zip(cohort.tolist(), host.tolist(), week.tolist(), strict=True):
            last = start + calendar.cohorts[group].length - 1
            seats[place, start : last + 1] -= calendar.cohorts[group].size
            if calendar.pool[group] >= 0:
                vehicles[calendar.pool[group], sorted({start, last})] -= calendar.vehicles_needed[group]
        return cls(seats, vehicles)


def why_unplaced(calendar: Calendar, occupied: Occupied, cohort: int) -> Unplaced:
    """The first reason that holds, from what no schedule can change to what this one has taken."""
    group = calendar.cohorts[cohort]
    allowed = calendar.points[cohort] >= 0
    large_enough = allowed & (calendar.seats >= group.size)
    both_open = large_enough[:, None] & whole_stays(calendar.open & calendar.free[cohort], group.length)
    starts = calendar.starts(cohort)
    seated = starts & whole_stays(occupied.seats >= group.size, group.length)
    for reason, holds in (
        (Reason.NO_HOST_ALLOWED, not allowed.any()),
        (Reason.TOO_LARGE, not large_enough.any()),
        (Reason.NO_COMMON_WEEK, not both_open.any()),
        (Reason.TOO_FEW_VEHICLES, not starts.any()),
        (Reason.HOSTS_FULL, not seated.any()),
    ):
        if holds:
            return Unplaced(group.id, reason, int(starts.sum()))
    return Unplaced(group.id, Reason.VEHICLES_TAKEN, _without_vehicles(calendar, occupied, cohort, starts))


def _without_vehicles(calendar: Calendar, occupied: Occupied, cohort: int, starts: Flags) -> int:
    """How many choices there would be; a choice left in spite of the schedule is a defect of the solver."""
    group = calendar.cohorts[cohort]
    seated = starts & whole_stays(occupied.seats >= group.size, group.length)
    for week in np.flatnonzero(seated.any(axis=0)).tolist():
        rides = occupied.vehicles[calendar.pool[cohort], [week, week + group.length - 1]]
        if calendar.pool[cohort] < 0 or (rides >= calendar.vehicles_needed[cohort]).all():
            raise AssertionError(f"cohort {group.id!r} could still start in week {week + 1}")
    return int(starts.sum())
