"""From a request to its schedule, with a named reason for every cohort that is left over."""

import numpy as np

from sojourn.core.schedule.options import Calendar, Flags, Ints, Options
from sojourn.core.schedule.reasons import Occupied, why_unplaced
from sojourn.core.schedule.request import Request, RequestError, Schedule, Visit
from sojourn.core.schedule.search import add_greedily, best_choices, carried_over


def schedule(request: Request, *, breadth: int = 30, effort: float = 2.0) -> Schedule:
    """The schedule that places the most cohorts and, among those, has the most points.

    A cohort stays at one host for its whole length, in weeks that are nobody's holiday, while the host
    has seats for everyone who is there; it takes whole vehicles of its pool in its first and its last week.
    Weighed are the `breadth` best hosts of each cohort (most points, ties by id) and every host for those
    whom that leaves over. `effort` bounds the search in CP-SAT's units of deterministic time (five to ten
    seconds each), so that the same request gives the same answer whatever the load of the machine; when
    it runs out, the best schedule so far is given and `bound` says how far it may be from the best.

    Every cohort is in `visits` or in `unplaced`, each in the order of ids; no cohort in `unplaced` could be
    added to the schedule as it stands. The order of the request's lists does not matter; among equally
    good schedules the search decides, from the order of ids.

    Raises RequestError for a breadth below 1 or a negative effort.

    **Source:** Perron & Didier, OR-Tools CP-SAT; reduced-cost fixing as in Nemhauser & Wolsey 1988, Integer
    and Combinatorial Optimization, II.5.
    """
    if breadth < 1 or not effort >= 0:
        raise RequestError(f"breadth is {breadth} and effort {effort}; give at least 1 and at least 0")
    calendar = Calendar.of(request)
    widths = np.full(len(calendar.cohorts), breadth, dtype=np.int64)
    options = Options.of(calendar, widths)
    found = best_choices(options, effort)
    left_over = _left_over(calendar, options, found.choice)
    if left_over.any() and breadth < len(calendar.hosts):
        widths[left_over] = len(calendar.hosts)
        wider = Options.of(calendar, widths)
        found = best_choices(wider, effort, carried_over(options, found.choice, wider))
        options = wider
    return _answer(calendar, *_filled(calendar, options, found.choice, widths), found.bound)


def _left_over(calendar: Calendar, options: Options, chosen: Flags) -> Flags:
    alone = np.ones(len(calendar.cohorts), dtype=bool)
    alone[options.cohort[chosen]] = False
    return alone


def _filled(calendar: Calendar, options: Options, chosen: Flags, widths: Ints) -> tuple[Options, Flags]:
    """The same choices, and any other that still fits for a cohort that is left over, at whatever host."""
    left_over = _left_over(calendar, options, chosen)
    if (widths[left_over] >= len(calendar.hosts)).all():
        return options, add_greedily(options, np.lexsort((options.week, -options.worth)), chosen)
    wider = Options.of(calendar, np.where(left_over, len(calendar.hosts), widths))
    kept = carried_over(options, chosen, wider)
    return wider, add_greedily(wider, np.lexsort((wider.week, -wider.worth)), kept)


def _answer(calendar: Calendar, options: Options, chosen: Flags, bound: int) -> Schedule:
    cohort, host, week = options.cohort[chosen], options.host[chosen], options.week[chosen]
    value = int(options.worth[chosen].sum())
    occupied = Occupied.by(calendar, cohort, host, week)
    return Schedule(
        visits=tuple(
            Visit(calendar.cohorts[group].id, calendar.hosts[place], start + 1)
            for group, place, start in sorted(zip(cohort.tolist(), host.tolist(), week.tolist(), strict=True))
        ),
        unplaced=tuple(
            why_unplaced(calendar, occupied, group)
            for group in np.flatnonzero(_left_over(calendar, options, chosen)).tolist()
        ),
        points=int(calendar.points[cohort, host].sum()),
        value=value,
        bound=max(bound, value),
    )
