"""The background steps of an import; each chunk and the cursor behind it are saved together."""

import datetime as dt
import json
import zlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sojourn.records.actor import SYSTEM, Actor
from sojourn.records.jobs import Chunk, Cursor, job_kind
from sojourn.records.moves import move
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.sheets.checking import check, outcome
from sojourn.sheets.kinds import KINDS, Kind, Written
from sojourn.sheets.models import Import, StagedChunk
from sojourn.sheets.repeats import packed_repeated, repeated
from sojourn.sheets.rules import within_own

Status = Import.Status
CHANGED = _("Since the check, something has changed that some rows depend on. Check the file again.")
NOT_YOURS = _("Whoever began this import may no longer import here.")


@job_kind("import.check")
def check_step(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
    """The dry run of one chunk; first of all the whole file is searched for keys that stand in it twice."""
    importing, kind, by = _begun(arguments)
    if not cursor:
        Import.objects.filter(pk=importing.pk).update(twice=packed_repeated(repeated(kind, importing)))
        return Chunk(0, {"chunk": 0})
    row = _chunk(importing, cursor["chunk"])
    if row is None:
        move(importing, Status.CHECKED)
        return Chunk(0, None)
    checked = check(kind, importing, within_own(by, importing), bytes(row.content))
    row.outcome, row.faults, row.changes = outcome(checked, kind), len(checked.faults), len(checked.changed)
    row.alike = len(checked.alike)
    row.save(update_fields=["outcome", "faults", "changes", "alike"])
    Import.objects.filter(pk=importing.pk).update(
        new=F("new") + len(checked.new),
        changed=F("changed") + len(checked.changed),
        same=F("same") + checked.same,
        refused=F("refused") + checked.refused,
    )
    rows = len(checked.new) + len(checked.changed) + checked.same + checked.refused
    return Chunk(rows, {"chunk": row.number + 1})


@job_kind("import.write")
def write_step(arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
    """Write one chunk, judged anew; when a rule refuses it, everything written before is taken back."""
    importing, kind, by = _begun(arguments)
    row = _chunk(importing, cursor.get("chunk", 0))
    if row is None:
        move(importing, Status.DONE)
        if not importing.refused:
            importing.chunks.update(content=b"")
        return Chunk(0, None)
    on = dt.date.fromisoformat(arguments["on"])
    try:
        with transaction.atomic(), override(importing.language):
            rows = _write(kind, importing, by, row, on)
    except (RefusalError, UnseenError) as error:
        _take_back(kind, importing, on)
        move(importing, Status.STOPPED, refusal=_words(error))
        return Chunk(0, None)
    return Chunk(rows, {"chunk": row.number + 1})


@job_kind("import.undo")
def undo_step(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Take everything back in one piece, or nothing when something builds on it by now."""
    importing, kind, by = _begun(arguments)
    try:
        with transaction.atomic(), override(importing.language):
            within_own(by, importing)
            done = _take_back(kind, importing, dt.date.fromisoformat(arguments["on"]))
    except (RefusalError, UnseenError) as error:
        move(importing, Status.DONE, refusal=_words(error))
        return Chunk(0, None)
    move(importing, Status.UNDONE)
    return Chunk(done, None)


@job_kind("imports.prune")
def prune_step(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Empty the rows of files after a day, and forget after a month how to take an import back."""
    at = dt.datetime.fromisoformat(arguments["before"])
    old = StagedChunk.objects.filter(importing__begun_at__lt=at - dt.timedelta(days=1))
    emptied = old.exclude(content=b"", outcome=b"").update(content=b"", outcome=b"")
    older = StagedChunk.objects.filter(importing__begun_at__lt=at - dt.timedelta(days=30))
    older.exclude(written=b"").update(written=b"")
    unfinished = Import.objects.filter(
        begun_at__lt=at - dt.timedelta(days=1), status__in=[Status.STAGED, Status.CHECKED]
    )
    unfinished.update(status=Status.DROPPED, mapping={}, tables=[], notes=[], twice=b"")
    return Chunk(emptied, None)


def _begun(arguments: Mapping[str, Any]) -> tuple[Import, Kind, Actor]:
    """The import, its kind, and who asked, with the posts that they hold on the day."""
    importing = Import.objects.get(pk=arguments["import"])
    kind = KINDS[importing.kind]
    return importing, kind, kind.actor(importing.account_id, dt.date.fromisoformat(arguments["on"]))


def _chunk(importing: Import, number: int) -> StagedChunk | None:
    return importing.chunks.filter(table=importing.table, number=number).first()


def _write(kind: Kind, importing: Import, by: Actor, row: StagedChunk, on: dt.date) -> int:
    within = within_own(by, importing)
    checked = check(kind, importing, within, bytes(row.content))
    if checked.faults and not importing.only_good:
        raise RefusalError("import.changed_meanwhile", CHANGED)
    written = Written([])
    if checked.new or checked.changed:
        written = kind.write(
            by=by,
            within=within,
            new=checked.new,
            changed=[(new, before) for _at, new, before in checked.changed],
            on=on,
        )
    told = {"made": written.made, "before": written.before}
    row.written = zlib.compress(json.dumps(told, ensure_ascii=False, default=str).encode(), 1)
    row.save(update_fields=["written"])
    return len(checked.new) + len(checked.changed) + checked.same + checked.refused


def _take_back(kind: Kind, importing: Import, on: dt.date) -> int:
    """Undo every chunk, the last first; the system does it, for the post may be gone by now."""
    done = 0
    rows = importing.chunks.filter(table=importing.table).exclude(written=b"").order_by("-number")
    for row in rows.iterator(chunk_size=8):
        told = json.loads(zlib.decompress(row.written))
        within = kind.enter(SYSTEM, importing.scope)
        if told["made"] or told["before"]:
            done += kind.undo(by=SYSTEM, within=within, made=told["made"], before=told["before"], on=on)
    rows.update(written=b"")
    return done


def _words(error: RefusalError | UnseenError) -> str:
    return str(error.message)[:300] if isinstance(error, RefusalError) else str(NOT_YOURS)
