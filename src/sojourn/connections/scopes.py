"""What a token can be for. A read has a scope of its own; a write's scope is the verb of its action."""

from collections.abc import Mapping
from types import MappingProxyType

PUBLIC = "public"
"""What anyone reads on the public pages: no token is needed."""

OFFICES = frozenset({"programme_office", "regional_office"})
HOLDERS = OFFICES | {"institution"}
"""The posts in whose name an organisation can give tokens: its leads."""

READS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "calls.counts": OFFICES,
        "figures.own": OFFICES,
        "openings.hosted": frozenset({"institution"}),
    }
)
"""Scope of a read that needs a token -> the posts that hold it."""

WRITES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "call.add_opening": OFFICES,
        "call.draft": OFFICES,
        "call.publish": OFFICES,
        "organisation.add": OFFICES,
    }
)
"""Verb of an action that the API offers -> the posts that hold it."""


def scopes_of(role: str) -> frozenset[str]:
    """The scopes that a token given in this post can have."""
    return frozenset(scope for scope, roles in {**READS, **WRITES}.items() if role in roles)
