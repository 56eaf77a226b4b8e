"""The publicly verifiable selection of RFC 3797, exactly as that standard describes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5

from sojourn.core.draw.model import DrawError

type Source = int | Sequence[int]

_LARGEST_NUMBER = 2**63 - 1  # what the standard's reference program can hold
_LARGEST_POOL = 2**16 - 1  # the sequence number that brackets the key has two bytes


@dataclass(frozen=True, slots=True)
class Rfc3797Draw:
    """The key made from the sources, and the numbers drawn from 1..pool, first drawn first."""

    key: str
    order: tuple[int, ...]


def draw_rfc3797(pool_size: int, draws: int, sources: Sequence[Source]) -> Rfc3797Draw:
    """Draw `draws` of the numbers 1..`pool_size` (at most 65,535) from published random numbers.

    Number k (from 0) is MD5(k, key, k), k in two bytes, modulo what is left of the pool. MD5 serves here
    only because the standard says so; draws of our own use `draw_order`.

    Raises `DrawError` for a pool or number of draws out of range and for sources without numbers.

    **Source:** RFC 3797, sections 4 (algorithm) and 6 (worked example).
    """
    faults = _count_faults(pool_size, draws) + _source_faults(sources)
    if faults:
        raise DrawError(faults)
    key = rfc3797_key(sources)
    pool, order = list(range(1, pool_size + 1)), []
    for number in range(draws):
        bracket = number.to_bytes(2, "big")
        digest = md5(bracket + key.encode("ascii") + bracket, usedforsecurity=False).digest()
        order.append(pool.pop(int.from_bytes(digest, "big") % len(pool)))
    return Rfc3797Draw(key, tuple(order))


def rfc3797_key(sources: Sequence[Source]) -> str:
    """The standard's canonical key: per source its numbers ascending, each with a period, then a slash."""
    faults = _source_faults(sources)
    if faults:
        raise DrawError(faults)
    return "".join("".join(f"{number}." for number in sorted(_numbers(source))) + "/" for source in sources)


def _numbers(source: Source) -> list[int]:
    return [source] if isinstance(source, int) else list(source)


def _count_faults(pool_size: object, draws: object) -> list[str]:
    if type(pool_size) is not int or not 1 <= pool_size <= _LARGEST_POOL:
        return [f"the pool has {pool_size!r} entries: the standard allows 1 to {_LARGEST_POOL}"]
    if type(draws) is not int or not 0 <= draws <= pool_size:
        return [f"{draws!r} draws from a pool of {pool_size}: give a whole number from 0 to {pool_size}"]
    return []


def _source_faults(sources: Sequence[Source]) -> list[str]:
    if not sources:
        return ["there is no source of randomness: name at least one"]
    return [
        f"source {at} is not one whole number from 0 to {_LARGEST_NUMBER} or a list of them: correct it"
        for at, source in enumerate(sources, start=1)
        if not _sound(source)
    ]


def _sound(source: object) -> bool:
    numbers = source if isinstance(source, list | tuple) else [source]
    return bool(numbers) and all(type(number) is int and 0 <= number <= _LARGEST_NUMBER for number in numbers)
