"""Draws: the rule holds, nothing but the seed and the list decides, and every fault is named."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.draw_cases import SEED, instances, names, seeds, steady
from sojourn.core.draw import (
    Draw,
    DrawError,
    Opening,
    Place,
    Reserve,
    Ticket,
    draw_order,
    draw_places,
    verify_draw,
)
from sojourn.core.draw.order import ascending


def taken(draw: Draw, tickets: list[Ticket], opening: str, reserve: str | None) -> int:
    sizes = {ticket.id: ticket.size for ticket in tickets}
    return sum(
        sizes[place.ticket]
        for place in draw.places.values()
        if (place.opening, place.reserve) == (opening, reserve)
    )


@steady
@given(st.sets(names, max_size=20), seeds, st.randoms())
def test_order_does_not_depend_on_the_order_given(
    ids: set[str], seed: bytes, shuffler: random.Random
) -> None:
    try:
        order = draw_order(sorted(ids), seed)
    except DrawError:
        return
    shuffled = sorted(ids)
    shuffler.shuffle(shuffled)
    assert draw_order(shuffled, seed) == order
    assert sorted(order) == sorted(ids)


@steady
@given(st.integers(2, 30), seeds)
def test_order_of_two_does_not_depend_on_the_others(n: int, seed: bytes) -> None:
    everyone = [f"t{number}" for number in range(n)]
    order = draw_order(everyone, seed)
    assert draw_order(everyone[1:], seed) == tuple(id_ for id_ in order if id_ != "t0")


def test_equal_scores_fall_back_to_the_id_and_equal_beginnings_to_the_rest() -> None:
    low, high = bytes(8) + b"\x01" * 24, bytes(8) + b"\x02" * 24
    assert ascending(["c", "b", "a", "d"], [high, low, high, b"\xff" * 32]) == ("b", "a", "c", "d")


def test_order_is_fair_over_many_seeds() -> None:
    firsts = [draw_order(["a", "b", "c"], bytes([n // 256, n % 256]))[0] for n in range(3000)]
    # 1,000 expected of each; a deviation of 130 is five standard deviations.
    assert all(abs(firsts.count(id_) - 1000) < 130 for id_ in "abc")


@steady
@given(instances(), seeds)
def test_draw_passes_its_verifier(instance: tuple[list[Ticket], list[Opening]], seed: bytes) -> None:
    tickets, openings = instance
    assert verify_draw(tickets, openings, seed, draw_places(tickets, openings, seed)) == []


@steady
@given(instances(), seeds, st.randoms())
def test_draw_does_not_depend_on_the_order_given(
    instance: tuple[list[Ticket], list[Opening]], seed: bytes, shuffler: random.Random
) -> None:
    tickets, openings = instance
    draw = draw_places(tickets, openings, seed)
    shuffler.shuffle(tickets)
    shuffler.shuffle(openings)
    again = draw_places(tickets, openings, seed)
    assert again == draw
    assert list(again.waiting) == list(draw.waiting)


@steady
@given(instances())
def test_no_seat_is_given_twice_and_no_reserved_seat_stays_empty(
    instance: tuple[list[Ticket], list[Opening]],
) -> None:
    tickets, openings = instance
    draw = draw_places(tickets, openings, SEED)
    for opening in openings:
        left = opening.seats
        for reserve in opening.reserves:
            used = taken(draw, tickets, opening.id, reserve.code)
            assert used == reserve.seats - draw.released.get((opening.id, reserve.code), 0)
            left -= used
        assert 0 <= taken(draw, tickets, opening.id, None) <= left


@steady
@given(instances())
def test_nobody_is_passed_over_for_a_seat_that_stayed_free(
    instance: tuple[list[Ticket], list[Opening]],
) -> None:
    tickets, openings = instance
    draw = draw_places(tickets, openings, SEED)
    free = {
        opening.id: opening.seats
        - sum(taken(draw, tickets, opening.id, code) for code in ["far", "new", None])
        for opening in openings
    }
    for ticket in tickets:
        rank = draw.places[ticket.id].rank if ticket.id in draw.places else len(ticket.choices) + 1
        assert all(free[choice] < ticket.size for choice in ticket.choices[: rank - 1])


@steady
@given(instances(), st.data())
def test_naming_choices_in_another_order_gains_nothing_without_reserves(
    instance: tuple[list[Ticket], list[Opening]], data: st.DataObject
) -> None:
    tickets, halls = instance
    openings = [replace(hall, reserves=()) for hall in halls]
    tickets = [replace(ticket, tags=frozenset()) for ticket in tickets]
    if not tickets:
        return
    who = data.draw(st.integers(0, len(tickets) - 1))
    true = tickets[who].choices
    lie = tuple(data.draw(st.permutations(true)))
    honest = draw_places(tickets, openings, SEED).places.get(tickets[who].id)
    tickets[who] = replace(tickets[who], choices=lie)
    lied = draw_places(tickets, openings, SEED).places.get(tickets[who].id)
    assert (lied is None) == (honest is None)
    if honest and lied:
        assert true.index(honest.opening) <= true.index(lied.opening)


def test_members_take_reserved_seats_before_open_ones() -> None:
    tickets = [Ticket(f"t{n}", 1, ("camp",), frozenset({"far"} if n < 3 else ())) for n in range(6)]
    draw = draw_places(tickets, [Opening("camp", 4, (Reserve("far", 2),))], SEED)
    through = [place.reserve for place in draw.places.values()]
    assert sorted(map(str, through)) == ["None", "None", "far", "far"]
    assert draw.released == {}


def test_released_seats_go_to_the_first_in_the_order_who_was_turned_away() -> None:
    tickets = [Ticket(f"t{n}", 1, ("camp", "spare")) for n in range(3)]
    openings = [Opening("camp", 2, (Reserve("far", 1),)), Opening("spare", 1)]
    draw = draw_places(tickets, openings, SEED)
    first, second, third = draw.order
    assert draw.places == {
        first: Place(first, "camp", 1, None),
        second: Place(second, "camp", 1, None),
        third: Place(third, "spare", 2, None),
    }
    assert draw.released == {("camp", "far"): 1}


def test_group_that_does_not_fit_is_passed_for_a_smaller_one_behind_it() -> None:
    openings = [Opening("camp", 2)]
    tickets = [Ticket(f"t{n}", 1 + 2 * (n % 2), ("camp",)) for n in range(4)]
    draw = draw_places(tickets, openings, SEED)
    assert sorted(draw.places) == ["t0", "t2"]
    assert set(draw.waiting["camp"]) == {"t1", "t3"}


def test_every_fault_is_named_at_once() -> None:
    tickets = [
        Ticket("a", 0, ("camp", "camp", "moon"), frozenset({"rich"})),
        Ticket("a"),
        Ticket("b", True, ()),
    ]
    openings = [Opening("camp", 1, (Reserve("far", 2), Reserve("far", -1))), Opening("sea", -1)]
    with pytest.raises(DrawError) as refusal:
        draw_places(tickets, openings, b"")
    assert refusal.value.faults == (
        "the seed is empty: give the bytes of the published random value",
        "ticket id 'a' is given 2 times",
        "opening 'camp', reserve 'far' has -1 seats: give a whole number from 0",
        "opening 'camp' declares reserve 'far' twice: join the two",
        "opening 'sea' has -1 seats: give a whole number from 0",
        "ticket 'a' has size 0: give a whole number from 1",
        "ticket 'a' chooses opening 'moon', which does not exist: correct the choice",
        "ticket 'a' chooses opening 'camp' more than once: keep the best rank",
        "ticket 'a' has tag 'rich', which no opening reserves seats for: correct the tag",
        "ticket 'b' has size True: give a whole number from 1",
    )


def test_more_reserved_than_there_is_is_refused() -> None:
    with pytest.raises(DrawError, match="reserves 3 of only 2 seats"):
        draw_places([], [Opening("camp", 2, (Reserve("far", 2), Reserve("new", 1)))], SEED)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ﬁve", "five"),  # a ligature
        ("e１", "e1"),  # a full-width digit
        ("a\u200bb", "ab"),  # a zero-width space
        ("Å", "\u212b"),  # the letter and the unit
        ("x²", "x2"),
    ],
)
def test_ids_that_look_alike_are_refused_naming_both(first: str, second: str) -> None:
    with pytest.raises(DrawError) as refusal:
        draw_order([first, second, "other"], SEED)
    assert any(ascii(first) in fault and ascii(second) in fault for fault in refusal.value.faults)


@pytest.mark.parametrize("id_", ["", "  ", " a", "a\n", "a\x00b", "\ud800", "e\u0301", 7, None])
def test_ids_without_one_reading_are_refused(id_: object) -> None:
    with pytest.raises(DrawError):
        draw_order([id_], SEED)  # type: ignore[list-item]  # what a careless importer may pass


@steady
@given(instances(), st.data())
def test_verifier_finds_a_planted_fault(
    instance: tuple[list[Ticket], list[Opening]], data: st.DataObject
) -> None:
    tickets, openings = instance
    draw = draw_places(tickets, openings, SEED)
    forgeries = [replace(draw, released={**draw.released, ("o0", "far"): 99})]
    if len(draw.order) > 1:
        forgeries.append(replace(draw, order=(draw.order[1], draw.order[0], *draw.order[2:])))
    for id_, place in draw.places.items():
        others = {key: kept for key, kept in draw.places.items() if key != id_}
        moved = replace(place, reserve="far" if place.reserve is None else None)
        forgeries += [replace(draw, places=others), replace(draw, places={**others, id_: moved})]
    for opening, ids in draw.waiting.items():
        if ids:
            forgeries.append(replace(draw, waiting={**draw.waiting, opening: ids[1:]}))
    assert verify_draw(tickets, openings, SEED, data.draw(st.sampled_from(forgeries))) != []


def test_verifier_finds_a_changed_seed() -> None:
    tickets = [Ticket(f"t{n}", 1, ("camp",)) for n in range(8)]
    openings = [Opening("camp", 3)]
    draw = draw_places(tickets, openings, SEED)
    assert verify_draw(tickets, openings, SEED + b"!", draw)[0].startswith("the order differs")


def test_a_chain_of_releases_settles_as_the_verifier_says() -> None:
    """Each release lets one member move up and empties the next reserve: the deepest case there is."""
    depth = 60
    openings = [Opening(f"o{n:02}", 1, (Reserve(f"r{n}", 1),)) for n in range(depth)]
    tickets = [
        Ticket(f"t{n:02}", 1, (f"o{n - 1:02}", f"o{n:02}"), frozenset({f"r{n}"})) for n in range(1, depth)
    ]
    draw = draw_places(tickets, openings, SEED)
    assert verify_draw(tickets, openings, SEED, draw) == []
    assert len(draw.places) == depth - 1
