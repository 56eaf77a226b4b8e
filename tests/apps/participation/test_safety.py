"""Ratios and the two-adult rule against a reference that deals out children one by one."""

import datetime as dt
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.participation.rules.safety import (
    Period,
    Staffing,
    adults_needed,
    may_be_paired,
    minors_per_adult,
    staffing,
    valid_until,
    what_is_missing,
)

DAY = dt.timedelta(days=1)
START = dt.date(2027, 7, 1)
AGES = st.lists(st.integers(0, 40), max_size=60)
# 120 parts make one adult: 120 is a multiple of 3, 4, 6, 8 and 10.
PARTS = {
    age: 40 if age < 2 else 30 if age < 4 else 20 if age < 9 else 15 if age < 13 else 12 for age in range(18)
}
days = st.integers(0, 30).map(lambda number: START + number * DAY)
periods = st.lists(st.tuples(days, days), max_size=6)


def adults_by_hand(ages: list[int]) -> int:
    """The smallest number of adults whose parts suffice, never under two; nobody for adults alone."""
    parts = sum(PARTS[age] for age in ages if age < 18)
    if parts == 0:
        return 0
    return next(adults for adults in count(2) if 120 * adults >= parts)


def test_ratios_are_those_of_the_rules() -> None:
    told = {4: 6, 8: 6, 9: 8, 12: 8, 13: 10, 17: 10}
    assert {age: minors_per_adult(age) for age in told} == told
    assert [minors_per_adult(age) for age in (0, 1, 2, 3)] == [3, 3, 4, 4]


@given(AGES)
def test_children_of_mixed_ages_weigh_exactly_and_are_rounded_up_once(ages: list[int]) -> None:
    assert adults_needed(ages) == adults_by_hand(ages)


@pytest.mark.parametrize("ratio", [6, 8, 10])
def test_full_groups_are_not_rounded_away(ratio: int) -> None:
    age = {6: 8, 8: 12, 10: 17}[ratio]
    assert [adults_needed([age] * (ratio * adults)) for adults in range(2, 60)] == list(range(2, 60))
    assert [adults_needed([age] * (ratio * adults + 1)) for adults in range(2, 60)] == list(range(3, 61))


@given(AGES, st.integers(0, 17))
def test_one_more_child_never_needs_fewer_adults(ages: list[int], age: int) -> None:
    assert adults_needed([*ages, age]) >= max(2, adults_needed(ages))


@given(periods, days)
def test_validity_reaches_as_far_as_every_day_is_covered(
    spans: list[tuple[dt.date, dt.date]], on: dt.date
) -> None:
    day = on
    while any(first <= day < end for first, end in spans):
        day += DAY
    assert valid_until(spans, on) == (day if day > on else None)


@given(AGES, st.dictionaries(st.integers(1, 9), periods, max_size=9), days, st.integers(0, 10))
def test_only_vetting_that_lasts_to_the_last_day_counts(
    ages: list[int], adults: dict[int, list[Period]], first: dt.date, nights: int
) -> None:
    stay = [first + number * DAY for number in range(nights + 1)]
    lasting = {
        account
        for account, spans in adults.items()
        if all(any(begin <= day < end for begin, end in spans) for day in stay)
    }
    found = staffing(ages, adults, first=first, last=stay[-1])
    assert set(found.valid) == lasting
    assert {*found.valid, *(account for account, _end in found.ending), *found.unvetted} == set(adults)
    assert (found.missing == 0) == (len(lasting) >= adults_by_hand(ages))


def test_shortfall_says_how_many_more_and_whose_vetting_is_the_matter() -> None:
    found = Staffing(needed=4, valid=(1,), ending=((2, START),), unvetted=(3,))
    assert what_is_missing(found, {2: "ann@example.org", 3: "bo@example.org"}) == (
        "4 vetted adults are needed for these minors; 1 are named. Name 3 more. "
        "The vetting of ann@example.org is over from 2027-07-01 on: renew it first. "
        "bo@example.org has no vetting that is valid on that day."
    )


@given(st.integers(0, 99), st.integers(0, 99))
def test_adult_and_minor_are_never_paired(one: int, other: int) -> None:
    assert may_be_paired(one, other) == ((one < 18 and other < 18) or (one >= 18 and other >= 18))
