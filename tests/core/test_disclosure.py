import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.core.disclosure import (
    Axis,
    CannotProtectError,
    ContradictionError,
    Interval,
    Published,
    Sum,
    TableError,
    Tables,
    attack,
    cube,
    linked,
    suppress,
    suppress_table,
    verify_disclosure,
)

tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 30), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def names(letter, count):
    return [f"{letter}{number}" for number in range(count)]


def two_way(counts):
    return cube(
        (Axis("row", tuple(names("r", len(counts)))), Axis("column", tuple(names("c", len(counts[0]))))),
        counts,
    )


def inner(row, column):
    return (("column", f"c{column}"), ("row", f"r{row}"))


def possible_tables(published, least):
    """Every whole table of two rows and two columns, at most 12 in all, that fits what was published."""
    place = [inner(0, 0), inner(0, 1), inner(1, 0), inner(1, 1)]
    shown = published.figures
    for a, b, c, d in itertools.product(range(13), repeat=4):
        counts = dict(zip(place, (a, b, c, d), strict=True))
        full = {**counts, **totals(counts)}
        if all(
            shown[cell] in (count, None) and (shown[cell] is not None or count >= least)
            for cell, count in full.items()
        ):
            yield full


def totals(counts):
    sums = {}
    for cell, count in counts.items():
        for size in range(len(cell)):
            for part in itertools.combinations(cell, size):
                sums[part] = sums.get(part, 0) + count
    return sums


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(1, 12))
def test_every_hidden_figure_is_wide_and_reaches_k_and_small_ones_are_hidden(counts, k):
    table = two_way(counts)
    outcome = suppress(table, k)
    assert verify_disclosure(table, outcome.published, k, outcome.witnesses) == []
    for informed in (0, 1):
        intervals = attack(outcome.published, least_hidden=informed)
        assert set(intervals) == outcome.hidden
        for cell, interval in intervals.items():
            assert interval.protects(k)
            assert interval.low <= table.counts[cell]
            assert interval.high is None or table.counts[cell] <= interval.high
    assert outcome.primary == {cell for cell, count in table.counts.items() if 0 < count < k}
    assert outcome.loss == pytest.approx(outcome.bound)


@settings(max_examples=12, deadline=None)
@given(tables, st.integers(2, 12), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_matter(counts, k, shuffle):
    rows, columns = names("r", len(counts)), names("c", len(counts[0]))
    first = suppress_table(rows, columns, counts, k)
    row_order, column_order = list(range(len(rows))), list(range(len(columns)))
    shuffle.shuffle(row_order)
    shuffle.shuffle(column_order)
    second = suppress_table(
        [rows[row] for row in row_order],
        [columns[column] for column in column_order],
        [[counts[row][column] for column in column_order] for row in row_order],
        k,
    )
    assert set(first.suppressed) == set(second.suppressed)
    assert first.intervals == second.intervals
    assert first.outcome.hidden == second.outcome.hidden


@settings(max_examples=10, deadline=None)
@given(tables, st.integers(2, 12))
def test_names_do_not_change_what_the_pattern_costs(counts, k):
    rows, columns = names("r", len(counts)), names("c", len(counts[0]))
    renamed = suppress_table([f"z{9 - at}" for at in range(len(rows))], columns[::-1], counts, k)
    assert renamed.outcome.loss == pytest.approx(suppress_table(rows, columns, counts, k).outcome.loss)


@pytest.mark.parametrize("seed", range(6))
def test_pattern_is_as_cheap_as_the_best_of_all_patterns(seed):
    generator = random.Random(seed)
    counts = [[generator.choice((0, 2, 4, 6, 9, 14)) for _ in range(3)] for _ in range(2)]
    table, k = two_way(counts), 5
    outcome = suppress(table, k)
    small = {cell for cell, count in table.counts.items() if 0 < count < k}
    spare = [cell for cell, count in table.counts.items() if count >= k]

    def totals_then_figures(hidden):
        return sum(len(cell) < 2 for cell in hidden), len(hidden)

    safe = []
    for chosen in itertools.product((False, True), repeat=len(spare)):
        hidden = small | {cell for cell, take in zip(spare, chosen, strict=True) if take}
        if totals_then_figures(hidden) < totals_then_figures(outcome.hidden):
            intervals = attack(table.shown_without(hidden), least_hidden=1)
            safe += [hidden] if all(interval.protects(k) for interval in intervals.values()) else []
    assert safe == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("least", [0, 1])
def test_attack_agrees_with_every_possible_table(seed, least):
    generator = random.Random(seed)
    table = two_way([[generator.randint(1, 3) for _ in range(2)] for _ in range(2)])
    hidden = [cell for cell in sorted(table.counts) if cell and generator.random() < 0.7]
    published = table.shown_without(hidden)
    fitting = list(possible_tables(published, least))
    expected = {
        cell: (min(one[cell] for one in fitting), max(one[cell] for one in fitting)) for cell in hidden
    }
    assert attack(published, least_hidden=least) == expected


def test_known_rule_about_zeros_is_not_a_way_in():
    """Ten ones with a shown total of ten: whoever knows that zeros are shown knows every one of them."""
    outcome = suppress_table(["r"], names("c", 10), [[1] * 10], 10)
    naive = suppress_table(["r"], names("c", 10), [[1] * 10], 10, zeros_known=False)
    assert (outcome.grand_total, naive.grand_total) == (None, 10)
    assert set(attack(naive.outcome.published, least_hidden=1).values()) == {Interval(1, 1)}


def test_zeros_and_empty_rows_stay_shown():
    outcome = suppress_table(["a", "b", "c"], ["x", "y", "z"], [[0, 0, 0], [3, 0, 40], [20, 30, 50]], 10)
    assert outcome.table[0] == (0, 0, 0)
    assert outcome.table[1][1] == 0
    assert outcome.row_totals[0] == 0


def test_small_total_is_hidden_with_all_that_would_give_it_back():
    outcome = suppress_table(["a", "b"], ["x", "y"], [[2, 1], [30, 40]], 10)
    assert outcome.row_totals[0] is None
    assert ("a", None) in outcome.total_intervals
    assert all(interval.protects(10) for interval in outcome.total_intervals.values())


def test_one_row_hides_a_figure_together_with_its_column_total():
    outcome = suppress_table(["all"], ["x", "y", "z"], [[3, 12, 40]], 10)
    assert outcome.table == ((None, None, 40),)
    assert outcome.column_totals == (None, None, 40)
    assert outcome.grand_total == 55


def test_without_small_counts_nothing_is_hidden():
    outcome = suppress_table(["a"], ["x", "y"], [[10, 20]], 10)
    assert (outcome.suppressed, outcome.outcome.loss, outcome.outcome.witnesses) == ((), 0.0, ())


def test_three_way_table_is_safe_in_all_its_margins():
    counts = np.random.default_rng(4).poisson(14, (3, 4, 3))
    axes = [
        Axis(letter, tuple(names(letter, size))) for letter, size in zip("abc", counts.shape, strict=True)
    ]
    table = cube(axes, counts)
    outcome = suppress(table, 10)
    assert verify_disclosure(table, outcome.published, 10, outcome.witnesses) == []
    assert all(interval.protects(10) for interval in attack(outcome.published, least_hidden=1).values())


REGION = Axis("region", ("north", "south", "west"))
LINKED_BY_MONTH = [[4, 30, 26], [20, 31, 40], [22, 25, 21]]
LINKED_BY_TRACK = [[40, 20], [51, 40], [30, 38]]


def by_month():
    return cube((REGION, Axis("month", ("May", "June", "July"))), LINKED_BY_MONTH)


def by_track():
    return cube((REGION, Axis("track", ("visits", "courses"))), LINKED_BY_TRACK)


def test_linked_tables_share_their_margins_and_are_protected_together():
    both = linked([by_month(), by_track()])
    assert len(both.counts) == len(by_month().counts) + len(by_track().counts) - 4
    outcome = suppress(both, 10)
    assert verify_disclosure(both, outcome.published, 10, outcome.witnesses) == []
    assert all(interval.protects(10) for interval in attack(outcome.published).values())


def test_second_edition_reveals_what_the_first_hid_and_is_told_apart():
    first = cube((Axis("month", ("May", "June"), total="May to June"),), [4, 30])
    second = cube((Axis("month", ("May", "June", "July"), total="May to July"),), [4, 30, 25])
    one = first.shown_without([(("month", "May"),), (("month", "June"),)])
    assert attack(one)[("month", "May"),] == Interval(0, 34)
    two = second.shown_without([(("month", "May"),), (("month", "July"),)])
    assert attack(two)[("month", "May"),] == Interval(0, 29)
    assert attack(one, two) == {
        (("month", "July"),): Interval(25, 25),
        (("month", "May"),): Interval(4, 4),
    }


def test_edition_is_made_safe_against_the_one_before():
    first = cube((Axis("month", ("May", "June"), total="May to June"),), [4, 30])
    earlier = suppress(first, 10).published
    shown = [cell for cell, count in earlier.figures.items() if count is not None]
    second = linked(
        [first, cube((Axis("month", ("May", "June", "July"), total="May to July"),), [4, 30, 25])]
    )
    outcome = suppress(second, 10, shown_before=shown)
    assert outcome.published.figures[("month", "May to June"),] == 34
    assert all(interval.protects(10) for interval in attack(earlier, outcome.published).values())


def test_small_count_that_was_shown_before_cannot_be_protected():
    table = two_way([[3, 20], [30, 40]])
    with pytest.raises(CannotProtectError, match="column c0, row r0") as raised:
        suppress(table, 10, shown_before=[inner(0, 0)])
    assert raised.value.cells == (inner(0, 0),)


def test_figures_shown_before_that_give_a_small_count_back_are_refused():
    table = two_way([[3, 20], [30, 40]])
    shown = [cell for cell in table.counts if cell != inner(0, 0)]
    with pytest.raises(CannotProtectError, match="withdraw one of the earlier figures"):
        suppress(table, 10, shown_before=shown)


SAFE = two_way([[3, 20, 31], [30, 40, 22], [25, 33, 41]])


def faults_of(figures=None, witnesses=None):
    """What the verifier says of the right answer after some figures or all witnesses were replaced."""
    outcome = suppress(SAFE, 10)
    published = Published({**outcome.published.figures, **(figures or {})}, SAFE.sums)
    return verify_disclosure(SAFE, published, 10, outcome.witnesses if witnesses is None else witnesses)


def test_verifier_accepts_the_answer_as_it_is():
    assert faults_of() == []


def test_verifier_finds_a_small_count_that_is_shown():
    assert faults_of({inner(0, 0): 3})[0] == "column c0, row r0 is 3 and shown as 3"


def test_verifier_finds_a_figure_that_is_shown_wrongly():
    assert faults_of({(): 99})[0] == "the grand total is 245 and shown as 99"


def test_verifier_finds_every_complementary_figure_that_is_shown_again():
    for cell in suppress(SAFE, 10).hidden - {inner(0, 0)}:
        assert faults_of({cell: SAFE.counts[cell]}) != []


def test_verifier_finds_a_witness_that_is_no_table():
    right = suppress(SAFE, 10).witnesses
    changed = [{**right[0], inner(0, 0): right[0][inner(0, 0)] + 1}, *right[1:]]
    assert faults_of(witnesses=changed) != []
    negative = [{cell: -count for cell, count in right[0].items()}, *right[1:]]
    assert faults_of(witnesses=negative) != []


def test_verifier_wants_the_witnesses():
    assert len(faults_of(witnesses=[])) == len(suppress(SAFE, 10).hidden)


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([[1.5, 2]], "row r0, column c0: np.float64.1.5. is not a whole number"),
        ([[float("nan"), 2]], "row r0, column c0"),
        ([[float("inf"), 2]], "row r0, column c0"),
        ([[3, -1]], "row r0, column c1: -1 is outside 0"),
        ([[3, 10**12]], "row r0, column c1: 1000000000000 is outside"),
        ([["3", "4"]], "is not a whole number"),
        ([[True, False]], "is not a whole number"),
        ([[1, 2, 3]], "shape"),
        ([], "shape"),
    ],
)
def test_counts_that_are_no_counts_are_refused_with_their_place(counts, place):
    with pytest.raises(TableError, match=place):
        suppress_table(["r0"], ["c0", "c1"], counts, 10)


@pytest.mark.parametrize("k", [0, -1, True, 2.0, None])
def test_k_that_is_no_count_is_refused(k):
    with pytest.raises(TableError, match="k is"):
        suppress_table(["r"], ["c"], [[1]], k)


def test_names_given_twice_or_empty_are_refused():
    with pytest.raises(TableError, match="row 'r' is given twice"):
        suppress_table(["r", "r"], ["c"], [[1], [2]], 10)
    with pytest.raises(TableError, match="a label of axis 'row' is empty"):
        suppress_table([""], ["c"], [[1]], 10)
    with pytest.raises(TableError, match="at least one label"):
        suppress_table([], ["c"], [], 10)


def test_sums_that_are_off_or_name_strangers_are_refused():
    one, two = (("a", "1"),), (("a", "2"),)
    with pytest.raises(TableError, match="is 9 but its parts add up to 7"):
        Tables({(): 9, one: 3, two: 4}, (Sum((), (one, two)),))
    with pytest.raises(TableError, match="has no count"):
        Tables({(): 3, one: 3}, (Sum((), (one, two)),))
    with pytest.raises(TableError, match="names a figure twice"):
        Tables({(): 6, one: 3}, (Sum((), (one, one)),))


def test_tables_that_disagree_are_refused():
    with pytest.raises(TableError, match="in one table and"):
        linked([by_month(), cube((REGION, Axis("track", ("visits",))), [[1], [2], [3]])])


def test_publications_that_contradict_each_other_are_refused():
    one = two_way([[3, 20], [30, 40]]).shown_without([inner(0, 0)])
    other = Published({**one.figures, inner(1, 1): 41}, one.sums)
    with pytest.raises(ContradictionError, match="published as 40 and as 41"):
        attack(one, other)
    impossible = Published({**one.figures, inner(0, 1): 24}, one.sums)
    with pytest.raises(ContradictionError):
        attack(impossible)
