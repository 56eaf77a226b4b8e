"""Take a file in, check it, write it, take it back: each step is asked for here and carried out by a job."""

import datetime as dt
from itertools import batched

from django.utils.translation import get_language

from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.jobs import enqueue
from sojourn.records.models import Job
from sojourn.records.moves import move
from sojourn.sheets import rules
from sojourn.sheets.kinds import Kind
from sojourn.sheets.matching import Mapped, best_table, proposed, remember
from sojourn.sheets.models import CodeMatch, Import, StagedChunk
from sojourn.sheets.reading.bounded import Staged
from sojourn.sheets.reading.limits import UnreadableFileError

Status = Import.Status
LONGEST_NAME = 150


@action("import.begin", rules.may_begin)
def begin_import(*, by: Actor, kind: Kind, scope: str, name: str, staged: Staged, at: dt.datetime) -> Import:
    """Keep what was read of a file, without the columns that are never held, and propose a mapping."""
    organisation_id = kind.enter(by, scope).organisation_id
    table = best_table(kind, staged.tables)
    if not staged.tables[table]["rows"]:
        raise UnreadableFileError("file.no_rows")
    importing = Import.objects.create(
        kind=kind.code,
        scope=scope,
        organisation_id=organisation_id,
        account_id=by.account_id,
        file_name="".join(sign for sign in name if sign.isprintable())[-LONGEST_NAME:],
        begun_at=at,
        language=get_language() or "en",
        tables=staged.tables,
        notes=staged.notes,
        table=table,
        mapping=proposed(kind, staged.tables[table], organisation_id),
    )
    numbered = (
        (place, number) for place, found in enumerate(staged.tables) for number in range(found["chunks"])
    )
    rows = (
        StagedChunk(importing=importing, table=place, number=number, content=content)
        for (place, number), content in zip(numbered, staged.chunks, strict=True)
    )
    for some in batched(rows, 16):
        StagedChunk.objects.bulk_create(some)
    return importing


@action("import.check", rules.may_check)
def check_import(*, by: Actor, importing: Import, table: int, mapping: Mapped, at: dt.datetime) -> Import:
    """Confirm the mapping, remember it for files with the same headers, and ask for a dry run."""
    importing.chunks.update(outcome=b"", faults=0, changes=0, alike=0)
    job = _ask("import.check", importing, at)
    counts = {"new": 0, "changed": 0, "same": 0, "refused": 0}
    move(importing, Status.CHECKING, table=table, mapping=mapping, twice=b"", refusal="", job=job, **counts)
    remember(importing)
    return importing


@action("import.write", rules.may_write)
def write_import(*, by: Actor, importing: Import, only_good: bool, at: dt.datetime) -> Import:
    """Ask for the rows to be written: all of them, or those without a fault."""
    job = _ask("import.write", importing, at)
    move(importing, Status.WRITING, only_good=only_good, job=job)
    return importing


@action("import.undo", rules.may_undo)
def undo_import(*, by: Actor, importing: Import, at: dt.datetime) -> Import:
    """Ask for everything that the import wrote to be taken back, all or nothing."""
    job = _ask("import.undo", importing, at)
    move(importing, Status.UNDOING, refusal="", job=job)
    return importing


@action("import.drop", rules.may_drop)
def drop_import(*, by: Actor, importing: Import) -> Import:
    """Forget a file that was not written."""
    move(importing, Status.DROPPED)
    importing.chunks.all().delete()
    return importing


@action("import.resume", rules.may_resume)
def resume_import(*, by: Actor, importing: Import, at: dt.datetime) -> Import:
    """Try again what had given up, from the last finished chunk."""
    move(importing.job, Job.Status.WAITING, run_after=at, attempts=0, error="")
    return importing


@action("import.match", rules.may_match)
def match_code(*, by: Actor, importing: Import, column: str, old: str, new: str) -> CodeMatch:
    """Remember what an old code is called now, for this and every later file of the organisation."""
    match, _made = CodeMatch.objects.update_or_create(
        organisation_id=importing.organisation_id,
        kind=importing.kind,
        column=column,
        old=old,
        defaults={"new": new},
    )
    return match


def _ask(kind: str, importing: Import, at: dt.datetime) -> Job:
    rows = importing.tables[importing.table]["rows"]
    return enqueue(kind, {"import": importing.pk, "on": at.date().isoformat()}, run_after=at, total=rows)
