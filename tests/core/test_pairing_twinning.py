"""Twinning: against brute force, order-invariant, with a certificate that catches every planted fault."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.core.pairing import Edge, Institution, PairingError, certified_bound, twin, verify_twinning


@st.composite
def problems(draw):
    size = draw(st.integers(1, 6))
    institutions = [Institution(f"s{k}", draw(st.integers(0, 3))) for k in range(size)]
    every = [(a, b) for a in range(size) for b in range(a)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=10)) if every else []
    return institutions, [Edge(f"s{a}", f"s{b}", draw(st.integers(0, 9))) for a, b in chosen]


def brute_force(institutions, edges):
    def best(number, room):
        if number == len(edges):
            return 0.0
        one, other, weight = edges[number]
        without = best(number + 1, room)
        if not (room[one] and room[other]):
            return without
        return max(without, weight + best(number + 1, room | {one: room[one] - 1, other: room[other] - 1}))

    return best(0, dict(institutions))


@settings(max_examples=80, deadline=None)
@given(problems())
def test_twinning_equals_brute_force_proves_it_and_verifies(problem):
    outcome = twin(*problem)
    assert outcome.total == pytest.approx(brute_force(*problem))
    assert outcome.gap == pytest.approx(0.0, abs=1e-9)
    assert certified_bound(*problem, outcome) >= outcome.total - 1e-6
    assert verify_twinning(*problem, outcome) == []


@settings(max_examples=25, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_order_and_direction_of_the_input_do_not_matter(problem, random):
    institutions, edges = (random.sample(part, len(part)) for part in problem)
    turned = [
        Edge(other, one, weight) if random.random() < 0.5 else Edge(one, other, weight)
        for one, other, weight in edges
    ]
    assert twin(institutions, turned) == twin(*problem)


TRIANGLE = (
    [Institution(name, 1) for name in "abc"],
    [Edge("a", "b", 5), Edge("b", "c", 4), Edge("a", "c", 3)],
)


def test_a_triangle_needs_its_blossom_to_prove_the_bound():
    outcome = twin(
        [Institution(name, 1) for name in "abc"], [Edge("a", "b", 5), Edge("b", "c", 5), Edge("a", "c", 5)]
    )
    assert (outcome.total, outcome.bound, outcome.certified) == (5, 5, pytest.approx(5))
    assert [set(blossom.members) for blossom in outcome.blossoms] == [{"a", "b", "c"}]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"pairs": (("a", "b"), ("a", "c"))}, "'a' has 2 twins, more than 1"),
        ({"pairs": (("a", "z"),)}, "['a', 'z'] is not among the edges"),
        ({"pairs": (("b", "c"),)}, "the total is not 5.0"),
        ({"total": 6.0}, "the total is not 6.0"),
        ({"certified": 4.0, "bound": 4.0}, "the prices do not prove the bound 4.0"),
        ({"prices": {"a": -1.0}}, "a price is negative"),
        ({"bound": 99.0}, "total, bound and certified bound are out of order"),
    ],
)
def test_verifier_catches_planted_faults(fault, reason):
    assert reason in verify_twinning(*TRIANGLE, replace(twin(*TRIANGLE), **fault))


def test_a_larger_problem_is_fixed_by_prices_and_stays_within_its_bound():
    size = 400
    institutions = [Institution(f"s{k:03}", 1 + k % 3) for k in range(size)]
    edges = [
        Edge(f"s{k:03}", f"s{(k + step) % size:03}", (k * 7919 + step * 104729) % 1000 + 1)
        for k in range(size)
        for step in range(1, 11)
    ]
    outcome = twin(institutions, edges, seconds=5)
    assert verify_twinning(institutions, edges, outcome) == []
    assert 0 <= outcome.gap <= 0.001


@pytest.mark.parametrize(
    ("institutions", "edges", "reason"),
    [
        ([("a", 1), ("a", 2)], [], "given twice"),
        ([("ﬁ", 1), ("fi", 1)], [], "given twice"),  # a ligature that looks alike
        ([("a", -1)], [], "capacity of 'a' is -1"),
        ([("a", 1)], [("a", "b", 1)], "'b' is no institution"),
        ([("a", 1)], [("a", "a", 1)], "own twin"),
        ([("a", 1), ("b", 1)], [("a", "b", 1), ("b", "a", 2)], "given twice"),
        ([("a", 1), ("b", 1)], [("a", "b", -1)], "weight -1"),
        ([("a", 1), ("b", 1)], [("a", "b", float("nan"))], "weight nan"),
        ([("a", 1), ("b", 1)], [("a", "b", float("inf"))], "weight inf"),
    ],
)
def test_wrong_input_is_refused_with_the_reason(institutions, edges, reason):
    with pytest.raises(PairingError, match=reason):
        twin([Institution(*one) for one in institutions], [Edge(*edge) for edge in edges])


def test_nobody_and_nothing_gives_no_twins():
    assert twin([], []).pairs == ()
    assert twin([Institution("a", 0), Institution("b", 1)], [Edge("a", "b", 3)]).pairs == ()
