"""Load a plan from a file of either format."""

from pathlib import Path

from sojourn.plan.document.faults import Fault, LoadedPlan, UnreadablePlan, fault
from sojourn.plan.document.toml_file import read_toml
from sojourn.plan.document.workbook import read_workbook

LARGEST_FILE = 10 * 2**20
"""Bytes. The reference plan has 20 kB."""


def load_plan(path: Path) -> LoadedPlan:
    """The plan of a `.toml` or `.xlsx` file.

    Raises:
        UnreadablePlan: The file is missing, too large, of another format or no plan; with every fault.
    """
    readers = {".toml": read_toml, ".xlsx": read_workbook}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadablePlan((fault(Fault.UNKNOWN_FORMAT, name=path.name, formats=", ".join(readers)),))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadablePlan((fault(Fault.TOO_LARGE, name=path.name, largest=LARGEST_FILE),))
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadablePlan):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadablePlan((fault(Fault.NO_FILE, name=path.name, reason=reason),)) from None
    return reader(content)
