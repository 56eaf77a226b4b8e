"""The order in which tickets are called: a keyed hash of each id, ascending."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import numpy as np

from sojourn.core.draw.ids import id_faults
from sojourn.core.draw.model import DrawError

_BLOCK = 64  # bytes of one SHA-256 block
_WORDS = 4  # 64-bit words of a SHA-256 digest


def draw_order(ids: Iterable[str], seed: bytes) -> tuple[str, ...]:
    """All ids in drawn order: ascending HMAC-SHA-256(seed, id in UTF-8).

    An id's score depends on the seed and on that id alone, so adding, removing or reordering others never
    changes which of two ids comes first. Equal scores (a SHA-256 collision) fall back to the id itself.

    Raises `DrawError` for an empty seed and for ids that are empty, repeated or look alike.

    **Source:** RFC 2104 (HMAC); FIPS 180-4 (SHA-256); ICANN OCTO-041 for drawing by hashed identifiers.
    """
    tickets = list(ids)
    faults = id_faults(tickets, "ticket") + seed_faults(seed)
    if faults:
        raise DrawError(faults)
    return order_of_sound_ids(tickets, seed)


def order_of_sound_ids(ids: list[str], seed: bytes) -> tuple[str, ...]:
    """`draw_order` for ids that were checked already."""
    # HMAC written out (RFC 2104, section 2) with both padded keys made once: half the time of hmac.digest.
    key = sha256(seed).digest() if len(seed) > _BLOCK else seed
    padded = key.ljust(_BLOCK, b"\0")
    inner, outer = bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)
    scores = [sha256(outer + sha256(inner + id_.encode()).digest()).digest() for id_ in ids]
    return ascending(ids, scores)


def ascending(ids: Sequence[str], scores: Sequence[bytes]) -> tuple[str, ...]:
    """The ids by ascending 32-byte score, equal scores by id."""
    beginnings = np.frombuffer(b"".join(scores), dtype=">u8")[::_WORDS].astype(np.uint64)
    order = np.argsort(beginnings)
    ranked = beginnings[order]
    if np.any(ranked[1:] == ranked[:-1]):  # equal in 64 of 256 bits: only the whole scores decide
        return tuple(id_ for _, id_ in sorted(zip(scores, ids, strict=True)))
    return tuple(ids[at] for at in order.tolist())


def seed_faults(seed: object) -> list[str]:
    """Why `seed` cannot key a draw; empty when it can."""
    if not isinstance(seed, bytes) or not seed:
        return ["the seed is empty: give the bytes of the published random value"]
    return []
