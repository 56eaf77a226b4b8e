"""An independent check of a schedule: plain loops over weeks, nothing shared with the solver."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sojourn.core.schedule.request import Cohort, Host, Request, Schedule, Visit

Load = Counter[tuple[str, int]]


def verify_schedule(request: Request, schedule: Schedule) -> list[str]:
    """What is wrong with `schedule` as an answer to `request`; an empty list when nothing is.

    Checked: each cohort is placed or unplaced, once; every visit is allowed and lies in open weeks; seats
    and vehicles suffice in every week; the points add up; and no unplaced cohort could still be added.
    """
    cohorts = {cohort.id: cohort for cohort in request.cohorts}
    hosts = {host.id: host for host in request.hosts}
    named = Counter([visit.cohort for visit in schedule.visits] + [left.cohort for left in schedule.unplaced])
    faults = [
        f"cohort {name!r} is answered {named[name]} times"
        for name in sorted(cohorts.keys() | named)
        if named[name] != 1 or name not in cohorts
    ]
    known = [visit for visit in schedule.visits if visit.cohort in cohorts and visit.host in hosts]
    if len(known) < len(schedule.visits):
        faults.append("a visit names an unknown cohort or host")
    for visit in known:
        fault = _forbidden(request, cohorts[visit.cohort], hosts[visit.host], visit.week)
        if fault:
            faults.append(f"{visit.cohort!r} at {visit.host!r} from week {visit.week}: {fault}")
    people, vehicles = _loads(request, known)
    faults += _overfull(request, people, vehicles)
    if schedule.points != sum(request.points.get(visit.cohort, {}).get(visit.host, 0) for visit in known):
        faults.append(f"the points are not {schedule.points}")
    if not faults:
        possible = (
            _still_possible(request, people, vehicles, cohorts[left.cohort]) for left in schedule.unplaced
        )
        faults += [fault for fault in possible if fault]
    return faults


def _forbidden(request: Request, cohort: Cohort, host: Host, week: int) -> str:
    stay = range(week, week + cohort.length)
    if host.id not in request.points.get(cohort.id, {}):
        return "the host is not allowed"
    if stay.start < 1 or stay.stop - 1 > request.weeks:
        return "the stay leaves the timetable"
    if not (request.holidays | cohort.away | host.closed).isdisjoint(stay):
        return "the stay meets a holiday, a week away or a closed week"
    return ""


def _loads(request: Request, visits: Iterable[Visit]) -> tuple[Load, Load]:
    """People by (host, week) and vehicles by (pool, week)."""
    cohorts = {cohort.id: cohort for cohort in request.cohorts}
    people, vehicles = Load(), Load()
    for visit in visits:
        cohort = cohorts[visit.cohort]
        stay = range(visit.week, visit.week + cohort.length)
        for week in stay:
            people[visit.host, week] += cohort.size
        for week in {stay[0], stay[-1]} if cohort.pool is not None else ():
            vehicles[cohort.pool or "", week] += _vehicles(request, cohort)
    return people, vehicles


def _overfull(request: Request, people: Load, vehicles: Load) -> Iterator[str]:
    seats = {host.id: host.seats for host in request.hosts}
    fleet = {pool.id: pool.vehicles for pool in request.pools}
    for (name, week), number in sorted(people.items()):
        if number > seats[name]:
            yield f"host {name!r} has {number} people in week {week} and {seats[name]} seats"
    for (name, week), number in sorted(vehicles.items()):
        if number > fleet[name]:
            yield f"pool {name!r} sends {number} vehicles in week {week} and has {fleet[name]}"


def _vehicles(request: Request, cohort: Cohort) -> int:
    seats = next(pool.seats for pool in request.pools if pool.id == cohort.pool)
    return (cohort.size + seats - 1) // seats


def _still_possible(request: Request, people: Load, vehicles: Load, cohort: Cohort) -> str:
    """The first visit that could be added, in words; empty when there is none."""
    fleet = {pool.id: pool.vehicles for pool in request.pools}
    for host in request.hosts:
        for week in range(1, request.weeks + 1):
            if _forbidden(request, cohort, host, week):
                continue
            stay = range(week, week + cohort.length)
            seated = all(people[host.id, day] + cohort.size <= host.seats for day in stay)
            carried = cohort.pool is None or all(
                vehicles[cohort.pool, day] + _vehicles(request, cohort) <= fleet[cohort.pool]
                for day in (stay[0], stay[-1])
            )
            if seated and carried:
                return f"{cohort.id!r} is unplaced but could stay at {host.id!r} from week {week}"
    return ""
