"""An import as the pages carry it out, without the pages."""

from pathlib import Path
from typing import Any

from apps.factories import NOW
from sojourn.records.actor import SYSTEM, Actor
from sojourn.records.jobs import run_job
from sojourn.records.models import Job
from sojourn.sheets.actions import begin_import, check_import, undo_import, write_import
from sojourn.sheets.kinds import KINDS, known_words
from sojourn.sheets.models import Import
from sojourn.sheets.queries import faults_of
from sojourn.sheets.reading.bounded import read_bounded


def sent(
    folder: Path, content: str | bytes, *, by: Actor = SYSTEM, kind: str = "organisations", scope: str = ""
) -> Import:
    """The file, read and kept."""
    path = folder / "sheet"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with read_bounded(path, "sheet.csv", known_words()) as staged:
        return begin_import(by=by, kind=KINDS[kind], scope=scope, name="sheet.csv", staged=staged, at=NOW)


def worked(importing: Import) -> Import:
    """The import after its job has run."""
    assert importing.job_id is not None
    job = run_job(importing.job_id, now=lambda: NOW)
    assert job is not None
    assert (job.status, job.error) == (Job.Status.DONE, "")
    importing.refresh_from_db()
    return importing


def checked(
    importing: Import, *, by: Actor = SYSTEM, fixed: dict[str, str] | None = None, **mapping: Any
) -> Import:
    mapped = {**importing.mapping, **mapping}
    mapped["fixed"] = {**mapped["fixed"], **(fixed or {})}
    check_import(by=by, importing=importing, table=importing.table, mapping=mapped, at=NOW)
    return worked(importing)


def written(importing: Import, *, by: Actor = SYSTEM, only_good: bool = False) -> Import:
    return worked(write_import(by=by, importing=importing, only_good=only_good, at=NOW))


def undone(importing: Import, *, by: Actor = SYSTEM) -> Import:
    return worked(undo_import(by=by, importing=importing, at=NOW))


def counts(importing: Import) -> tuple[int, int, int, int]:
    """New, changed, the same, refused."""
    return importing.new, importing.changed, importing.same, importing.refused


def faults(importing: Import) -> list[tuple[int, str, str]]:
    """Row, column and value of each refused cell."""
    return [(fault.row, fault.column, fault.value) for fault in faults_of(importing)]
