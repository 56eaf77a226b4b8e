"""Exact pairing on matrices: against brute force, under shuffling, with planted faults."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sojourn.core.pairing import MatrixPairs, PairingError, pair_matrix, verify_matrix_pairs

cells = st.one_of(st.integers(-9, 9).map(float), st.just(float("nan")))
matrices = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=cells)
)
senses = st.sampled_from(["min", "max"])


def brute_force(matrix, sense):
    """Number of pairs and total of the best pairing, by trying all."""
    height, width = matrix.shape
    sign = 1 if sense == "max" else -1
    seats = [*range(width), *[None] * height]
    best = (0, 0.0)
    for places in set(itertools.permutations(seats, height)):
        taken = [matrix[row, place] for row, place in enumerate(places) if place is not None]
        if not any(np.isnan(taken)):
            best = max(best, (len(taken), sign * sum(taken)))
    return best[0], sign * best[1]


@settings(max_examples=120, deadline=None)
@given(matrices, senses)
def test_pairs_equal_brute_force_and_verify(matrix, sense):
    outcome = pair_matrix(matrix, sense=sense)
    assert (len(outcome.pairs), outcome.total) == brute_force(matrix, sense)
    assert verify_matrix_pairs(matrix, outcome, sense=sense) == []


@settings(max_examples=60, deadline=None)
@given(matrices, senses, st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_change_pairs_and_total(matrix, sense, random):
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    plain, shuffled = pair_matrix(matrix, sense=sense), pair_matrix(matrix[rows][:, columns], sense=sense)
    assert (len(shuffled.pairs), shuffled.total) == (len(plain.pairs), plain.total)


@settings(max_examples=100, deadline=None)
@given(matrices, senses, st.randoms(use_true_random=False))
def test_verifier_rejects_every_pairing_that_is_not_best(matrix, sense, random):
    best = pair_matrix(matrix, sense=sense)
    rows = random.sample(range(matrix.shape[0]), min(matrix.shape))
    columns = random.sample(range(matrix.shape[1]), min(matrix.shape))
    pairs = tuple((r, c) for r, c in zip(rows, columns, strict=True) if not np.isnan(matrix[r, c]))
    other = MatrixPairs(pairs, float(sum(matrix[pair] for pair in pairs)))
    as_good = (len(other.pairs), other.total) == (len(best.pairs), best.total)
    assert (verify_matrix_pairs(matrix, other, sense=sense) == []) == as_good


def test_verifier_names_forbidden_doubled_and_misadded_pairs():
    matrix = [[1.0, float("nan")], [2.0, 3.0]]
    assert verify_matrix_pairs(matrix, MatrixPairs(((0, 1), (1, 0)), 2.0)) == ["a forbidden cell is paired"]
    assert verify_matrix_pairs(matrix, MatrixPairs(((0, 0), (1, 0)), 3.0)) == [
        "a row or column is paired twice"
    ]
    assert verify_matrix_pairs(matrix, MatrixPairs(((0, 0), (1, 1)), 5.0)) == ["the total is not 5.0"]


def test_more_pairs_come_before_more_weight():
    nan = float("nan")
    assert pair_matrix([[1e9, 1.0], [2.0, nan]]) == MatrixPairs(((0, 1), (1, 0)), 3.0)


@pytest.mark.parametrize("weights", [[], [[]], [[float("nan")]]])
def test_nothing_to_pair_gives_no_pairs(weights):
    assert pair_matrix(weights) == MatrixPairs((), 0.0)


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([[float("inf")]], "weight inf in row 0, column 0"),
        ([[1.0, 1e12]], "weight 1000000000000.0 in row 0, column 1"),
        ([[1.0], [1.0, 2.0]], "rows of equal length"),
        ([["a"]], "must be numbers"),
        ([1.0, 2.0], "rows and columns"),
        (np.zeros((5_001, 1)), "too large for a matrix"),
    ],
)
def test_wrong_matrices_are_refused_with_the_reason(weights, reason):
    with pytest.raises(PairingError, match=reason):
        pair_matrix(weights)
