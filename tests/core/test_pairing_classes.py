"""Class to class: nobody is left out, trios for unequal sizes, and a verifier that catches planted faults."""

import random
from dataclasses import replace

import pytest

from sojourn.core.pairing import (
    PairingError,
    Person,
    Points,
    Rules,
    SchoolClass,
    pair_classes,
    verify_class_pairs,
)


def school_class(name, size, *, region="north", age=12, draw=None):
    draw = draw or random.Random(name)
    return SchoolClass(
        name,
        tuple(
            Person(
                id=f"{name}-{number}",
                age=age + draw.randint(0, 1),
                languages=frozenset({"fr"}),
                tags=frozenset(draw.sample("uvwxyz", draw.randint(0, 4))),
                region=region,
                medium=draw.choice(["post", "video"]),
            )
            for number in range(size)
        ),
    )


def school(seed, count, prefix, regions):
    draw = random.Random(seed)
    return [
        school_class(
            f"{prefix}{k}",
            draw.randint(5, 20),
            region=draw.choice(regions),
            age=draw.randint(10, 16),
            draw=draw,
        )
        for k in range(count)
    ]


def verified(left, right, outcome):
    return verify_class_pairs(left, right, outcome, rules=Rules(), points=Points())


@pytest.mark.parametrize("seed", range(8))
def test_everybody_in_a_paired_class_writes_and_order_does_not_matter(seed):
    left, right = school(seed, 12, "l", "123"), school(seed + 100, 9, "r", "345")
    outcome = pair_classes(left, right)
    assert verified(left, right, outcome) == []
    shuffled = [SchoolClass(one.id, one.pupils[::-1]) for one in left[::-1]]
    again = pair_classes(shuffled, right[::-1])
    assert (len(again.pairs), again.total) == (len(outcome.pairs), outcome.total)


@pytest.mark.parametrize(
    ("ours", "theirs", "paired"), [(10, 10, 1), (10, 5, 1), (5, 10, 1), (11, 5, 0), (5, 11, 0), (1, 2, 1)]
)
def test_trios_take_up_to_twice_as_many(ours, theirs, paired):
    left, right = [school_class("l", ours)], [school_class("r", theirs, region="south")]
    outcome = pair_classes(left, right)
    assert verified(left, right, outcome) == []
    assert len(outcome.pairs) == paired
    assert sum(len(pair.pupils) for pair in outcome.pairs) == paired * max(ours, theirs)


def test_as_many_classes_as_fit_are_paired_before_points_count():
    flexible, picky = school_class("a", 8, age=13), school_class("b", 8, age=12)
    only_young, any_age = (
        school_class("r1", 8, region="south", age=11),
        school_class("r2", 8, region="south", age=13),
    )
    outcome = pair_classes([flexible, picky], [only_young, any_age])
    assert [(pair.left, pair.right) for pair in outcome.pairs] == [("a", "r2"), ("b", "r1")]


@pytest.mark.parametrize("wrong", [{"region": "north"}, {"age": 16}])
def test_classes_that_break_a_hard_rule_are_not_paired(wrong):
    right = school_class("r", 8, **({"region": "south"} | wrong))
    outcome = pair_classes([school_class("l", 8)], [right])
    assert (outcome.pairs, outcome.unpaired_left, outcome.unpaired_right) == ((), ("l",), ("r",))


def test_one_pupil_without_the_common_language_keeps_a_class_out_rather_than_being_left_out():
    left = school_class("l", 3)
    stranger = replace(left.pupils[0], languages=frozenset({"en"}))
    outcome = pair_classes(
        [SchoolClass("l", (stranger, *left.pupils[1:]))], [school_class("r", 3, region="south")]
    )
    assert outcome.pairs == ()


def test_a_stop_still_pairs_everybody():
    left, right = school(1, 10, "l", "12"), school(2, 10, "r", "34")
    told = []
    outcome = pair_classes(
        left, right, stop=lambda: True, progress=lambda done, all_: told.append((done, all_))
    )
    assert verified(left, right, outcome) == []
    assert told[-1] == (len(outcome.pairs), len(outcome.pairs))


def test_verifier_catches_planted_faults():
    left, right = [school_class("l", 4)], [school_class("r", 3, region="south")]
    outcome = pair_classes(left, right)
    (pair,) = outcome.pairs

    def faults(**changes):
        return verified(left, right, replace(outcome, pairs=(replace(pair, **changes),)))

    where = "classes 'l' and 'r'"
    assert faults(pupils=pair.pupils[1:]) == [f"{where}: a pupil is left out, or is not in the class"]
    crowded = (*pair.pupils, pair.pupils[0])
    assert f"{where}: more than a trio, or a pupil of the larger class with two partners" in faults(
        pupils=crowded
    )
    assert f"{where}: the points are wrong" in faults(points=pair.points + 1)
    assert verified(left, right, replace(outcome, pairs=())) == [
        "a class of one side is told twice, not at all, or is not known",
        "a class of one side is told twice, not at all, or is not known",
    ]
    apart = [SchoolClass("r", tuple(replace(pupil, region="north") for pupil in right[0].pupils))]
    assert len([fault for fault in verified(left, apart, outcome) if "may not be paired" in fault]) == 4


@pytest.mark.parametrize(
    ("classes", "reason"),
    [
        ([SchoolClass("a", ())], "has no pupils"),
        ([school_class("a", 2), school_class("a", 2)], "given twice"),
        (
            [SchoolClass("a", school_class("x", 1).pupils + school_class("y", 1, region="south").pupils)],
            "several regions",
        ),
    ],
)
def test_wrong_classes_are_refused_with_the_reason(classes, reason):
    with pytest.raises(PairingError, match=reason):
        pair_classes(classes, [])


def test_no_classes_give_no_pairs():
    assert pair_classes([], []).pairs == ()
