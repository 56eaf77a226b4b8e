"""Requests that race for the places of a limit take exactly as many as there are."""

import pytest

from apps.races.together import together
from sojourn.web.limits import Limit, OverLimitError, take_place


@pytest.mark.race
@pytest.mark.usefixtures("own_database")
def test_parallel_guesses_take_exactly_the_places_there_are() -> None:
    taken = []

    def guess() -> None:
        try:
            taken.append(take_place(Limit("raced", 5, 3600), "somebody"))
        except OverLimitError:
            return

    together([guess] * 200)
    assert len(taken) == len(set(taken)) == 5
