"""The vocabulary of a matching problem: applicants, posts, reserves, couples and regions, all by id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Joint = tuple[str | None, str | None]
"""A couple's joint choice: a post for the first member, one for the second; None for no place."""


class Objective(StrEnum):
    """What a solution aims at: no blocking pair, or the greatest sum of weights."""

    STABLE = "stable"
    MAX_WEIGHT = "max-weight"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats of one post for its members first: a soft floor, open to others once no member wants them."""

    members: frozenset[str]
    seats: int


@dataclass(frozen=True, slots=True)
class Post:
    """One thing to apply for: its seats, whom it would take (best first), and its reserves."""

    capacity: int
    ranking: Sequence[str]
    reserves: Sequence[Reserve] = ()


@dataclass(frozen=True, slots=True)
class Couple:
    """Two applicants who apply together, by one list of joint choices, best first."""

    members: tuple[str, str]
    choices: Sequence[Joint]


@dataclass(frozen=True, slots=True)
class Region:
    """Posts that share a cap. `posts` is the order in which they take turns once their targets are filled."""

    posts: Sequence[str]
    cap: int
    targets: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A many-to-one matching problem.

    `applicants` maps each applicant to the posts that they would take, best first. A member of a couple may
    be missing there; if listed, their own choices give way to the couple's. Only entries that both sides hold
    count: a choice of a post that does not rank the applicant, and a rank given to someone who did not choose
    the post, are left out and reported (`Outcome.ignored`).
    """

    applicants: Mapping[str, Sequence[str]]
    posts: Mapping[str, Post]
    couples: Sequence[Couple] = ()
    regions: Mapping[str, Region] = field(default_factory=dict)

    @property
    def everyone(self) -> list[str]:
        """Every applicant, members of couples too, in order of id."""
        members = (member for couple in self.couples for member in couple.members)
        return sorted({*self.applicants, *members})
