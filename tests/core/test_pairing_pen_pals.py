"""Pen pals: hard rules, most pairs, points against the exact optimum, bounds that hold, planted faults."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.core.pairing import (
    PairingError,
    Person,
    Points,
    Rules,
    pair_matrix,
    pair_people,
    verify_bound,
    verify_pen_pals,
)
from sojourn.core.pairing.pen_pals import solve
from sojourn.core.pairing.pen_pals.verify import may_pair, points_of

RULES, POINTS = Rules(), Points()


def crowd(draw, size, prefix):
    return [
        Person(
            id=f"{prefix}{number}",
            age=draw.randint(12, 20),
            languages=frozenset(draw.sample("abcd", draw.randint(1, 2))),
            tags=frozenset(draw.sample("uvwxyz", draw.randint(0, 4))),
            region=draw.choice("123"),
            medium=draw.choice([None, "post", "video"]),
            institution=draw.choice([None, "s1", "s2", "s3"]),
        )
        for number in range(size)
    ]


def two_crowds(seed):
    draw = random.Random(seed)
    return crowd(draw, draw.randint(0, 40), "l"), crowd(draw, draw.randint(0, 40), "r")


sides = st.integers(0, 10**6).map(two_crowds)
limits = st.sampled_from([None, 1, 4])


def exact(left, right):
    """The exact optimum by the matrix solver, whose verifier and brute force are elsewhere."""
    weights = [
        [points_of(a, b, POINTS) if may_pair(a, b, RULES) else float("nan") for b in right] for a in left
    ]
    outcome = pair_matrix(weights if right else [])
    return len(outcome.pairs), outcome.total


@pytest.fixture(params=["exact", "whole", "indexed"])
def method(request, monkeypatch):
    """The method that the size of a problem decides on, forced upon small ones."""
    if request.param != "exact":
        monkeypatch.setattr(solve, "SMALL", -1)
    if request.param == "indexed":
        monkeypatch.setattr(solve, "WHOLE", -1)
    return request.param


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("limit", [None, 1, 4])
def test_pairs_obey_every_rule_and_both_bounds_hold(method, seed, limit):
    draw = random.Random(seed)
    left, right = crowd(draw, draw.randint(0, 45), "l"), crowd(draw, draw.randint(0, 45), "r")
    rules = Rules(per_institution_pair=limit)
    outcome = pair_people(left, right, rules=rules)
    assert verify_pen_pals(left, right, outcome, rules=rules, points=POINTS) == []
    assert verify_bound(left, right, outcome, rules=rules, points=POINTS) == []
    if limit is None:
        pairs, points = exact(left, right)
        assert len(outcome.pairs) == outcome.most_pairs == pairs
        assert outcome.total <= points <= outcome.bound
        assert method != "exact" or outcome.total == points


@settings(max_examples=12, deadline=None)
@given(sides, limits, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_ids_decide_only_between_twins(both, limit, chance):
    left, right = both
    rules = Rules(per_institution_pair=limit)
    plain = pair_people(left, right, rules=rules)
    shuffled = pair_people(chance.sample(left, len(left)), chance.sample(right, len(right)), rules=rules)
    assert shuffled == plain
    names = chance.sample(range(1_000), len(left) + len(right))
    renamed = pair_people(
        [replace(person, id=f"n{name}") for person, name in zip(left, names, strict=False)],
        [replace(person, id=f"n{name}") for person, name in zip(right, names[len(left) :], strict=True)],
        rules=rules,
    )
    assert (len(renamed.pairs), renamed.total) == (len(plain.pairs), plain.total)


def test_rounds_only_improve_and_a_stop_gives_the_best_so_far(monkeypatch):
    monkeypatch.setattr(solve, "SMALL", -1)
    draw = random.Random(6)
    left, right = crowd(draw, 900, "l"), crowd(draw, 900, "r")
    told = []
    whole = pair_people(left, right, progress=told.append)
    assert [step.points for step in told] == sorted(step.points for step in told)
    assert {step.pairs for step in told} == {len(whole.pairs)}
    stopped = pair_people(left, right, stop=lambda: True)
    assert (len(stopped.pairs), stopped.total) == (told[1].pairs, told[1].points)
    assert verify_pen_pals(left, right, stopped, rules=RULES, points=POINTS) == []
    assert told[1].points < whole.total


def test_close_to_the_optimum_without_trying_every_pairing(monkeypatch):
    draw = random.Random(7)
    left, right = crowd(draw, 600, "l"), crowd(draw, 600, "r")
    best = pair_people(left, right)
    monkeypatch.setattr(solve, "SMALL", -1)
    found = pair_people(left, right)
    assert len(found.pairs) == len(best.pairs)
    assert found.total >= 0.995 * best.total
    assert found.bound <= 1.03 * best.total


ANNE = Person("anne", 14, frozenset({"fr"}), frozenset({"chess"}), "north", "post", "s1")
BEN = Person("ben", 16, frozenset({"fr", "en"}), frozenset({"chess", "music"}), "south", "post", "s2")


@pytest.mark.parametrize(
    "other",
    [
        replace(BEN, languages=frozenset({"en"})),
        replace(BEN, age=17),
        replace(BEN, region="north"),
    ],
)
def test_a_pair_that_breaks_a_hard_rule_is_never_made(other):
    assert pair_people([ANNE], [BEN]).pairs == (("anne", "ben"),)
    assert pair_people([ANNE], [other]).unpaired_left == ("anne",)


def test_no_adult_is_paired_with_a_minor_however_close_in_age():
    young, grown = replace(ANNE, age=17), replace(BEN, age=18)
    assert pair_people([young], [grown]).pairs == ()
    assert pair_people([young], [grown], rules=Rules(adult_age=17)).pairs == (("anne", "ben"),)


def test_points_add_up_without_a_base_weight():
    assert pair_people([ANNE], [BEN]).total == 2 + 1
    both = replace(ANNE, languages=frozenset({"fr", "en"}))
    assert pair_people([both], [BEN], points=Points(5, 0, 7)).total == 5 + 7
    assert pair_people([replace(ANNE, medium=None)], [replace(BEN, medium=None)]).total == 2


def test_the_limit_per_institution_pair_holds_and_leaves_others_alone():
    left = [replace(ANNE, id=f"l{k}") for k in range(6)]
    right = [replace(BEN, id=f"r{k}", institution="s2" if k < 4 else None) for k in range(6)]
    outcome = pair_people(left, right, rules=Rules(per_institution_pair=3))
    assert len(outcome.pairs) == 3 + 2
    assert verify_pen_pals(left, right, outcome, rules=Rules(per_institution_pair=3), points=POINTS) == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"pairs": ()}, "'anne' is neither paired nor told as unpaired"),
        ({"pairs": (("ben", "anne"),)}, "a pair names somebody who is not on that side"),
        ({"unpaired_left": ("anne",)}, "'anne' is told 2 times"),
        ({"total": 4}, "the pairs are worth 3, not 4"),
        ({"bound": 2}, "a bound lies below what was reached"),
        ({"most_pairs": 0}, "a bound lies below what was reached"),
    ],
)
def test_verifier_catches_planted_faults(fault, reason):
    outcome = replace(pair_people([ANNE], [BEN]), **fault)
    assert reason in verify_pen_pals([ANNE], [BEN], outcome, rules=RULES, points=POINTS)


def test_bound_verifier_catches_a_false_certificate(monkeypatch):
    monkeypatch.setattr(solve, "SMALL", -1)
    draw = random.Random(8)
    left, right = crowd(draw, 40, "l"), crowd(draw, 40, "r")
    outcome = pair_people(left, right)
    cheap = replace(outcome, bound=outcome.total + 1, prices=dict.fromkeys(outcome.prices, 0))
    assert verify_bound(left, right, cheap, rules=RULES, points=POINTS) == [
        f"the prices do not prove the bound {outcome.total + 1}"
    ]
    fewer = replace(outcome, most_pairs=outcome.most_pairs - 1)
    assert len(verify_bound(left, right, fewer, rules=RULES, points=POINTS)) == 1


@pytest.mark.parametrize(
    ("right", "reason"),
    [
        ([replace(BEN, id="anne")], "given twice"),
        ([replace(BEN, id="ａnne")], "given twice"),  # a full-width letter that looks alike
        ([replace(BEN, age=-1)], "age -1"),
        ([replace(BEN, age=151)], "age 151"),
    ],
)
def test_wrong_people_are_refused_with_the_reason(right, reason):
    with pytest.raises(PairingError, match=reason):
        pair_people([ANNE], right)


@pytest.mark.parametrize("wrong", [{"max_age_gap": -1}, {"adult_age": -1}, {"per_institution_pair": 0}])
def test_wrong_rules_are_refused(wrong):
    with pytest.raises(PairingError, match=next(iter(wrong))):
        Rules(**wrong)


def test_wrong_points_are_refused():
    with pytest.raises(PairingError, match="points for shared_tag"):
        Points(shared_tag=-1)


@pytest.mark.parametrize(("left", "right"), [([], []), ([ANNE], []), ([], [BEN])])
def test_an_empty_side_pairs_nobody(method, left, right):
    outcome = pair_people(left, right)
    assert outcome.pairs == ()
    assert (outcome.total, outcome.bound, outcome.gap) == (0, 0, 0.0)


def test_more_tags_than_a_machine_word_holds_are_counted(method):
    many = frozenset(f"t{k:03}" for k in range(150))
    outcome = pair_people([replace(ANNE, tags=many)], [replace(BEN, tags=many)])
    assert outcome.total == 2 * 150 + 1
