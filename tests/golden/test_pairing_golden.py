"""Published assignment and matching instances with their published answers."""

import itertools

import pytest

from sojourn.core.pairing import (
    Edge,
    Institution,
    Person,
    pair_matrix,
    pair_people,
    twin,
    verify_matrix_pairs,
    verify_twinning,
)

ASSIGNMENTS = {
    "SciPy manual, linear_sum_assignment": ([[4, 1, 3], [2, 0, 5], [3, 2, 2]], "min", 5),
    "munkres package manual": ([[5, 9, 1], [10, 3, 2], [8, 7, 4]], "min", 12),
    "OR-Tools guide, linear sum assignment": (
        [[90, 76, 75, 70], [35, 85, 55, 65], [125, 95, 90, 105], [45, 110, 95, 115]],
        "min",
        265,
    ),
    "OR-Tools guide, assignment of five workers to four tasks": (
        [[90, 80, 75, 70], [35, 85, 55, 65], [125, 95, 90, 95], [45, 110, 95, 115], [50, 100, 90, 100]],
        "min",
        265,
    ),
    "Project Euler 345, the example of five rows": (
        [
            [7, 53, 183, 439, 863],
            [497, 383, 563, 79, 973],
            [287, 63, 343, 169, 583],
            [627, 343, 773, 959, 943],
            [767, 473, 103, 699, 303],
        ],
        "max",
        3315,
    ),
}


@pytest.mark.parametrize("source", ASSIGNMENTS)
def test_published_assignment(source):
    matrix, sense, total = ASSIGNMENTS[source]
    outcome = pair_matrix(matrix, sense=sense)
    assert outcome.total == total
    assert len(outcome.pairs) == min(len(matrix), len(matrix[0]))
    assert verify_matrix_pairs(matrix, outcome, sense=sense) == []


# J. van Rantwijk, mwmatching.py (2008), its own tests; also in NetworkX, test_matching.py.
MATCHINGS = {
    "single edge": ([(0, 1, 1)], [(0, 1)]),
    "heavy middle": ([(1, 2, 5), (2, 3, 11), (3, 4, 5)], [(2, 3)]),
    "S-blossom": ([(1, 2, 8), (1, 3, 9), (2, 3, 10), (3, 4, 7)], [(1, 2), (3, 4)]),
    "S-blossom, augmented through": (
        [(1, 2, 8), (1, 3, 9), (2, 3, 10), (3, 4, 7), (1, 6, 5), (4, 5, 6)],
        [(1, 6), (2, 3), (4, 5)],
    ),
    "S-blossom relabelled as T-blossom": (
        [(1, 2, 9), (1, 3, 8), (2, 3, 10), (1, 4, 5), (4, 5, 4), (1, 6, 3)],
        [(1, 6), (2, 3), (4, 5)],
    ),
    "nested S-blossom": (
        [(1, 2, 9), (1, 3, 9), (2, 3, 10), (2, 4, 8), (3, 5, 8), (4, 5, 10), (5, 6, 6)],
        [(1, 3), (2, 4), (5, 6)],
    ),
}


def unit_twins(edges, capacity=1):
    institutions = [
        Institution(str(node), capacity) for node in sorted({node for edge in edges for node in edge[:2]})
    ]
    named = [Edge(str(one), str(other), weight) for one, other, weight in edges]
    outcome = twin(institutions, named)
    assert verify_twinning(institutions, named, outcome) == []
    assert outcome.gap == pytest.approx(0.0, abs=1e-9)
    return outcome


@pytest.mark.parametrize("name", MATCHINGS)
def test_published_maximum_weight_matching(name):
    edges, matching = MATCHINGS[name]
    assert unit_twins(edges).pairs == tuple((str(one), str(other)) for one, other in matching)


PETERSEN = [
    *((k, (k + 1) % 5, 1) for k in range(5)),
    *((k, k + 5, 1) for k in range(5)),
    *((k + 5, (k + 2) % 5 + 5, 1) for k in range(5)),
]


@pytest.mark.parametrize(("capacity", "edges"), [(1, 5), (2, 10), (3, 15)])
def test_petersen_graph_has_a_one_factor_and_a_two_factor(capacity, edges):
    # J. Petersen (1891), Die Theorie der regulären graphs; (1898), Sur le théorème de Tait.
    assert unit_twins(PETERSEN, capacity).total == edges


@pytest.mark.parametrize(("size", "edges"), [(5, 2), (6, 3), (7, 3)])
def test_complete_graph_leaves_one_out_when_odd(size, edges):
    # C. Berge (1958): the deficiency of an odd complete graph is one.
    assert unit_twins([(a, b, 1) for a, b in itertools.combinations(range(size), 2)]).total == edges


def test_hall_condition_tells_how_many_stay_alone():
    # P. Hall (1935): three who all know the same two people cannot all be paired.
    left = [Person(f"l{k}", 14, frozenset({"fr"}), frozenset(), "north") for k in range(3)]
    left.append(Person("l3", 14, frozenset({"en"}), frozenset(), "north"))
    right = [Person(f"r{k}", 14, frozenset({"fr"}), frozenset(), "south") for k in range(2)]
    right += [Person(f"r{k}", 14, frozenset({"en"}), frozenset(), "south") for k in range(2, 4)]
    outcome = pair_people(left, right)
    assert (len(outcome.pairs), outcome.most_pairs) == (3, 3)
    assert set(outcome.closed_set) == {"l0", "l1", "l2"}
