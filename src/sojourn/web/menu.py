"""What a menu is made of; each audience lists its own entries in its `menu.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from sojourn.records.actor import Actor
from sojourn.web.access import Audience


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that the menu leads to, by its URL name."""

    label: str | Promise
    url_name: str
    icon: str
    audience: Audience | None = None  # narrower than the section's, where only some may open it
    count: Callable[[Actor], int] | None = None  # how much waits there for the actor


@dataclass(frozen=True, slots=True)
class Section:
    """The pages of one audience; the first entry is its home."""

    audience: Audience
    label: str | Promise
    icon: str
    entries: tuple[Entry, ...]

    def leads_to(self, url_name: str) -> bool:
        """Whether one of its entries is this page, or a page beside it."""
        beside = url_name.rpartition(":")[0]
        return any(
            entry.url_name == url_name or (beside and entry.url_name.startswith(f"{beside}:"))
            for entry in self.entries
        )

    @property
    def namespace(self) -> str:
        """The URL namespace of its pages."""
        return self.audience.value
