"""Couples: the insertion algorithm of Roth and Peranson."""

from bisect import insort
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .problem import Problem
from .reserve import filled_reserves

Unit = tuple[str, ...]
"""One applicant, or the two members of a couple."""

Option = tuple[tuple[str, str], ...]
"""Who of a unit goes to which post."""

PATIENCE = 300
"""How many moves per couple an insertion may take before it is held to be going round in a loop."""


def insertion_orders(problem: Problem) -> Iterator[list[int]]:
    """Orders in which to insert the couples: by id, the reverse, then up to six rotations of both."""
    by_id = sorted(range(len(problem.couples)), key=lambda number: problem.couples[number].members)
    for shift in range(min(len(by_id), 4)):
        rotated = by_id[shift:] + by_id[:shift]
        yield rotated
        yield rotated[::-1]


def insert_couples(
    problem: Problem, singles: Mapping[str, str | None], order: Sequence[int]
) -> dict[str, str | None]:
    """Insert couples, in this order of their numbers, into a stable matching of the single applicants.

    Each couple applies down its list to the first joint choice that both posts take. Whoever is displaced
    applies anew; a couple that loses one place gives up the other, and a seat that fell free goes to the best
    ranked who would rather have it. Past `PATIENCE` the insertion is held to be going round in a loop and cut
    off where it stands, couples not yet inserted without places: blocking pairs are then to be expected.

    **Source:** Roth & Peranson, The redesign of the matching market for American physicians, AER 89 (1999).
    """
    table = _Table(problem, singles)
    limit = 1000 + PATIENCE * len(order)
    for number in order:
        waiting: deque[Unit] = deque([problem.couples[number].members])
        vacated: dict[str, None] = {}
        while waiting or vacated:
            if limit == 0:
                return table.assignment()
            limit -= 1
            if waiting:
                move = table.apply(waiting.popleft())
            else:
                name = next(iter(vacated))
                move = table.fill(name)
                if move is None:
                    del vacated[name]
            if move is not None:
                waiting.extend(move.displaced)
                vacated |= dict.fromkeys(move.vacated)
    return table.assignment()


class _Move(NamedTuple):
    """What a move leaves behind: units without a place, and posts that somebody left."""

    displaced: list[Unit]
    vacated: list[str]


class _Table:
    """Who sits where, who would like to sit where, and what each post thinks of them."""

    def __init__(self, problem: Problem, singles: Mapping[str, str | None]) -> None:
        self.problem = problem
        self.rank = {
            name: {who: at for at, who in enumerate(post.ranking)} for name, post in problem.posts.items()
        }
        self.options = options_of(problem)
        self.unit_of = {who: unit for unit in self.options for who in unit}
        self.interested = self._interested()
        self.admitted: dict[str, list[tuple[int, str]]] = {name: [] for name in problem.posts}
        self.at = {unit: len(options) for unit, options in self.options.items()}
        for who, name in singles.items():
            if name is not None:
                self._sit((who,), self.options[who,].index(((who, name),)))

    def _interested(self) -> dict[str, list[tuple[int, int, Unit]]]:
        """Per post, best ranked first: rank, the number of the first option with this post, and the unit."""
        interested: dict[str, list[tuple[int, int, Unit]]] = {name: [] for name in self.rank}
        for unit, options in self.options.items():
            first: dict[tuple[str, str], int] = {}
            for number, option in enumerate(options):
                for seat in option:
                    first.setdefault(seat, number)
            for (who, name), number in first.items():
                interested[name].append((self.rank[name][who], number, unit))
        return {name: sorted(rows) for name, rows in interested.items()}

    def apply(self, unit: Unit) -> _Move | None:
        """Move the unit to the best option that its posts take; None if none betters what it holds."""
        for number, option in enumerate(self.options[unit][: self.at[unit]]):
            if self._taken(unit, option):
                vacated = self._rise(unit)
                self._sit(unit, number)
                displaced = sorted({loser for _, name in option for loser in self._rejected(name)})
                for loser in displaced:
                    vacated |= self._rise(loser)
                return _Move(displaced, sorted(vacated))
        return None

    def fill(self, name: str) -> _Move | None:
        """Let the best ranked who would rather have a seat here, and can, move; None if there is no one."""
        post, line = self.problem.posts[name], self.admitted[name]
        for rank, number, unit in self.interested[name]:
            if not post.reserves and len(line) >= post.capacity and (not line or rank > line[-1][0]):
                return None
            if number < self.at[unit]:
                move = self.apply(unit)
                if move is not None:
                    return move
        return None

    def _taken(self, unit: Unit, option: Option) -> bool:
        """Whether every post of the option takes those of the unit who would go there."""
        for name in {name for _, name in option}:
            newcomers = [who for who, post in option if post == name]
            line = [entry for entry in self.admitted[name] if entry[1] not in unit]
            for who in newcomers:
                insort(line, (self.rank[name][who], who))
            if not self._choice(name, line).issuperset(newcomers):
                return False
        return True

    def _choice(self, name: str, line: Sequence[tuple[int, str]]) -> set[str]:
        """Whom the post takes of those in line (in order of rank)."""
        post, who = self.problem.posts[name], [who for _, who in line]
        if len(who) <= post.capacity:
            return set(who)
        chosen = set(filled_reserves(post, who))
        rest = [w for w in who if w not in chosen]
        return chosen.union(rest[: post.capacity - len(chosen)])

    def _rejected(self, name: str) -> list[Unit]:
        chosen = self._choice(name, self.admitted[name])
        return [self.unit_of[who] for _, who in self.admitted[name] if who not in chosen]

    def _sit(self, unit: Unit, number: int) -> None:
        self.at[unit] = number
        for who, name in self.options[unit][number]:
            insort(self.admitted[name], (self.rank[name][who], who))

    def _rise(self, unit: Unit) -> set[str]:
        """Give up what the unit holds; gives the posts where seats fell free."""
        held = self.options[unit][self.at[unit]] if self.at[unit] < len(self.options[unit]) else ()
        for who, name in held:
            self.admitted[name].remove((self.rank[name][who], who))
        self.at[unit] = len(self.options[unit])
        return {name for _, name in held}

    def assignment(self) -> dict[str, str | None]:
        """Who has which post."""
        seated = {who: name for name, line in self.admitted.items() for _, who in line}
        return {who: seated.get(who) for who in self.problem.everyone}


def options_of(problem: Problem) -> dict[Unit, list[Option]]:
    """Each unit's options, best first, without those that a post involved does not rank."""
    ranked = {name: set(post.ranking) for name, post in problem.posts.items()}
    coupled = {who for couple in problem.couples for who in couple.members}
    options: dict[Unit, list[Option]] = {
        (who,): [((who, name),) for name in choices if who in ranked[name]]
        for who, choices in problem.applicants.items()
        if who not in coupled
    }
    for couple in problem.couples:
        joint = (
            tuple((w, p) for w, p in zip(couple.members, pair, strict=True) if p is not None)
            for pair in couple.choices
        )
        options[couple.members] = [o for o in joint if all(who in ranked[name] for who, name in o)]
    return options
