"""Divisions and unit costs against published ones."""

from fractions import Fraction

import pytest

from sojourn.core.sharing import BandTable, DistanceBand, RateTable, Reduction, divide, stay_cost, travel_cost


def table(*rows: tuple[int, int | None, int]) -> BandTable:
    return BandTable(tuple(DistanceBand(first, last, 100 * euro) for first, last, euro in rows))


CALLS_2014_2017 = table(
    (100, 499, 180),
    (500, 1999, 275),
    (2000, 2999, 360),
    (3000, 3999, 530),
    (4000, 7999, 820),
    (8000, None, 1100),
)
CALLS_2018_2020 = table(
    (10, 99, 20),
    (100, 499, 180),
    (500, 1999, 275),
    (2000, 2999, 360),
    (3000, 3999, 530),
    (4000, 7999, 820),
    (8000, None, 1500),
)
GREEN_2021_2023 = table((100, 499, 210), (500, 1999, 320), (2000, 2999, 410), (3000, 3999, 610))
SEVENTY_PER_CENT_FROM_DAY_15 = (Reduction(15, Fraction(7, 10)),)


def test_hamilton_bill_of_1792() -> None:
    """The apportionment of 120 seats by the census of 1790 that President Washington vetoed (Balinski & Young
    2001, Fair Representation, chapter 3): largest remainders, here dividing 120 units."""
    census = {
        "Connecticut": (236_841, 8),
        "Delaware": (55_540, 2),
        "Georgia": (70_835, 2),
        "Kentucky": (68_705, 2),
        "Maryland": (278_514, 9),
        "Massachusetts": (475_327, 16),
        "New Hampshire": (141_822, 5),
        "New Jersey": (179_570, 6),
        "New York": (331_589, 11),
        "North Carolina": (353_523, 12),
        "Pennsylvania": (432_879, 14),
        "Rhode Island": (68_446, 2),
        "South Carolina": (206_236, 7),
        "Vermont": (85_533, 3),
        "Virginia": (630_560, 21),
    }
    people = {state: population for state, (population, _) in census.items()}
    assert sum(people.values()) == 3_615_920
    assert divide(120, people) == {state: seats for state, (_, seats) in census.items()}


@pytest.mark.parametrize(("amount", "parts"), [(10, [4, 4, 2]), (11, [5, 5, 1])])
def test_alabama_paradox_in_its_smallest_form(amount: int, parts: list[int]) -> None:
    """Wikipedia, Apportionment paradox: weights 6, 6, 2; one unit more to divide, and the third gets less.
    Money is divided once, so the paradox does no harm here; seats use a divisor method."""
    assert list(divide(amount, {"a": 6, "b": 6, "c": 2}).values()) == parts


def test_largest_remainders_with_the_hare_quota() -> None:
    """Wikipedia, Largest remainders method: 100,000 votes, 10 seats."""
    votes = {"Yellow": 47_000, "White": 16_000, "Red": 15_900, "Green": 12_000, "Blue": 6_000, "Pink": 3_100}
    assert list(divide(10, votes).values()) == [5, 2, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("bands", "kilometres", "euro"),
    [
        (CALLS_2014_2017, 99, 0),
        (CALLS_2014_2017, 100, 180),
        (CALLS_2014_2017, 1999, 275),
        (CALLS_2014_2017, 2000, 360),
        (CALLS_2014_2017, 7999, 820),
        (CALLS_2014_2017, 8000, 1100),
        (CALLS_2018_2020, 9, 0),
        (CALLS_2018_2020, 10, 20),
        (CALLS_2018_2020, 99, 20),
        (CALLS_2018_2020, 3999, 530),
        (CALLS_2018_2020, 12_000, 1500),
        (GREEN_2021_2023, 499, 210),
        (GREEN_2021_2023, 2999, 410),
    ],
)
def test_erasmus_travel_bands(bands: BandTable, kilometres: int, euro: int) -> None:
    """Erasmus+ Programme Guides 2014-2023: travel support per participant by one-way distance."""
    assert travel_cost(bands, kilometres, 1).unit == 100 * euro
    assert travel_cost(bands, kilometres, 25).amount == 2500 * euro


@pytest.mark.parametrize(
    ("rate", "days", "lines"),
    [
        (180, 5, [("days 1-5", 5, 180, 900)]),
        (160, 14, [("days 1-14", 14, 160, 2240)]),
        (160, 20, [("days 1-14", 14, 160, 2240), ("days 15-20", 6, 112, 672)]),
        (140, 60, [("days 1-14", 14, 140, 1960), ("days 15-60", 46, 98, 4508)]),
    ],
)
def test_erasmus_staff_stays(rate: int, days: int, lines: list[tuple[str, int, int, int]]) -> None:
    """Staff mobility 2018/19: 180, 160 or 140 euro a day by receiving country, 70 % from the 15th to the
    60th day (Erasmus+ Programme Guide 2018, individual support for staff)."""
    told = stay_cost(RateTable(100 * rate, SEVENTY_PER_CENT_FROM_DAY_15), days, 1)
    assert [(line.item, line.quantity, line.unit // 100, line.amount // 100) for line in told] == lines
