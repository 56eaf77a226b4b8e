"""The verifiable draw: 500,000 tickets in order, and seated in 2,000 openings with reserves."""

from collections.abc import Callable, Iterator
from random import Random
from statistics import median
from time import perf_counter

from bench.row import Row

from sojourn.core.draw import Opening, Reserve, Ticket, draw_order, draw_places, explain, verify_draw

TICKETS = 500_000
OPENINGS = 2_000
SEED = bytes.fromhex("1466a6cd24e327188770752f6134001c64d6efcc590ccc26b721611ad96f165a")


def measure() -> Iterator[Row]:
    tickets, openings = national(TICKETS, OPENINGS)
    ids = [ticket.id for ticket in tickets]
    size = f"{TICKETS:,} tickets"
    yield Row("draw, order", size, _timed(lambda: draw_order(ids, SEED), 5), limit_s=1.0)
    draw = draw_places(tickets, openings, SEED)
    quality = f"{len(draw.places):,} placed, {sum(draw.released.values()):,} reserved seats released"
    size += f", {OPENINGS:,} openings with reserves"
    yield Row("draw, places", size, _timed(lambda: draw_places(tickets, openings, SEED), 3), quality=quality)
    objections = verify_draw(tickets, openings, SEED, draw)
    quality = "; ".join(objections[:3]) or "verified"
    verifying = _timed(lambda: verify_draw(tickets, openings, SEED, draw), 1)
    yield Row("draw, verifier", size, verifying, quality=quality)
    reason = _timed(lambda: explain(ids[0], tickets, openings, draw), 1)
    yield Row("draw, reason of one ticket", size, reason)


def national(tickets: int, openings: int) -> tuple[list[Ticket], list[Opening]]:
    """Invented: two of three tickets more than there are seats, one in ten a group, 3 % of each reserve."""
    random = Random(20_260_101)
    seats = 3 * tickets // (5 * openings)
    reserves = (Reserve("far", seats // 10), Reserve("new", seats // 20))
    halls = [Opening(f"o{number:04}", seats, reserves) for number in range(openings)]
    names = [hall.id for hall in halls]
    return [
        Ticket(
            f"t{number:07}",
            random.choices((1, 2, 5, 12), (90, 6, 3, 1))[0],
            tuple(random.sample(names, random.randint(1, 6))),
            frozenset(code for code in ("far", "new") if random.random() < 0.03),
        )
        for number in range(tickets)
    ], halls


def _timed(call: Callable[[], object], times: int) -> float:
    def once() -> float:
        start = perf_counter()
        call()
        return perf_counter() - start

    return median(once() for _ in range(times))
