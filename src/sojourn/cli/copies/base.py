"""What copying means for either kind of database."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.db import connection


@dataclass(frozen=True, slots=True)
class Proved:
    """What was found in a copy that opens."""

    tables: int
    megabytes: float


class Copies(Protocol):
    """Copies of the site's database."""

    def write(self, file: Path) -> Proved:
        """Write a consistent copy to a new file and prove it; leave no file behind on a fault."""

    def prove(self, file: Path) -> Proved:
        """Open the copy and check it; `CommandFailedError` when it is not whole or not of this site."""

    def holds_data(self) -> bool:
        """Whether the present database has tables of this site."""

    def bring_back(self, file: Path) -> None:
        """Replace the present database by the proved copy: all of it, or nothing."""


def present_tables() -> int:
    """How many tables of the site the present database has."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return sum(name.startswith(("registry_", "participation_", "plan_")) for name in names)
