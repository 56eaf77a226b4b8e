"""Small cells: hide few figures of published tables so that nobody can work out a small count.

`suppress_table` for one table, `suppress` for linked tables and editions (`cube`, `linked`), `attack` for
what readers can work out, `verify_disclosure` to check an answer without trusting the solver.
"""

from sojourn.core.disclosure.attack import Interval, attack
from sojourn.core.disclosure.suppress import Suppressed, SuppressedTable, suppress, suppress_table
from sojourn.core.disclosure.tables import (
    Axis,
    CannotProtectError,
    Cell,
    ContradictionError,
    Published,
    Sum,
    TableError,
    Tables,
    cube,
    linked,
)
from sojourn.core.disclosure.verify import verify_disclosure

__all__ = [
    "Axis",
    "CannotProtectError",
    "Cell",
    "ContradictionError",
    "Interval",
    "Published",
    "Sum",
    "Suppressed",
    "SuppressedTable",
    "TableError",
    "Tables",
    "attack",
    "cube",
    "linked",
    "suppress",
    "suppress_table",
    "verify_disclosure",
]
