"""Public sources of randomness: named before the list is frozen, unknown until after it.

Each source is a frozen value that says where the seed will come from. Everything here can be checked
without a network: what the published value must look like, and the moment before which nobody can know it.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields

from sojourn.core.draw.model import DrawError
from sojourn.core.draw.seeds.dice import DiceThrows
from sojourn.core.draw.seeds.drand import DrandRound
from sojourn.core.draw.seeds.lottery import LotteryDraw
from sojourn.core.draw.seeds.nist import NistPulse
from sojourn.core.draw.seeds.values import as_lists, as_tuples, entry_faults, is_second, refuse

type SeedSource = DrandRound | NistPulse | LotteryDraw | DiceThrows

__all__ = [
    "DiceThrows",
    "DrandRound",
    "LotteryDraw",
    "NistPulse",
    "SeedSource",
    "check_unknowable",
    "known_from",
    "seed_bytes",
    "source_from_dict",
    "source_to_dict",
]

_KINDS: dict[str, type[DrandRound | NistPulse | LotteryDraw | DiceThrows]] = {
    "drand": DrandRound,
    "nist-beacon": NistPulse,
    "lottery": LotteryDraw,
    "dice": DiceThrows,
}


def known_from(source: SeedSource) -> int:
    """The Unix second before which nobody can know the value. Raises `DrawError` for an unsound source."""
    refuse(source.faults())
    return source.known_at()


def check_unknowable(source: SeedSource, frozen_at: int) -> list[str]:
    """Why this source cannot seed a list frozen at that Unix second; empty when it can.

    The value must become known strictly after the freeze, else whoever froze the list could have
    chosen it to fit.
    """
    faults = source.faults()
    if not is_second(frozen_at):
        faults.append(f"the moment of the freeze is {frozen_at!r}: give a Unix second")
    if not faults and source.known_at() <= frozen_at:
        faults.append(
            f"the seed can be known from second {source.known_at()}, but the list is frozen at {frozen_at}: "
            "name a later seed"
        )
    return faults


def seed_bytes(source: SeedSource, value: Mapping[str, object]) -> bytes:
    """The seed of a draw, made from the published value of the source.

    Raises `DrawError` for an unsound source, unknown or missing entries of the value, hexadecimal text of
    another length, numbers out of range, and anything typed in other than ASCII digits.
    """
    refuse(source.faults())
    return source.seed(value)


def source_to_dict(source: SeedSource) -> dict[str, object]:
    """The source as JSON values, for `source_from_dict`."""
    kind = next(kind for kind, cls in _KINDS.items() if isinstance(source, cls))
    return {"kind": kind} | {name: as_lists(entry) for name, entry in asdict(source).items()}


def source_from_dict(raw: object) -> SeedSource:
    """A source from JSON values: `kind` and the entries of that kind (those with defaults may be left out).

    Raises `DrawError` for unknown kinds and entries, missing entries and unsound sources.
    """
    kind = raw.get("kind") if isinstance(raw, Mapping) else None
    if not isinstance(raw, Mapping) or not isinstance(kind, str) or kind not in _KINDS:
        raise DrawError([f"the seed source has no known kind: choose one of {', '.join(sorted(_KINDS))}"])
    entries = {name: as_tuples(entry) for name, entry in raw.items() if name != "kind"}
    names = {field.name for field in fields(_KINDS[kind])}
    refuse(entry_faults(entries, names - DrandRound.OPTIONAL, DrandRound.OPTIONAL & names))
    source = _KINDS[kind](**entries)
    refuse(source.faults())
    return source
