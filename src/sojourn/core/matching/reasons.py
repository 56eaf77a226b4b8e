"""Why applicants did or did not get each of their choices: numbers and a code, to be put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .certificate import Certificate
from .problem import Post, Problem
from .reserve import filled_reserves


class Because(StrEnum):
    """Why a choice turned out as it did."""

    ADMITTED = "admitted"
    BETTER_CHOICE = "better_choice"
    NOT_RANKED = "not_ranked"
    NO_SEATS = "no_seats"
    OUTRANKED = "outranked"
    RESERVED = "reserved"
    REGION_FULL = "region_full"
    PARTNER = "partner"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class Reason:
    """One choice of one applicant.

    `choice` is its place on the list, from 1. Ranks are places in the post's ranking, from 1, or None if
    there is none: the applicant's own, that of the last admitted, and that of the last admitted outside
    reserved seats. `because` says: ADMITTED; BETTER_CHOICE, the applicant got one before it; NOT_RANKED, the
    post does not hold them; NO_SEATS, its capacity is 0; OUTRANKED, all who were admitted are ranked before;
    RESERVED, ranked before the last admitted, whose seat was reserved; REGION_FULL, the cap of the region
    left a seat empty or kept the place for a post below its target; PARTNER, the post would take this member
    of the couple, but the other was not taken or the joint choice came too late; BLOCKING, the post would
    take them: the matching is not stable here.
    """

    post: str
    choice: int
    because: Because
    own_rank: int | None
    last_admitted_rank: int | None
    last_open_rank: int | None
    seats: int
    admitted: int


@dataclass(frozen=True, slots=True)
class _Intake:
    """What there is to say about one post, whoever asks."""

    capacity: int
    rank: dict[str, int]
    last: int | None
    last_open: int | None
    admitted: int


def reasons(
    problem: Problem, assignment: Mapping[str, str | None], certificate: Certificate
) -> dict[str, tuple[Reason, ...]]:
    """For every applicant one reason per choice, in order; for members of couples one per joint choice.

    A joint choice that leaves the member without a place has no post and so no reason. `certificate` is the
    check of this very assignment: whoever it lists as blocking is told so.
    """
    intakes = _intakes(problem, assignment)
    blocking = {(pair.members, pair.posts) for pair in certificate.blocking_pairs}
    units: dict[tuple[str, ...], Sequence[tuple[str | None, ...]]] = {
        (who,): [(name,) for name in choices] for who, choices in problem.applicants.items()
    }
    for couple in problem.couples:
        for who in couple.members:
            units.pop((who,), None)
        units[couple.members] = couple.choices
    told: dict[str, list[Reason]] = {who: [] for who in problem.everyone}
    for unit, choices in units.items():
        held = tuple(assignment[who] for who in unit)
        at = choices.index(held) if held in choices else len(choices)
        for number, posts in enumerate(choices):
            outcome = _outcome(number - at, (unit, posts) in blocking)
            for who, name in zip(unit, posts, strict=True):
                if name is not None:
                    told[who].append(
                        _reason(
                            intakes[name],
                            who,
                            name,
                            choice=number + 1,
                            outcome=outcome,
                            coupled=len(unit) == 2,
                        )
                    )
    return {who: tuple(rows) for who, rows in told.items()}


def _outcome(distance: int, blocks: bool) -> Because | None:
    """What the place on the list alone decides; None where the post's intake has to say."""
    if distance >= 0:
        return Because.ADMITTED if distance == 0 else Because.BETTER_CHOICE
    return Because.BLOCKING if blocks else None


def _reason(
    intake: _Intake, who: str, name: str, *, choice: int, outcome: Because | None, coupled: bool
) -> Reason:
    own = intake.rank.get(who)
    return Reason(
        post=name,
        choice=choice,
        because=outcome or _because(intake, own, coupled),
        own_rank=own,
        last_admitted_rank=intake.last,
        last_open_rank=intake.last_open,
        seats=intake.capacity,
        admitted=intake.admitted,
    )


def _because(intake: _Intake, own: int | None, coupled: bool) -> Because:
    """Why the post did not take someone who preferred it to what they got."""
    if own is None:
        return Because.NOT_RANKED
    if intake.capacity == 0:
        return Because.NO_SEATS
    full = intake.admitted >= intake.capacity
    if not full:
        return Because.PARTNER if coupled else Because.REGION_FULL
    if intake.last is not None and own > intake.last:
        return Because.OUTRANKED
    if intake.last_open is None or own > intake.last_open:
        return Because.RESERVED
    return Because.PARTNER if coupled else Because.RESERVED


def _intakes(problem: Problem, assignment: Mapping[str, str | None]) -> dict[str, _Intake]:
    admitted: dict[str, list[str]] = {name: [] for name in problem.posts}
    for who, held in assignment.items():
        if held is not None:
            admitted[held].append(who)
    return {name: _intake(post, admitted[name]) for name, post in problem.posts.items()}


def _intake(post: Post, admitted: list[str]) -> _Intake:
    rank = {who: at for at, who in enumerate(post.ranking, start=1)}
    line = sorted(admitted, key=rank.__getitem__)
    reserved = filled_reserves(post, line)
    open_ranks = [rank[who] for who in line if who not in reserved]
    return _Intake(
        capacity=post.capacity,
        rank=rank,
        last=rank[line[-1]] if line else None,
        last_open=open_ranks[-1] if open_ranks else None,
        admitted=len(line),
    )
