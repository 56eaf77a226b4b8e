"""Published combinatorial instances as visit schedules, with their published optima."""

import pytest

from sojourn.core.schedule import Cohort, Host, Request, schedule, verify_schedule


def best(request):
    outcome = schedule(request)
    assert verify_schedule(request, outcome) == []
    assert outcome.optimal
    return outcome


ASSIGNMENT = ((90, 80, 75, 70), (35, 85, 55, 65), (125, 95, 90, 95), (45, 110, 95, 115), (50, 100, 90, 100))
"""Costs of five workers at four tasks: OR-Tools documentation, Solving an Assignment Problem; 265."""


def test_assignment_of_the_or_tools_documentation_costs_265():
    points = {
        f"worker {worker}": {f"task {task}": 200 - cost for task, cost in enumerate(costs)}
        for worker, costs in enumerate(ASSIGNMENT)
    }
    request = Request(
        1,
        tuple(Cohort(name, 1) for name in points),
        tuple(Host(f"task {task}", 1) for task in range(4)),
        points,
    )
    outcome = best(request)
    assert 4 * 200 - outcome.points == 265
    assert {(visit.cohort, visit.host) for visit in outcome.visits} == {
        ("worker 0", "task 3"),
        ("worker 1", "task 2"),
        ("worker 2", "task 1"),
        ("worker 3", "task 0"),
    }


BIN_PACKING = (48, 30, 19, 36, 36, 27, 42, 42, 36, 24, 30)
"""Items for bins of 100: OR-Tools documentation, The Bin Packing Problem; four bins are needed."""


@pytest.mark.parametrize(("bins", "everything_fits"), [(4, True), (3, False)])
def test_bins_of_the_or_tools_documentation_are_weeks_of_one_host(bins, everything_fits):
    cohorts = tuple(Cohort(f"item {at:02}", size) for at, size in enumerate(BIN_PACKING))
    request = Request(bins, cohorts, (Host("bin", 100),), {cohort.id: {"bin": 1} for cohort in cohorts})
    assert (not best(request).unplaced) == everything_fits


KNAPSACK_WEIGHTS = (48, 30, 42, 36, 36, 48, 42, 42, 36, 24, 30, 30, 42, 36, 36)
KNAPSACK_VALUES = (10, 30, 25, 50, 35, 30, 15, 40, 30, 35, 45, 10, 20, 30, 25)
"""Items for five bins of 100: OR-Tools documentation, The Multiple Knapsack Problem; best value 395."""


def test_items_of_the_multiple_knapsack_are_worth_395_in_five_bins():
    hosts = tuple(Host(f"bin {at}", 100) for at in range(5))
    cohorts = tuple(Cohort(f"item {at:02}", weight) for at, weight in enumerate(KNAPSACK_WEIGHTS))
    points = {
        cohort.id: {host.id: value for host in hosts}
        for cohort, value in zip(cohorts, KNAPSACK_VALUES, strict=True)
    }
    assert best(Request(1, cohorts, hosts, points)).points == 395


def test_round_robin_of_four_teams_takes_three_weeks_at_two_pitches():
    """The six games of four teams fit three rounds of two (circle method, Kirkman 1847)."""
    games = ("AB", "AC", "AD", "BC", "BD", "CD")
    rounds = {"AB": 1, "CD": 1, "AC": 2, "BD": 2, "AD": 3, "BC": 3}
    cohorts = tuple(Cohort(game, 1, away=frozenset({1, 2, 3} - {rounds[game]})) for game in games)
    hosts = (Host("north pitch", 1), Host("south pitch", 1))
    outcome = best(Request(3, cohorts, hosts, {game: {host.id: 0 for host in hosts} for game in games}))
    assert {visit.cohort: visit.week for visit in outcome.visits} == rounds
