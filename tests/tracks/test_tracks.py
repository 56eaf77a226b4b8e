import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.core.never_held import never_held
from sojourn.core.plan_check import measured_refusal
from sojourn.tracks import TRACKS
from sojourn.tracks.base import Ages, Track
from sojourn.tracks.visits import (
    CRITERIA,
    REASONS,
    Entry,
    Reserve,
    Traveller,
    VisitRules,
    holds_reserve,
    why_not,
)

RULES = VisitRules(Ages(8, 12), group_at_least=2, group_at_most=3)
ENTRY = Entry("leeds", "100001", first_time=True, siblings=False)


@pytest.mark.parametrize("track", TRACKS.values(), ids=str)
def test_track_counts_nothing_forbidden_and_speaks_of_nothing_never_held(track: Track) -> None:
    labels = [text for indicator in track.indicators for text in (indicator.code, *indicator.titles)]
    assert [label for label in labels if measured_refusal(label)] == []
    texts = [text for indicator in track.indicators for text in indicator.counted_from]
    assert [text for text in (*labels, *texts, *track.titles) if never_held(text)] == []


@pytest.mark.parametrize("track", TRACKS.values(), ids=str)
def test_track_codes_are_unique_and_its_texts_are_in_both_languages(track: Track) -> None:
    codes = [indicator.code for indicator in track.indicators] + [opening.code for opening in track.openings]
    assert len(codes) == len(set(codes))
    assert all(
        text.en and text.zh for text in (track.titles, *(opening.titles for opening in track.openings))
    )


@pytest.mark.parametrize(
    ("ages", "reasons"),
    [
        ([8, 12], ()),
        ([], ("nobody",)),
        ([9], ("group_too_small",)),
        ([7, 9], ("too_young",)),
        ([7, 13], ("too_young", "too_old")),
        ([9, 9, 9, 13], ("too_old", "group_too_large")),
    ],
)
def test_why_not_gives_every_reason(ages: list[int], reasons: tuple[str, ...]) -> None:
    assert why_not(RULES, [Traveller(age, "leeds") for age in ages], "derby") == reasons


def test_why_not_refuses_the_own_region_unless_the_call_allows_it() -> None:
    pair = [Traveller(9, "leeds"), Traveller(10, "derby")]
    assert why_not(RULES, pair, "derby") == ("own_region",)
    assert why_not(VisitRules(Ages(8, 12), other_region_only=False), pair, "derby") == ()


@given(st.lists(st.integers(0, 40), max_size=6), st.randoms())
def test_why_not_never_depends_on_the_order_of_the_group(ages: list[int], draw: object) -> None:
    group = [Traveller(age, "leeds") for age in ages]
    reasons = why_not(RULES, group, "derby")
    assert why_not(RULES, group[::-1], "derby") == reasons
    assert reasons == tuple(code for code in REASONS if code in reasons)


@pytest.mark.parametrize(
    ("reserve", "holds"),
    [
        (Reserve("region", 5, frozenset({"leeds"})), True),
        (Reserve("region", 5, frozenset({"derby"})), False),
        (Reserve("institution", 5, frozenset({"100001"})), True),
        (Reserve("institution", 5, frozenset({"100002"})), False),
        (Reserve("first_time", 5), True),
        (Reserve("siblings", 5), False),
    ],
)
def test_reserve_holds_by_its_criterion(reserve: Reserve, holds: bool) -> None:
    assert holds_reserve(reserve, ENTRY) is holds


@pytest.mark.parametrize(
    ("criterion", "seats", "values"),
    [
        ("merit", 1, frozenset()),
        ("region", 1, frozenset()),
        ("first_time", 1, frozenset({"x"})),
        ("siblings", 0, frozenset()),
    ],
)
def test_reserve_that_makes_no_sense_is_refused(criterion: str, seats: int, values: frozenset[str]) -> None:
    with pytest.raises(ValueError, match="reserve"):
        Reserve(criterion, seats, values)


def test_criteria_are_the_four_grounds_that_exist() -> None:
    assert (
        tuple(CRITERIA)
        == TRACKS["visits"].reserve_criteria
        == ("region", "institution", "first_time", "siblings")
    )


@pytest.mark.parametrize("track", [track for track in TRACKS.values() if track.outcome == "offers"], ids=str)
def test_track_that_offers_places_leaves_seven_days_to_think(track: Track) -> None:
    assert track.rules["answer_days"] >= 7
    assert min(track.rules["choices_at_most"], track.rules["group_at_most"]) >= 1
