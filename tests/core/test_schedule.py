import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.core.schedule import (
    Cohort,
    Host,
    Pool,
    Reason,
    Request,
    RequestError,
    Unplaced,
    Visit,
    schedule,
    verify_schedule,
)


@st.composite
def requests(draw, cohorts=4, hosts=3, weeks=4):
    last = draw(st.integers(1, weeks))
    some_weeks = st.frozensets(st.integers(1, last), max_size=2)
    groups = [
        Cohort(
            f"c{number}",
            draw(st.integers(1, 5)),
            draw(st.integers(1, min(2, last))),
            draw(some_weeks),
            draw(st.sampled_from([None, "bus"])),
        )
        for number in range(draw(st.integers(0, cohorts)))
    ]
    places = [
        Host(f"h{number}", draw(st.integers(0, 8)), draw(some_weeks))
        for number in range(draw(st.integers(1, hosts)))
    ]
    points = {
        group.id: draw(st.dictionaries(st.sampled_from([place.id for place in places]), st.integers(0, 9)))
        for group in groups
    }
    pools = (Pool("bus", draw(st.integers(0, 3)), draw(st.integers(2, 4))),)
    return Request(
        last, tuple(groups), tuple(places), points, pools, draw(st.frozensets(st.just(1), max_size=1))
    )


def alone(request, cohort):
    """Every visit that the cohort could make if nobody else went."""
    return [
        visit
        for host in request.hosts
        for week in range(1, request.weeks + 1)
        for visit in [Visit(cohort.id, host.id, week)]
        if not load_faults(request, [visit])
    ]


def load_faults(request, visits):
    """Whether the visits break a rule, by the book."""
    cohorts = {cohort.id: cohort for cohort in request.cohorts}
    hosts = {host.id: host for host in request.hosts}
    for visit in visits:
        cohort, host = cohorts[visit.cohort], hosts[visit.host]
        stay = set(range(visit.week, visit.week + cohort.length))
        if visit.host not in request.points.get(cohort.id, {}) or max(stay) > request.weeks:
            return True
        if stay & (cohort.away | host.closed | request.holidays):
            return True
    for week in range(1, request.weeks + 1):
        there = [visit for visit in visits if 0 <= week - visit.week < cohorts[visit.cohort].length]
        for host in request.hosts:
            if sum(cohorts[visit.cohort].size for visit in there if visit.host == host.id) > host.seats:
                return True
        for pool in request.pools:
            moving = [
                cohorts[visit.cohort]
                for visit in there
                if week in (visit.week, visit.week + cohorts[visit.cohort].length - 1)
            ]
            if sum(-(-one.size // pool.seats) for one in moving if one.pool == pool.id) > pool.vehicles:
                return True
    return False


def best_by_trying_all(request):
    """The most cohorts, then the most points, over every combination of visits."""
    best = (0, 0)
    choices = [[None, *alone(request, cohort)] for cohort in request.cohorts]
    for combination in itertools.product(*choices):
        visits = [visit for visit in combination if visit]
        points = sum(request.points[visit.cohort][visit.host] for visit in visits)
        if (len(visits), points) > best and not load_faults(request, visits):
            best = (len(visits), points)
    return best


@settings(max_examples=60, deadline=None)
@given(requests(cohorts=3))
def test_schedule_is_the_best_of_all_and_says_so(request):
    outcome = schedule(request)
    assert verify_schedule(request, outcome) == []
    assert (len(outcome.visits), outcome.points) == best_by_trying_all(request)
    assert outcome.optimal


@settings(max_examples=25, deadline=None)
@given(requests(cohorts=6), st.randoms(use_true_random=False))
def test_order_of_the_lists_does_not_matter(request, shuffle):
    cohorts, hosts = list(request.cohorts), list(request.hosts)
    shuffle.shuffle(cohorts)
    shuffle.shuffle(hosts)
    shuffled = dataclasses.replace(request, cohorts=tuple(cohorts), hosts=tuple(hosts))
    assert schedule(shuffled) == schedule(request)


@settings(max_examples=25, deadline=None)
@given(requests(cohorts=6))
def test_names_do_not_change_what_the_schedule_is_worth(request):
    renamed = dataclasses.replace(
        request,
        cohorts=tuple(dataclasses.replace(one, id=f"z{9 - int(one.id[1:])}") for one in request.cohorts),
        points={f"z{9 - int(name[1:])}": row for name, row in request.points.items()},
    )
    assert schedule(renamed).value == schedule(request).value


@settings(max_examples=30, deadline=None)
@given(requests(cohorts=6), st.integers(1, 3))
def test_without_effort_and_with_few_hosts_the_schedule_is_still_valid(request, breadth):
    outcome = schedule(request, breadth=breadth, effort=0)
    assert verify_schedule(request, outcome) == []
    assert outcome.value <= outcome.bound


def one_host(*cohorts, seats=30, weeks=2, closed=(), pools=(), holidays=()):
    return Request(
        weeks,
        cohorts,
        (Host("farm", seats, frozenset(closed)),),
        {cohort.id: {"farm": 5} for cohort in cohorts},
        pools,
        frozenset(holidays),
    )


def reason_of_last(request):
    outcome = schedule(request)
    assert verify_schedule(request, outcome) == []
    return outcome.unplaced[-1]


def test_no_host_allowed_is_named():
    request = Request(2, (Cohort("a", 10),), (Host("farm", 30),), {})
    assert reason_of_last(request) == Unplaced("a", Reason.NO_HOST_ALLOWED, 0)


def test_too_large_is_named():
    assert reason_of_last(one_host(Cohort("a", 31))) == Unplaced("a", Reason.TOO_LARGE, 0)


def test_no_common_week_is_named():
    request = one_host(Cohort("a", 10, away=frozenset({1})), closed=[2])
    assert reason_of_last(request) == Unplaced("a", Reason.NO_COMMON_WEEK, 0)


def test_a_holiday_in_the_middle_leaves_no_two_weeks_together():
    request = one_host(Cohort("a", 10, length=2), weeks=3, holidays=[2])
    assert reason_of_last(request) == Unplaced("a", Reason.NO_COMMON_WEEK, 0)


def test_too_few_vehicles_is_named():
    request = one_host(Cohort("a", 30, pool="bus"), pools=(Pool("bus", 2, 10),))
    assert reason_of_last(request) == Unplaced("a", Reason.TOO_FEW_VEHICLES, 0)


def test_full_hosts_are_named_with_the_choices_that_there_were():
    request = one_host(Cohort("a", 20), Cohort("b", 20), Cohort("c", 20))
    assert reason_of_last(request).reason == Reason.HOSTS_FULL
    assert reason_of_last(request).choices == 2


def test_taken_vehicles_are_named():
    request = one_host(
        Cohort("a", 10, pool="bus"), Cohort("b", 10, pool="bus"), weeks=1, pools=(Pool("bus", 1, 10),)
    )
    assert reason_of_last(request).reason == Reason.VEHICLES_TAKEN


def test_placing_more_cohorts_comes_before_any_points():
    request = Request(
        1,
        (Cohort("big", 30), Cohort("one", 15), Cohort("two", 15)),
        (Host("farm", 30),),
        {"big": {"farm": 10_000}, "one": {"farm": 0}, "two": {"farm": 0}},
    )
    assert schedule(request).visits == (Visit("one", "farm", 1), Visit("two", "farm", 1))


def test_cohort_left_over_by_its_best_hosts_is_given_any_other():
    cohorts = tuple(Cohort(name, 10) for name in "abc")
    hosts = (Host("best", 10), Host("other", 10), Host("third", 10))
    points = {name: {"best": 9, "other": 5, "third": 1} for name in "abc"}
    outcome = schedule(Request(1, cohorts, hosts, points), breadth=1)
    assert len(outcome.visits) == 3


def test_vehicles_are_used_in_the_first_and_the_last_week_only():
    cohorts = (Cohort("long", 10, length=3, pool="bus"), Cohort("short", 10, pool="bus"))
    request = one_host(*cohorts, weeks=3, pools=(Pool("bus", 1, 10),))
    assert schedule(request).visits == (Visit("long", "farm", 1), Visit("short", "farm", 2))


def test_nobody_to_place_is_an_empty_optimal_schedule():
    outcome = schedule(one_host())
    assert (outcome.visits, outcome.unplaced, outcome.optimal) == ((), (), True)


def two_visits():
    request = one_host(Cohort("a", 20), Cohort("b", 20), Cohort("c", 40), seats=30)
    outcome = schedule(request)
    assert verify_schedule(request, outcome) == []
    return request, outcome


@pytest.mark.parametrize(
    ("visits", "fault"),
    [
        ((Visit("a", "farm", 1), Visit("b", "farm", 1)), "host 'farm' has 40 people in week 1 and 30 seats"),
        (
            (Visit("a", "farm", 1), Visit("b", "farm", 3)),
            "'b' at 'farm' from week 3: the stay leaves the timetable",
        ),
        ((Visit("a", "farm", 1), Visit("a", "farm", 2)), "cohort 'a' is answered 2 times"),
        ((Visit("a", "farm", 1),), "cohort 'b' is answered 0 times"),
        ((Visit("a", "farm", 1), Visit("b", "moon", 2)), "a visit names an unknown cohort or host"),
        ((Visit("a", "farm", 1), Visit("z", "farm", 2)), "cohort 'b' is answered 0 times"),
    ],
)
def test_verifier_finds_planted_faults(visits, fault):
    request, outcome = two_visits()
    assert verify_schedule(request, dataclasses.replace(outcome, visits=visits))[0] == fault


def test_verifier_finds_a_cohort_that_could_still_be_added():
    request, outcome = two_visits()
    lazy = dataclasses.replace(
        outcome,
        visits=(Visit("a", "farm", 1),),
        unplaced=(Unplaced("b", Reason.HOSTS_FULL, 2), *outcome.unplaced),
        points=5,
    )
    assert verify_schedule(request, lazy) == ["'b' is unplaced but could stay at 'farm' from week 2"]


def test_verifier_finds_wrong_points_closed_weeks_and_too_many_vehicles():
    request, outcome = two_visits()
    assert verify_schedule(request, dataclasses.replace(outcome, points=11)) == ["the points are not 11"]
    closed = dataclasses.replace(request, holidays=frozenset({1}))
    assert "meets a holiday" in verify_schedule(closed, outcome)[0]
    buses = one_host(Cohort("a", 10, pool="bus"), Cohort("b", 10, pool="bus"), pools=(Pool("bus", 1, 10),))
    together = dataclasses.replace(
        schedule(buses), visits=(Visit("a", "farm", 1), Visit("b", "farm", 1)), unplaced=()
    )
    assert verify_schedule(buses, together) == ["pool 'bus' sends 2 vehicles in week 1 and has 1"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weeks": 0}, "weeks: 0 is not a whole number from 1"),
        ({"weeks": float("nan")}, "weeks: nan"),
        ({"cohorts": (Cohort("a", 0),)}, "size of cohort 'a': 0"),
        ({"cohorts": (Cohort("a", 10**9),)}, "size of cohort 'a'"),
        ({"cohorts": (Cohort("a", 1.5),)}, "size of cohort 'a': 1.5"),
        ({"cohorts": (Cohort("a", 1, length=3),)}, "length of cohort 'a': 3"),
        ({"cohorts": (Cohort("a", 1, away=frozenset({3})),)}, "away weeks of cohort 'a': 3"),
        ({"cohorts": (Cohort("a", 1, pool="bus"),)}, "pool 'bus', which is not given"),
        ({"cohorts": (Cohort("a", 1), Cohort("a", 2))}, "cohort 'a' is given twice"),
        ({"cohorts": (Cohort("", 1),)}, "a cohort has an empty id"),
        ({"hosts": (Host("farm", -1),)}, "seats of host 'farm': -1"),
        ({"hosts": (Host("farm", 1), Host("farm", 1))}, "host 'farm' is given twice"),
        ({"hosts": (Host("farm", 1, frozenset({0})),)}, "closed weeks of host 'farm': 0"),
        ({"pools": (Pool("bus", 1, 0),)}, "seats of pool 'bus': 0"),
        ({"points": {"z": {}}}, "points name cohort 'z'"),
        ({"points": {"a": {"moon": 1}}}, "name host 'moon'"),
        ({"points": {"a": {"farm": -1}}}, "points of cohort 'a' for host 'farm': -1"),
        ({"holidays": frozenset({9})}, "holidays: 9"),
    ],
)
def test_requests_that_contradict_themselves_are_refused(changes, message):
    right = one_host(Cohort("a", 10))
    with pytest.raises(RequestError, match=message.replace("(", r"\(")):
        dataclasses.replace(right, **changes)


def test_breadth_and_effort_out_of_range_are_refused():
    for wrong in ({"breadth": 0}, {"effort": -1}, {"effort": float("nan")}):
        with pytest.raises(RequestError, match="give at least 1 and at least 0"):
            schedule(one_host(Cohort("a", 10)), **wrong)
