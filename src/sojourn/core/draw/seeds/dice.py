"""Dice thrown before witnesses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sojourn.core.draw.model import DrawError
from sojourn.core.draw.seeds.values import entry_faults, is_count, is_second, numbers_between, refuse

_LEAST_OUTCOMES = 2**128
_MOST_FACES = 100
_MOST_THROWS = 1000
_ROLE = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class DiceThrows:
    """Dice thrown before two witnesses after the freeze.

    `throws` dice of `faces` faces must have at least 2**128 outcomes: 50 dice of six faces, 39 of ten, 128
    coins. `witnesses` are two different roles in lower-case words joined by hyphens (`school-head`), never
    the names of people. The published value is `{"throws": [...]}` in the order thrown; the seed is the
    SHA-256 of `dice|faces|5.3.1.`.
    """

    thrown_at: int
    faces: int
    throws: int
    witnesses: tuple[str, str]

    def faults(self) -> list[str]:
        """Why these throws would not do."""
        faults = []
        if not is_second(self.thrown_at):
            faults.append(f"thrown_at is {self.thrown_at!r}: give a Unix second")
        if not is_count(self.faces) or not 2 <= self.faces <= _MOST_FACES:
            faults.append(f"a die has {self.faces!r} faces: give 2 to {_MOST_FACES}")
        elif not is_count(self.throws) or self.throws > _MOST_THROWS or self._outcomes() < _LEAST_OUTCOMES:
            faults.append(
                f"{self.throws!r} throws of {self.faces} faces: give {self._least()} to {_MOST_THROWS}"
            )
        if not _two_roles(self.witnesses):
            faults.append("witnesses must be two different roles such as school-head, never names of people")
        return faults

    def known_at(self) -> int:
        """When the dice are thrown."""
        return self.thrown_at

    def seed(self, value: Mapping[str, object]) -> bytes:
        """The hash of the throws in the order thrown."""
        refuse(entry_faults(value, {"throws"}, ()))
        throws = numbers_between(value["throws"], 1, self.faces)
        if throws is None or len(throws) != self.throws:
            raise DrawError([f"throws must be a list of {self.throws} whole numbers from 1 to {self.faces}"])
        told = "".join(f"{throw}." for throw in throws)
        return sha256(f"dice|{self.faces}|{told}".encode()).digest()

    def _outcomes(self) -> int:
        return int(self.faces**self.throws)

    def _least(self) -> int:
        return next(n for n in range(1, _MOST_THROWS) if self.faces**n >= _LEAST_OUTCOMES)


def _two_roles(roles: object) -> bool:
    if not isinstance(roles, tuple) or len(roles) != 2:
        return False
    return roles[0] != roles[1] and all(isinstance(role, str) and _ROLE.fullmatch(role) for role in roles)
