"""What a check of an assignment can find."""

from dataclasses import dataclass
from enum import StrEnum


class Breach(StrEnum):
    """How an assignment can break the rules of the problem itself."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    UNACCEPTABLE = "unacceptable"
    OVER_CAPACITY = "over_capacity"
    OVER_CAP = "over_cap"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach: by or at whom (an applicant, post or region), and of what kind."""

    who: str
    kind: Breach


@dataclass(frozen=True, slots=True)
class BlockingPair:
    """An applicant or couple, and the post or posts they would rather have; None: without a place."""

    members: tuple[str, ...]
    posts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a check found; nothing found makes the matching stable."""

    violations: tuple[Violation, ...] = ()
    blocking_pairs: tuple[BlockingPair, ...] = ()

    @property
    def stable(self) -> bool:
        """Whether the matching is feasible and has no blocking pair."""
        return not self.violations and not self.blocking_pairs
