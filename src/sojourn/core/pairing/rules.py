"""The published rules of a pairing call: what forbids a pair, and what makes one better than another."""

from dataclasses import dataclass

MOST_POINTS = 1_000
"""The largest points one rule may give; keeps every sum exact in 64-bit integers."""


class PairingError(ValueError):
    """The input of a pairing problem is wrong; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The hard rules: a pair that breaks one is never made.

    `max_age_gap` in years, inclusive; `adult_age` is the age from which a person is never paired with a
    younger one; `same_region` allows pairs within one region; `per_institution_pair` is the largest number
    of pairs between the same two institutions, or None for no limit. A common language is always required.
    """

    max_age_gap: int = 2
    adult_age: int = 18
    same_region: bool = False
    per_institution_pair: int | None = None

    def __post_init__(self) -> None:
        if self.max_age_gap < 0 or self.adult_age < 0:
            raise PairingError("max_age_gap and adult_age are years: give whole numbers from 0")
        if self.per_institution_pair is not None and self.per_institution_pair < 1:
            raise PairingError("per_institution_pair must be at least 1; leave it out for no limit")


@dataclass(frozen=True, slots=True)
class Points:
    """The published weights in whole points: per shared tag, same medium, second common language.

    There is no base weight for being paired at all: a constant would flatter every quality ratio.
    """

    shared_tag: int = 2
    same_medium: int = 1
    second_language: int = 1

    def __post_init__(self) -> None:
        for name in ("shared_tag", "same_medium", "second_language"):
            if not 0 <= getattr(self, name) <= MOST_POINTS:
                raise PairingError(f"points for {name} must be a whole number from 0 to {MOST_POINTS}")
