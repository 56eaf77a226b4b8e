"""Who takes the reserved seats of one post, when an applicant may be in several of its reserves."""

from collections.abc import Hashable, Mapping, Sequence

from .problem import Post


def claims[Who: Hashable](
    candidates: Sequence[Who], reserves_of: Mapping[Who, Sequence[int]], seats: Mapping[int, int]
) -> dict[Who, int]:
    """The reserved seats that these candidates (best first) fill: candidate -> reserve.

    Each candidate counts for one seat at most. As many reserved seats as possible are filled, and among all
    ways to do so the best-ranked candidates fill them: a candidate is let in whenever those before keep a
    seat, some of them in another of their reserves (an augmenting path). Reserves are tried in the order
    given.

    **Source:** the meritorious horizontal choice rule of Sonmez & Yenmez, Affirmative action in India via
    vertical, horizontal, and overlapping reservations, Econometrica 90 (2022). With reserves that do not
    overlap it is the minority-reserve rule of Hafalir, Yenmez & Yildirim (2013).
    """
    taken = dict.fromkeys(seats, 0)
    seat_of: dict[Who, int] = {}
    for who in candidates:
        _let_in(who, reserves_of, seats, taken, seat_of)
    return seat_of


def _let_in[Who: Hashable](
    newcomer: Who,
    reserves_of: Mapping[Who, Sequence[int]],
    seats: Mapping[int, int],
    taken: dict[int, int],
    seat_of: dict[Who, int],
) -> None:
    """Seat the newcomer if a chain of moves (breadth first) frees a seat, else change nothing."""
    mover = dict.fromkeys(reserves_of.get(newcomer, ()), newcomer)
    reached = list(mover)
    for reserve in reached:
        if taken[reserve] < seats[reserve]:
            taken[reserve] += 1
            free = reserve
            while (who := mover[free]) != newcomer:
                seat_of[who], free = free, seat_of[who]
            seat_of[newcomer] = free
            return
        for holder in [who for who, at in seat_of.items() if at == reserve]:
            for other in reserves_of[holder]:
                if other not in mover:
                    mover[other] = holder
                    reached.append(other)


def filled_reserves(post: Post, line: Sequence[str]) -> dict[str, int]:
    """Who of these people (best first) fills a reserved seat of the post: person -> number of the reserve."""
    if not post.reserves:
        return {}
    member_of = {
        who: [at for at, reserve in enumerate(post.reserves) if who in reserve.members] for who in line
    }
    return claims(line, member_of, {at: reserve.seats for at, reserve in enumerate(post.reserves)})
