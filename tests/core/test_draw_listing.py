"""The plain list: groups as one ticket, reserves by members."""

import random
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.draw_cases import SEED, steady
from sojourn.core.draw import DrawError, draw_list, draw_order

ENTRIES = [f"e{n}" for n in range(9)]


def test_a_list_without_groups_is_the_order_cut_off() -> None:
    drawn = draw_list(ENTRIES, 3, SEED)
    assert drawn.order == draw_order(ENTRIES, SEED)
    assert drawn.selected == drawn.order[:3]


@steady
@given(st.integers(0, 12), st.permutations(ENTRIES), st.integers(0, 4), st.randoms())
def test_groups_stay_whole_wherever_and_however_they_are_listed(
    places: int, entries: list[str], cut: int, shuffler: random.Random
) -> None:
    groups = [entries[:cut], entries[cut : cut + 2]] if cut else [entries[:2]]
    drawn = draw_list(entries, places, SEED, groups=groups)
    for group in groups:
        shuffler.shuffle(group)
        assert len(set(group) & set(drawn.selected)) in {0, len(group)}
        at = sorted(drawn.order.index(member) for member in group)
        assert [drawn.order[place] for place in at] == sorted(group)
        assert at == list(range(at[0], at[0] + len(group)))
    shuffler.shuffle(entries)
    assert draw_list(entries, places, SEED, groups=groups[::-1]).selected == drawn.selected
    assert len(drawn.selected) <= places


def test_a_group_is_drawn_under_its_smallest_id() -> None:
    order = draw_list(["b", "a", "c"], 3, SEED, groups=[["b", "a"]]).order
    under = draw_order(["a", "c"], SEED)
    assert order == tuple(chain.from_iterable(("a", "b") if id_ == "a" else (id_,) for id_ in under))


def test_reserve_admits_members_first_and_a_mixed_group_is_no_member() -> None:
    last = draw_order(ENTRIES, SEED)[-1]
    assert last in draw_list(ENTRIES, 2, SEED, reserves=[([last], 1)]).selected
    other = draw_order(ENTRIES, SEED)[-2]
    mixed = draw_list(ENTRIES, 2, SEED, groups=[[last, other]], reserves=[([last], 2)])
    assert mixed.draw.released == {("list", "1"): 2}
    assert last not in mixed.selected
    whole = draw_list(ENTRIES, 2, SEED, groups=[[last, other]], reserves=[([last, other], 2)])
    assert set(whole.selected) == {last, other}


def test_faults_of_a_list_are_all_named() -> None:
    with pytest.raises(DrawError) as refusal:
        draw_list(["a", "a", "b"], 1, SEED, groups=[["b", "x"], ["b"], []], reserves=[(["y"], 1)])
    assert refusal.value.faults == (
        "entry id 'a' is given 2 times",
        "group 3 is empty: remove it",
        "group 1 names 'x', which is no entry: correct the id or add the entry",
        "entry 'b' stands in groups 2 times: a ticket can be drawn only once",
        "reserve 1 names 'y', which is no entry: correct the id or add the entry",
    )


def test_more_reserved_than_places_is_refused() -> None:
    with pytest.raises(DrawError, match="reserves 2 of only 1 seats"):
        draw_list(["a", "b"], 1, SEED, reserves=[(["a"], 1), (["b"], 1)])
