from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.core.apportion import (
    METHODS,
    Apportionment,
    ApportionmentError,
    DivisorRange,
    MethodName,
    Tie,
    alabama_paradox,
    apportion,
    explain,
    verify_apportionment,
)

methods = st.sampled_from(METHODS)
names = st.text("abcdefgh", min_size=1, max_size=3)
small_weights = st.dictionaries(names, st.integers(0, 12), min_size=1, max_size=6)
wide_weights = st.dictionaries(
    names,
    st.integers(0, 10**30) | st.fractions(0, 1000, max_denominator=97) | st.decimals(0, 1000, places=3),
    min_size=1,
    max_size=12,
)


@st.composite
def bounded(draw):
    """Seats, weights, floors and caps that can be met."""
    weights = draw(small_weights)
    floor = {name: draw(st.integers(0, 3)) for name in weights if draw(st.booleans())}
    cap = {name: floor.get(name, 0) + draw(st.integers(0, 4)) for name in weights if draw(st.booleans())}
    least = sum(floor.values())
    room = [cap.get(name, 12) if weight else floor.get(name, 0) for name, weight in weights.items()]
    return draw(st.integers(least, max(least, min(sum(room), least + 12)))), weights, floor, cap


def signpost(method: MethodName, n: int) -> Fraction:
    """Squared, so that Huntington-Hill's is rational too."""
    return {
        "webster": Fraction(2 * n + 1, 2) ** 2,
        "dhondt": Fraction(n + 1) ** 2,
        "adams": Fraction(n) ** 2,
        "dean": Fraction(2 * n * (n + 1), 2 * n + 1) ** 2,
        "huntington-hill": Fraction(n * (n + 1)),
    }[method]


def seat_by_seat(method, seats, weights, floor, cap):
    """The definition by brute force: one seat after the other to the strongest claim, ties by name."""
    given = {name: floor.get(name, 0) for name in weights}
    total = sum(weights.values()) or 1

    def claim(name):
        if method == "hamilton":
            return 0, Fraction(weights[name] * seats, total) - given[name]
        post = signpost(method, given[name])
        return (0, Fraction(weights[name]) ** 2 / post) if post else (1, weights[name])

    while sum(given.values()) < seats:
        free = [name for name in sorted(weights) if weights[name] and given[name] < cap.get(name, seats)]
        given[max(free, key=claim)] += 1
    return given


@given(methods, bounded())
@settings(max_examples=600)
def test_apportion_agrees_with_handing_out_seat_by_seat(method, instance):
    seats, weights, floor, cap = instance
    outcome = apportion(seats, weights, method=method, floor=floor, cap=cap)
    assert outcome.seats == seat_by_seat(method, seats, weights, floor, cap)
    assert verify_apportionment(seats, weights, outcome, floor=floor, cap=cap) == []


@given(st.lists(st.integers(1, 9), min_size=2, max_size=3), st.integers(0, 7))
def test_hamilton_minimises_the_squared_distance_to_the_quotas(weights, seats):
    by_name = {str(place): weight for place, weight in enumerate(weights)}
    outcome = apportion(seats, by_name, method="hamilton")
    quotas = [Fraction(weight * seats, sum(weights)) for weight in weights]

    def distance(split):
        return sum((got - quota) ** 2 for got, quota in zip(split, quotas, strict=True))

    splits = [split for split in product(range(seats + 1), repeat=len(weights)) if sum(split) == seats]
    assert distance(outcome.seats.values()) == min(map(distance, splits))


@given(methods, wide_weights, st.integers(0, 10**15), st.randoms(use_true_random=False))
def test_apportion_with_shuffled_names_gives_the_same_seats(method, weights, seats, random):
    if not any(weights.values()):
        seats = 0
    shuffled = list(weights.items())
    random.shuffle(shuffled)
    outcome = apportion(seats, weights, method=method)
    assert sum(outcome.seats.values()) == seats
    assert apportion(seats, dict(shuffled), method=method) == outcome
    assert verify_apportionment(seats, weights, outcome) == []


@given(methods, wide_weights, st.integers(0, 500), st.fractions(1, 9, max_denominator=50))
def test_apportion_in_another_unit_gives_the_same_seats(method, weights, seats, unit):
    seats = seats if any(weights.values()) else 0
    scaled = {name: Fraction(weight) * unit for name, weight in weights.items()}
    assert apportion(seats, scaled, method=method).seats == apportion(seats, weights, method=method).seats


@given(methods, small_weights.filter(lambda weights: any(weights.values())), st.integers(0, 30))
def test_apportion_with_renamed_parties_and_their_order_renames_the_seats(method, weights, seats):
    order = sorted(weights)
    renamed = {name: f"p{len(order) - place}" for place, name in enumerate(order)}
    outcome = apportion(
        seats,
        {renamed[name]: weight for name, weight in weights.items()},
        method=method,
        tie_order=[renamed[name] for name in order],
    )
    expected = apportion(seats, weights, method=method).seats
    assert outcome.seats == {renamed[name]: got for name, got in expected.items()}


@given(st.sampled_from([m for m in METHODS if m != "hamilton"]), small_weights, st.integers(0, 40))
def test_no_divisor_method_takes_a_seat_when_the_house_grows(method, weights, seats):
    if not any(weights.values()):
        return
    now, then = (apportion(house, weights, method=method).seats for house in (seats, seats + 1))
    assert [name for name in now if then[name] < now[name]] == []


@given(st.integers(2, 40), st.integers(0, 200), st.sampled_from(["webster", "huntington-hill", "hamilton"]))
def test_equal_weights_are_tied_and_the_first_names_win(parties, seats, method):
    weights = {f"p{place:02}": 7 for place in range(parties)}
    outcome = apportion(seats, weights, method=method)
    each, left = divmod(seats, parties)
    assert list(outcome.seats.values()) == [each + (place < left) for place in range(parties)]
    assert outcome.ties == ((Tie(tuple(weights), left),) if left else ())


def test_tie_goes_by_the_declared_order_and_is_reported():
    outcome = apportion(1, {"a": 1, "b": 1, "c": 1}, tie_order=["c", "a", "b"])
    assert outcome.seats == {"a": 0, "b": 0, "c": 1}
    assert outcome.ties == (Tie(("c", "a", "b"), 1),)
    assert outcome.ties[0].winners == ("c",)


def test_weights_one_part_in_10_to_the_60_apart_are_no_tie():
    outcome = apportion(1, {"a": 10**60, "b": 10**60 + 1})
    assert (outcome.seats, outcome.ties) == ({"a": 0, "b": 1}, ())


def test_too_few_seats_for_everybody_go_to_the_larger_weights():
    outcome = apportion(2, {"a": 5, "b": 9, "c": 7, "d": 0}, method="huntington-hill")
    assert outcome == Apportionment("huntington-hill", {"a": 0, "b": 1, "c": 1, "d": 0}, None, ())


def test_party_exactly_at_the_threshold_takes_part():
    weights = {"a": 4, "b": 3, "c": 93}
    assert apportion(100, weights, threshold=0.04).seats == {"a": 4, "b": 0, "c": 96}


def test_floor_does_not_hold_below_the_threshold():
    assert apportion(10, {"a": 1, "b": 99}, threshold=Decimal("0.05"), floor=1).seats == {"a": 0, "b": 10}


def test_party_without_weight_gets_its_floor_and_no_more():
    assert apportion(10, {"a": 0, "b": 1}, floor={"a": 3}, cap={"b": 7}).seats == {"a": 3, "b": 7}


@given(methods, wide_weights.filter(lambda weights: any(weights.values())), st.integers(1, 300))
def test_published_divisor_lies_in_the_range(method, weights, seats):
    divisor = apportion(seats, weights, method=method).divisor
    if divisor is not None and (divisor.power == 1 or divisor.low != divisor.high):
        assert divisor.contains(divisor.published())


def test_published_divisor_has_the_fewest_digits():
    assert DivisorRange(Fraction(96, 10), Fraction(106, 11)).published() == Fraction("9.6")
    assert DivisorRange(Fraction(1801), Fraction(2399)).published() == 2000
    assert DivisorRange(Fraction(5), None).published() == 6
    tiny = DivisorRange(Fraction(3, 10**200), Fraction(9, 10**200), power=2)
    assert tiny.published() == Fraction(3, 10**100)
    assert DivisorRange(Fraction(10**50), Fraction(10**50 + 1)).published() == 10**50


def test_published_divisor_of_an_irrational_point_is_close_to_it():
    published = DivisorRange(Fraction(2), Fraction(2), power=2).published()
    assert abs(published**2 - 2) < Fraction(1, 10**28)


# --- the verifier finds what was planted


@given(methods, small_weights, st.integers(1, 40), st.data())
def test_verifier_catches_a_moved_seat(method, weights, seats, data):
    if sum(weight > 0 for weight in weights.values()) < 2:
        return
    outcome = apportion(seats, weights, method=method)
    giver = data.draw(st.sampled_from([name for name in weights if outcome.seats[name]]))
    taker = data.draw(st.sampled_from([name for name in weights if name != giver]))
    moved = {**outcome.seats, giver: outcome.seats[giver] - 1, taker: outcome.seats[taker] + 1}
    planted = Apportionment(method, moved, outcome.divisor, outcome.ties)
    assert verify_apportionment(seats, weights, planted) != []


@pytest.mark.parametrize(
    "planted",
    [
        Apportionment("webster", {"a": 3, "b": 1}, None, ()),
        Apportionment("webster", {"a": 3, "b": 2}, DivisorRange(Fraction(1), Fraction(2)), ()),
        Apportionment(
            "webster", {"a": 3, "b": 1}, DivisorRange(Fraction(1), Fraction(2)), (Tie(("a", "b"), 1),)
        ),
        Apportionment("webster", {"a": 4}, DivisorRange(Fraction(2), Fraction(12, 5)), ()),
        Apportionment("webster", {"a": 5, "b": -1}, DivisorRange(Fraction(2), Fraction(12, 5)), ()),
    ],
    ids=["divisor dropped", "seat invented", "tie invented", "party dropped", "negative seats"],
)
def test_verifier_catches_a_planted_fault(planted):
    assert verify_apportionment(4, {"a": 6, "b": 2}, planted) != []


def test_verifier_catches_a_tie_won_against_the_order():
    right = apportion(1, {"a": 1, "b": 1})
    planted = Apportionment("webster", {"a": 0, "b": 1}, right.divisor, right.ties)
    assert verify_apportionment(1, {"a": 1, "b": 1}, right) == []
    assert verify_apportionment(1, {"a": 1, "b": 1}, planted) == [
        "a and b are tied, and a comes first in the declared order"
    ]


# --- explanations


def test_explanation_names_what_held_each_party():
    reasons = explain(
        12,
        {"big": 900, "mid": 200, "tiny": 10, "under": 2, "none": 0},
        floor={"tiny": 1, "none": 1},
        cap={"big": 7},
        threshold=Fraction(0),
    )
    assert {name: (reason.seats, reason.held_by) for name, reason in reasons.items()} == {
        "big": (7, "cap"),
        "mid": (3, "quotient"),
        "tiny": (1, "floor"),
        "under": (0, "quotient"),
        "none": (1, "no weight"),
    }
    assert reasons["mid"].next_claim == Fraction(200, 1) / Fraction(7, 2)
    assert reasons["mid"].bar == Fraction(200, 1) / Fraction(5, 2)


def test_explanation_names_the_tie_and_the_threshold():
    reasons = explain(3, {"a": 10, "b": 10, "c": 1}, threshold=0.1)
    assert {name: reason.held_by for name, reason in reasons.items()} == {
        "a": "tie won",
        "b": "tie lost",
        "c": "threshold",
    }


@given(methods, bounded())
def test_no_refused_claim_passes_the_bar(method, instance):
    seats, weights, floor, cap = instance
    for reason in explain(seats, weights, method=method, floor=floor, cap=cap).values():
        if reason.next_claim is not None and reason.bar is not None:
            assert reason.next_claim <= reason.bar


def test_alabama_paradox_names_who_loses():
    weights = {"a": 6, "b": 6, "c": 2}
    assert alabama_paradox(10, weights) == {"c": (2, 1)}
    assert alabama_paradox(9, weights) == {}


# --- bad input


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        ({"weights": {}}, [("weights",)]),
        ({"weights": {"a": nan, "b": -1, "c": True, "d": "7"}}, [("weights", name) for name in "abcd"]),
        ({"weights": {"a": inf}}, [("weights", "a")]),
        ({"weights": {"a": Decimal("1e999999999")}}, [("weights", "a")]),
        ({"weights": {"a": Decimal("1e-999999999")}}, [("weights", "a")]),
        ({"weights": {"a": Decimal("sNaN")}}, [("weights", "a")]),
        ({"weights": {"a": 10**300}}, [("weights", "a")]),
        ({"weights": {"a": Fraction(1, 10**200), "b": 10**200}}, [("weights",)]),
        ({"weights": {"a": 0, "b": 0}}, [("seats",)]),
        ({"weights": {7: 1}}, [("weights", "7")]),
        ({"seats": -1}, [("seats",)]),
        ({"seats": 2.0}, [("seats",)]),
        ({"seats": True}, [("seats",)]),
        ({"seats": 10**15 + 1}, [("seats",)]),
        ({"floor": 6}, [("floor",)]),
        ({"floor": {"a": 1, "z": 1}}, [("floor", "z")]),
        ({"floor": {"a": -1}}, [("floor", "a")]),
        ({"floor": {"a": 3}, "cap": {"a": 2}}, [("floor", "a")]),
        ({"cap": {"a": 2, "b": 7}}, [("seats",)]),
        ({"cap": {"y": 2.5}}, [("cap", "y"), ("cap", "y")]),
        ({"threshold": 1.5}, [("threshold",)]),
        ({"threshold": 1}, [("seats",)]),
        ({"tie_order": ["a", "a", "c"]}, [("tie_order",), ("tie_order",)]),
        ({"tie_order": ["a"]}, [("tie_order",)]),
        ({"method": "borda"}, [("method",)]),
    ],
)
def test_apportion_refuses_bad_input_and_names_every_place(arguments, places):
    call = {"seats": 10, "weights": {"a": 2, "b": 1}, **arguments}
    with pytest.raises(ApportionmentError) as refusal:
        apportion(call.pop("seats"), call.pop("weights"), **call)
    assert [place for place, _ in refusal.value.faults] == places


def test_refusal_says_what_is_wrong():
    with pytest.raises(ApportionmentError, match="the floors add up to 12, more than the 10 seats"):
        apportion(10, {"a": 1, "b": 1}, floor=6)
