"""RFC 3797: faults of its inputs, and what follows from its rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.draw_cases import steady
from sojourn.core.draw import DrawError, draw_rfc3797, rfc3797_key


@steady
@given(st.integers(1, 400), st.lists(st.lists(st.integers(0, 99), min_size=1), min_size=1, max_size=4))
def test_whole_pool_drawn_is_a_permutation_and_shorter_draws_are_its_beginning(
    pool: int, sources: list[list[int]]
) -> None:
    order = draw_rfc3797(pool, pool, sources).order
    assert sorted(order) == list(range(1, pool + 1))
    assert draw_rfc3797(pool, pool // 2, sources).order == order[: pool // 2]
    assert draw_rfc3797(pool, pool, [source[::-1] for source in sources]).order == order


def test_order_of_sources_is_part_of_the_key() -> None:
    assert rfc3797_key([1, [3, 2]]) == "1./2.3./"
    assert rfc3797_key([[3, 2], 1]) == "2.3./1./"


@pytest.mark.parametrize("pool", [0, -1, 65536, True, 2.0])
def test_pool_out_of_range_is_refused(pool: int) -> None:
    with pytest.raises(DrawError, match="the standard allows 1 to 65535"):
        draw_rfc3797(pool, 0, [1])


def test_more_draws_than_the_pool_holds_are_refused() -> None:
    with pytest.raises(DrawError, match="11 draws from a pool of 10"):
        draw_rfc3797(10, 11, [1])


@pytest.mark.parametrize(
    "sources",
    [[], [[]], [-1], [[1, -2]], ["7"], [2**63], [float("nan")], [True], [[[1]]]],
)
def test_sources_without_whole_numbers_are_refused(sources: list[int]) -> None:
    with pytest.raises(DrawError, match="source"):
        draw_rfc3797(10, 1, sources)
