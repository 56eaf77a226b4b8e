"""What the pages of an import show, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sojourn.records.models import Job
from sojourn.records.refusal import Words
from sojourn.sheets.kinds import KINDS
from sojourn.sheets.models import Import
from sojourn.sheets.queries import (
    AlikeLine,
    ChangeLine,
    FaultLine,
    alike_of,
    changes_of,
    fault_count,
    faults_of,
    unknown_codes,
)
from sojourn.sheets.rules import Status
from sojourn.sheets.sentences import sentence

PER_PAGE = 100
STATES: dict[str, tuple[Words, str]] = {
    Status.STAGED: (gettext_lazy("To be mapped"), "waiting"),
    Status.CHECKING: (gettext_lazy("Being checked"), "info"),
    Status.CHECKED: (gettext_lazy("Checked, not imported"), "waiting"),
    Status.WRITING: (gettext_lazy("Being imported"), "info"),
    Status.DONE: (gettext_lazy("Imported"), "good"),
    Status.STOPPED: (gettext_lazy("Stopped, nothing imported"), "bad"),
    Status.UNDOING: (gettext_lazy("Being taken back"), "info"),
    Status.UNDONE: (gettext_lazy("Taken back"), "neutral"),
    Status.DROPPED: (gettext_lazy("Dropped"), "neutral"),
}
"""States of an import: the word, and the tone of its badge."""
BUSY = frozenset({Status.CHECKING, Status.WRITING, Status.UNDOING})


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list."""

    number: int
    file_name: str
    kind: Words
    state: Words
    tone: str
    written: int
    begun_at: object


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, in rows."""

    done: int
    total: int
    has_failed: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the check found: counts, refused cells, changes, pairs that may be the same, unknown codes."""

    rows: int
    faults: Sequence[FaultLine]
    fault_count: int
    page: int
    pages: int
    changes: Sequence[ChangeLine]
    alike: Sequence[AlikeLine]
    unknown: Sequence[tuple[str, str]]


def import_lines(rows: Sequence[Import]) -> list[ImportLine]:
    """Imports for a list."""
    return [
        ImportLine(
            row.pk,
            row.file_name,
            KINDS[row.kind].title,
            *STATES[row.status],
            row.new + row.changed if row.status == Status.DONE else 0,
            row.begun_at,
        )
        for row in rows
    ]


def notes_of(importing: Import, table: int) -> list[str]:
    """What the reader has to say about the file, never-held columns first."""
    dropped = [
        _("The column “%(name)s” is never held here (%(why)s). It was dropped before anything was kept.")
        % {"name": name, "why": ", ".join(categories)}
        for found in importing.tables
        for name, categories in found["dropped"].items()
    ]
    told = [
        sentence(note["code"], {name: value for name, value in note.items() if name != "code"})
        for note in importing.notes
    ]
    return [*dropped, *told, *_table_notes(importing.tables[table] if importing.tables else None)]


def _table_notes(table: dict[str, list[dict[str, str]]] | None) -> list[str]:
    if table is None:
        return []
    names = [column["name"] for column in table["columns"]]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [
        _("The header “%(name)s” stands over more than one column. Check which of them is meant.")
        % {"name": name}
        for name in twice
    ]


def unused_columns(importing: Import) -> list[str]:
    """Headers of the file that no column of the kind uses."""
    used = set(importing.mapping.get("columns", {}).values())
    columns = importing.tables[importing.table]["columns"] if importing.tables else []
    return [column["name"] for place, column in enumerate(columns) if place not in used]


def progress_of(importing: Import) -> Progress:
    """How far the job at work is."""
    job = importing.job
    if job is None:
        return Progress(0, 0, has_failed=False, is_waiting=True)
    return Progress(
        job.done,
        max(job.total, 1),
        has_failed=job.status == Job.Status.FAILED,
        is_waiting=job.status == Job.Status.WAITING,
    )


def found_in(importing: Import, page: int) -> Found:
    """What the check found, with one page of refused cells."""
    count = fault_count(importing)
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(page, 1), pages)
    return Found(
        rows=importing.new + importing.changed + importing.same + importing.refused,
        faults=faults_of(importing, skip=(page - 1) * PER_PAGE, limit=PER_PAGE),
        fault_count=count,
        page=page,
        pages=pages,
        changes=changes_of(importing),
        alike=alike_of(importing),
        unknown=unknown_codes(importing),
    )
