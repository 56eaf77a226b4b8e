"""The keys of tokens: how they look, and what is stored of them."""

import hashlib
import secrets

MARK = "sojourn_"
"""Every key begins with it, so that scanners of leaked secrets can find one."""
SHOWN = len(MARK) + 6
"""Characters of a key that stay visible, to tell it from others."""


def new_key() -> str:
    """A key with 256 random bits."""
    return MARK + secrets.token_urlsafe(32)


def fingerprint(key: str) -> str:
    """What is stored of a key. Its bits are random, so one plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
