"""Money: parts add up, ties are stated, tables with holes are refused."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.draw_cases import steady
from sojourn.core.sharing import (
    BandTable,
    CostLine,
    DistanceBand,
    RateTable,
    Reduction,
    SharingError,
    divide,
    stay_cost,
    to_text,
    to_units,
    travel_cost,
    verify_cost,
    verify_sharing,
)

amounts = st.integers(-(10**15), 10**15)
weights = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.integers(0, 10**9) | st.fractions(0, 1000, max_denominator=97),
    min_size=1,
    max_size=8,
).filter(lambda given: sum(given.values()) > 0)
BANDS = BandTable((DistanceBand(100, 499, 18_000), DistanceBand(500, 1999, 27_500)))


@steady
@given(amounts, weights)
def test_parts_add_up_and_pass_the_verifier(amount: int, given: dict[str, int | Fraction]) -> None:
    parts = divide(amount, given)
    assert sum(parts.values()) == amount
    assert list(parts) == list(given)
    assert verify_sharing(amount, given, parts) == []


@steady
@given(amounts, weights, st.fractions(Fraction(1, 50), 50))
def test_only_proportions_count(amount: int, given: dict[str, int | Fraction], scale: Fraction) -> None:
    scaled = {bearer: weight * scale for bearer, weight in given.items()}
    assert divide(amount, scaled) == divide(amount, given)
    assert divide(-amount, given) == {bearer: -part for bearer, part in divide(amount, given).items()}


@steady
@given(st.integers(1, 10**6), weights, st.data())
def test_verifier_finds_a_moved_unit(
    amount: int, given: dict[str, int | Fraction], data: st.DataObject
) -> None:
    parts = divide(amount, given)
    giver = data.draw(st.sampled_from(sorted(given)))
    taker = data.draw(st.sampled_from(sorted(given)))
    moved = {**parts, giver: parts[giver] - 1}
    assert verify_sharing(amount, given, moved) != []
    moved[taker] += 1
    assert (verify_sharing(amount, given, moved) == []) == (giver == taker)
    assert verify_sharing(amount + 1, given, parts) != []


def test_the_closest_whole_parts_are_found_as_by_trying_all() -> None:
    """Largest remainders minimise the sum of squared distances to the exact shares (Birkhoff 1976)."""
    for amount, a, b, c in product(range(7), range(1, 5), range(1, 5), range(1, 5)):
        given, total = {"a": a, "b": b, "c": c}, a + b + c

        def distance(parts: tuple[int, ...], *, amount: int = amount, total: int = total) -> Fraction:
            exact = (Fraction(amount * weight, total) for weight in (a, b, c))  # noqa: B023 - used at once
            return sum(((part - share) ** 2 for part, share in zip(parts, exact, strict=True)), Fraction())

        everything = (p for p in product(range(amount + 1), repeat=3) if sum(p) == amount)
        assert distance(tuple(divide(amount, given).values())) == min(map(distance, everything))


def test_equal_remainders_go_to_who_is_declared_first() -> None:
    assert divide(100, {"centre": 1, "region": 1, "host": 1}) == {"centre": 34, "region": 33, "host": 33}
    assert divide(100, {"host": 1, "region": 1, "centre": 1}) == {"host": 34, "region": 33, "centre": 33}
    assert divide(-100, {"centre": 1, "region": 1, "host": 1}) == {"centre": -34, "region": -33, "host": -33}


@pytest.mark.parametrize(
    ("amount", "given", "fault"),
    [
        (1.5, {"a": 1}, "a whole number of smallest units"),
        (True, {"a": 1}, "a whole number of smallest units"),
        (100, {}, "nobody bears anything"),
        (100, {"a": 0, "b": 0}, "nobody bears anything"),
        (100, {"a": -1, "b": 2}, "'a' has weight -1"),
        (100, {"a": 0.5}, "'a' has weight 0.5"),
        (100, {"a": float("nan")}, "'a' has weight nan"),
    ],
)
def test_division_that_makes_no_sense_is_refused(amount: int, given: dict[str, int], fault: str) -> None:
    with pytest.raises(SharingError, match=fault):
        divide(amount, given)


@steady
@given(amounts, st.integers(0, 4))
def test_amounts_survive_as_text(amount: int, places: int) -> None:
    assert to_units(to_text(amount, places), places) == amount


@pytest.mark.parametrize(("text", "units"), [("12.3", 1230), ("0", 0), ("-0.05", -5), ("007.10", 710)])
def test_text_to_cents(text: str, units: int) -> None:
    assert to_units(text) == units


@pytest.mark.parametrize(
    "text",
    ["", "1e3", "NaN", "1_000", "1,000", "１２", "²", ".5", "5.", " 5", "5\n", "+5", "1.234", "9" * 40, None],
)
def test_text_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(SharingError):
        to_units(text)


@pytest.mark.parametrize(
    ("kilometres", "unit"), [(0, 0), (99, 0), (100, 18_000), (499, 18_000), (500, 27_500), (1999, 27_500)]
)
def test_travel_is_paid_by_the_band_that_holds_the_distance(kilometres: int, unit: int) -> None:
    line = travel_cost(BANDS, kilometres, 30)
    assert (line.quantity, line.unit, line.amount) == (30, unit, 30 * unit)


def test_journey_beyond_the_last_band_is_refused() -> None:
    with pytest.raises(SharingError, match="2000 km is beyond the last band, which ends at 1999 km"):
        travel_cost(BANDS, 2000, 1)


@pytest.mark.parametrize(
    ("bands", "fault"),
    [
        ((), "no bands"),
        (
            (DistanceBand(0, 99, 1), DistanceBand(101, None, 2)),
            "a hole between band 1 and the next: begin that at 100",
        ),
        ((DistanceBand(0, 99, 1), DistanceBand(99, None, 2)), "an overlap between band 1"),
        ((DistanceBand(0, None, 1), DistanceBand(100, None, 2)), "band 1 has no end"),
        ((DistanceBand(50, 10, 1),), "before it begins"),
        ((DistanceBand(-1, 10, 1),), "whole numbers from 0"),
        ((DistanceBand(0, 10, -1),), "whole numbers from 0"),
    ],
)
def test_band_table_that_leaves_doubt_is_refused(bands: tuple[DistanceBand, ...], fault: str) -> None:
    with pytest.raises(SharingError, match=fault):
        travel_cost(BandTable(bands), 5, 1)


@steady
@given(
    st.integers(0, 100_000),
    st.integers(0, 80),
    st.integers(0, 40),
    st.lists(
        st.tuples(st.integers(2, 60), st.fractions(0, 1, max_denominator=20)), unique_by=lambda cut: cut[0]
    ),
)
def test_stay_costs_the_same_day_by_day(
    per_day: int, days: int, people: int, cuts: list[tuple[int, Fraction]]
) -> None:
    table = RateTable(per_day, tuple(Reduction(day, factor) for day, factor in sorted(cuts)))
    lines = stay_cost(table, days, people)
    by_hand = 0
    for day in range(1, days + 1):
        factor = max([(cut, factor) for cut, factor in cuts if cut <= day], default=(0, Fraction(1)))[1]
        by_hand += people * ((per_day * factor * 2 + 1) // 2)
    assert sum(line.amount for line in lines) == by_hand
    assert sum(line.quantity for line in lines) == days * people
    assert verify_cost(lines, by_hand) == []


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: stay_cost(RateTable(-1), 1, 1), "rate per day is -1"),
        (lambda: stay_cost(RateTable(1), -1, 1), "days is -1"),
        (lambda: stay_cost(RateTable(1), 1, 1.0), "people is 1.0"),
        (lambda: stay_cost(RateTable(1, (Reduction(1, Fraction(1, 2)),)), 1, 1), "from 2"),
        (lambda: stay_cost(RateTable(1, (Reduction(2, Fraction(3, 2)),)), 1, 1), "from 0 to 1"),
        (
            lambda: stay_cost(RateTable(1, (Reduction(9, Fraction(1)), Reduction(9, Fraction(0)))), 1, 1),
            "sort",
        ),
        (lambda: travel_cost(BANDS, -1, 1), "kilometres is -1"),
        (lambda: travel_cost(BANDS, 1, True), "people is True"),
    ],
)
def test_costs_of_nonsense_are_refused(call: Callable[[], object], fault: str) -> None:
    with pytest.raises(SharingError, match=fault):
        call()


def test_verifier_finds_a_wrong_product_and_a_wrong_sum() -> None:
    lines = [CostLine("days 1-14", 14, 100, 1400), CostLine("days 15-20", 6, 70, 430)]
    assert verify_cost(lines, 1830) == ["line 2 (days 15-20): 6 x 70 is not 430"]
    assert verify_cost(lines[:1], 1401) == ["the lines add up to 1400, not 1401"]
