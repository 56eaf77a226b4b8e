from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import inf, nan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sojourn.core.apportion import (
    ApportionmentError,
    Biproportional,
    apportion,
    biproportional,
    verify_biproportional,
)


@st.composite
def tables(draw, heaviest=6, most=3, tallest=3):
    """Weights with many zeros and ties, and sums that some matrix with zeros in the same places has."""
    height, width = draw(st.integers(1, tallest)), draw(st.integers(1, 3))
    weights = {
        f"r{row}": {f"c{column}": draw(st.integers(0, heaviest)) for column in range(width)}
        for row in range(height)
    }
    filled = {
        row: {column: draw(st.integers(0, most)) if weight else 0 for column, weight in line.items()}
        for row, line in weights.items()
    }
    rows = {row: sum(line.values()) for row, line in filled.items()}
    columns = {f"c{column}": sum(line[f"c{column}"] for line in filled.values()) for column in range(width)}
    return weights, rows, columns


def all_matrices(weights, rows, columns):
    """Every matrix with these sums and no seat without weight, the first of a tie first."""
    cells = [(row, column) for row in sorted(rows) for column in sorted(columns)]
    ranges = [range(min(rows[r], columns[c]) if weights[r][c] else 0, -1, -1) for r, c in cells]
    for seats in product(*ranges):
        matrix = dict(zip(cells, seats, strict=True))
        if all(sum(matrix[row, column] for column in columns) == due for row, due in rows.items()) and all(
            sum(matrix[row, column] for row in rows) == due for column, due in columns.items()
        ):
            yield matrix


def cost(weights, matrix):
    """The product that the right matrix makes smallest: (n - 1/2) / weight over all seats."""
    total = Fraction(1)
    for (row, column), seats in matrix.items():
        for seat in range(1, seats + 1):
            total *= Fraction(2 * seat - 1, 2 * weights[row][column])
    return total


@given(tables(most=2))
@settings(max_examples=300, deadline=None)
def test_biproportional_agrees_with_trying_every_matrix(table):
    weights, rows, columns = table
    assume(sum(rows.values()) <= 9)
    outcome = biproportional(weights, rows, columns)
    best = min(all_matrices(weights, rows, columns), key=lambda matrix: cost(weights, matrix))
    assert {(row, column): outcome.seats[row][column] for row, column in best} == best
    assert verify_biproportional(weights, rows, columns, outcome) == []


@given(tables(heaviest=10**9, most=1000, tallest=9))
@settings(max_examples=150, deadline=None)
def test_biproportional_keeps_the_sums_and_has_divisors(table):
    assert verify_biproportional(*table, biproportional(*table)) == []


@given(tables(heaviest=4, most=4, tallest=6), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_biproportional_with_shuffled_rows_and_columns_gives_the_same_seats(table, random):
    weights, rows, columns = table

    def shuffled(mapping):
        return dict(random.sample(list(mapping.items()), len(mapping)))

    again = biproportional(
        {row: shuffled(line) for row, line in shuffled(weights).items()}, shuffled(rows), shuffled(columns)
    )
    outcome = biproportional(*table)
    assert again.seats == outcome.seats
    assert sorted(again.ties) == sorted(outcome.ties)


@given(tables(heaviest=50, most=9, tallest=5), st.fractions(Fraction(1, 9), 9, max_denominator=20))
@settings(max_examples=100, deadline=None)
def test_biproportional_in_another_unit_gives_the_same_seats(table, unit):
    weights, rows, columns = table
    scaled = {
        row: {column: weight * unit for column, weight in line.items()} for row, line in weights.items()
    }
    assert biproportional(scaled, rows, columns).seats == biproportional(*table).seats


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6), st.integers(0, 50))
@settings(deadline=None)
def test_a_single_column_of_rows_with_webster_seats_is_webster(weights, seats):
    by_name = {f"p{place}": weight for place, weight in enumerate(weights)}
    given_seats = apportion(seats, by_name).seats
    outcome = biproportional({"all": by_name}, {"all": seats}, given_seats)
    assert outcome.seats == {"all": given_seats}


def test_equal_weights_are_all_tied_and_the_first_cells_win():
    weights = {row: dict.fromkeys("abc", 7) for row in "xyz"}
    outcome = biproportional(weights, dict.fromkeys("xyz", 2), dict.fromkeys("abc", 2))
    assert outcome.seats == {
        "x": {"a": 1, "b": 1, "c": 0},
        "y": {"a": 1, "b": 0, "c": 1},
        "z": {"a": 0, "b": 1, "c": 1},
    }
    assert outcome.ties == tuple((row, column) for row in "xyz" for column in "abc")


def test_weights_one_part_in_10_to_the_40_apart_are_no_tie():
    weights = {"x": {"a": 10**40, "b": 10**40}, "y": {"a": 10**40, "b": 10**40 - 1}}
    outcome = biproportional(weights, {"x": 1, "y": 1}, {"a": 1, "b": 1})
    assert (outcome.seats["x"], outcome.ties) == ({"a": 0, "b": 1}, ())


def test_a_large_table_has_divisors_and_the_sums_asked_for():
    random = np.random.default_rng(7)
    sizes = random.lognormal(5, 3, (60, 1))
    table = np.floor(sizes * random.lognormal(0, 2, (60, 8))) * (random.random((60, 8)) < 0.5)
    names = [f"r{row:02}" for row in range(60)], [f"c{column}" for column in range(8)]
    weights = {
        name: dict(zip(names[1], map(int, line), strict=True))
        for name, line in zip(names[0], table, strict=True)
    }
    seats = np.where(table > 0, random.integers(0, 40, (60, 8)), 0)
    rows = dict(zip(names[0], seats.sum(axis=1).tolist(), strict=True))
    columns = dict(zip(names[1], seats.sum(axis=0).tolist(), strict=True))
    outcome = biproportional(weights, rows, columns)
    assert verify_biproportional(weights, rows, columns, outcome) == []


WEIGHTS = {"x": {"a": 6, "b": 1}, "y": {"a": 2, "b": 5}}
SUMS = {"x": 3, "y": 3}, {"a": 4, "b": 2}


@pytest.mark.parametrize("fault", ["moved", "circled", "divisor", "negative", "tie", "dropped"])
def test_verifier_catches_a_planted_fault(fault):
    right = biproportional(WEIGHTS, *SUMS)
    assert verify_biproportional(WEIGHTS, *SUMS, right) == []
    seats = {row: dict(line) for row, line in right.seats.items()}
    by_row, by_column, ties = dict(right.row_divisors), dict(right.column_divisors), right.ties
    if fault == "moved":
        seats["x"]["a"] -= 1
        seats["x"]["b"] += 1
    elif fault == "circled":
        for row, column, step in [("x", "a", -1), ("x", "b", 1), ("y", "a", 1), ("y", "b", -1)]:
            seats[row][column] += step
    elif fault == "divisor":
        by_row["x"] *= 2
    elif fault == "negative":
        by_column["a"] *= -1
    elif fault == "tie":
        ties = (("x", "a"),)
    else:
        del seats["x"]["b"]
    assert verify_biproportional(WEIGHTS, *SUMS, Biproportional(seats, by_row, by_column, ties)) != []


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"rows": {}}, [("rows",), ("weights", "x"), ("weights", "y")]),
        ({"columns": {"a": 6}}, [("weights", "x", "b"), ("weights", "y", "b")]),
        ({"rows": {"x": 3, "y": 4}}, [("rows",)]),
        ({"rows": {"x": -3, "y": 9}}, [("rows", "x")]),
        ({"rows": {"x": 3.0, "y": True}}, [("rows", "x"), ("rows", "y")]),
        ({"columns": {"a": 10**16, "b": 2}}, [("columns", "a")]),
        ({"rows": {"x": 10**9, "y": 1}, "columns": {"a": 10**9, "b": 1}}, [("rows",)]),
        ({"weights": {"x": {"a": nan}, "y": {"b": -1}}}, [("weights", "x", "a"), ("weights", "y", "b")]),
        ({"weights": {"x": {"a": inf}}}, [("weights", "x", "a")]),
        ({"weights": {"x": {"a": Decimal("1e-400")}}}, [("weights", "x", "a")]),
        ({"weights": {"x": {"a": 1}, "z": {"a": 1}}}, [("weights", "z")]),
        ({"weights": {"x": {"a": 1}, "y": {"a": 1}}}, [("weights",)]),
        ({"weights": {}}, [("weights",)]),
        ({"weights": {"x": {"a": 10**299}, "y": {"b": Fraction(1, 10**200)}}}, [("weights",)]),
    ],
)
def test_biproportional_refuses_bad_input_and_names_every_place(change, places):
    call = {"weights": WEIGHTS, "rows": SUMS[0], "columns": SUMS[1], **change}
    with pytest.raises(ApportionmentError) as refusal:
        biproportional(**call)
    assert [place for place, _ in refusal.value.faults] == places


def test_too_large_a_table_is_refused():
    names = {f"n{place}": 1 for place in range(1001)}
    with pytest.raises(ApportionmentError, match="more than 1000000 cells"):
        biproportional({}, names, names)


def test_impossible_sums_name_the_rows_and_columns_at_fault():
    weights = {"x": {"a": 1}, "y": {"a": 1}, "z": {"a": 1, "b": 1}}
    with pytest.raises(ApportionmentError) as refusal:
        biproportional(weights, {"x": 2, "y": 2, "z": 1}, {"a": 3, "b": 2})
    assert refusal.value.faults == (
        (
            ("weights",),
            "x, y must have 4 seats, but have weights only in a, which hold 3: move seats or weights",
        ),
    )
