"""Published examples of cell suppression, with their published answers."""

from sojourn.core.disclosure import Axis, Interval, attack, cube, suppress_table

COUNTIES = ("Alpha", "Beta", "Gamma", "Delta")
LEVELS = ("Low", "Medium", "High", "Very high")
DELINQUENTS = ((15, 1, 3, 1), (20, 10, 10, 15), (3, 10, 10, 2), (12, 14, 7, 2))
"""Delinquent children by county and education of the household head: Federal Committee on Statistical
Methodology, Statistical Policy Working Paper 22, Report on Statistical Disclosure Limitation Methodology,
chapter II."""

ACTIVITIES = ("I", "II", "III")
REGIONS = ("A", "B", "C")
INVESTMENT = ((20, 50, 10), (8, 19, 22), (17, 32, 12))
"""Investment by activity and region, the running example of Fischetti & Salazar 2001, Solving the cell
suppression problem on tabular data with linear constraints, Management Science 47."""


def _table(rows, columns, counts):
    return cube((Axis("row", rows), Axis("column", columns)), counts)


def _inner(row, column):
    return (("column", column), ("row", row))


def test_attacker_of_the_investment_table_knows_5_to_30():
    hidden = [_inner(row, column) for row in ("II", "III") for column in ("A", "C")]
    intervals = attack(_table(ACTIVITIES, REGIONS, INVESTMENT).shown_without(hidden))
    assert intervals == {
        _inner("II", "A"): Interval(0, 25),
        _inner("III", "A"): Interval(0, 25),
        _inner("II", "C"): Interval(5, 30),
        _inner("III", "C"): Interval(4, 29),
    }


def test_two_suppressions_in_every_line_still_give_a_count_of_one_away():
    """Working Paper 22: every row and column hides none or two, and yet Alpha, very high is exactly 1."""
    hidden = [
        *(_inner("Alpha", level) for level in LEVELS[1:]),
        *(_inner("Beta", level) for level in ("Medium", "High")),
        *(_inner(county, level) for county in ("Gamma", "Delta") for level in ("Low", "Very high")),
    ]
    intervals = attack(_table(COUNTIES, LEVELS, DELINQUENTS).shown_without(hidden))
    assert intervals[_inner("Alpha", "Very high")] == Interval(1, 1)


def test_delinquents_are_protected_at_the_working_papers_threshold():
    outcome = suppress_table(COUNTIES, LEVELS, DELINQUENTS, 5)
    small = {
        (county, level)
        for county, row in zip(COUNTIES, DELINQUENTS, strict=True)
        for level, count in zip(LEVELS, row, strict=True)
        if count < 5
    }
    assert small <= set(outcome.suppressed)
    assert all(interval.protects(5) for interval in outcome.intervals.values())
    assert outcome.total_intervals == {}


def test_single_row_is_one_sum_and_a_lone_suppression_is_recalculated():
    """Hundepool et al. 2012, Statistical Disclosure Control: one hidden part is the total less the rest."""
    table = cube((Axis("column", ("a", "b", "c")),), (4, 20, 30))
    assert attack(table.shown_without([(("column", "a"),)])) == {(("column", "a"),): Interval(4, 4)}


def test_cycle_protects_exactly_and_a_path_does_not():
    """A hidden cell of a two-way table is safe from exact disclosure if and only if it lies on a cycle of
    hidden non-zero cells: Hundepool et al. 2012, section on network methods."""
    counts = ((5, 6, 7), (8, 9, 10), (11, 12, 13))
    table = _table(ACTIVITIES, REGIONS, counts)
    cycle = [_inner("I", "A"), _inner("I", "B"), _inner("II", "A"), _inner("II", "B")]
    widths = attack(table.shown_without([*cycle, _inner("III", "C")]))
    assert widths[_inner("III", "C")] == Interval(13, 13)
    assert [widths[cell] for cell in cycle] == [
        Interval(0, 11),
        Interval(0, 11),
        Interval(2, 13),
        Interval(4, 15),
    ]
