"""`sojourn import`: any declared kind of sheet, on the engine of the pages: all or none, after a dry run."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sojourn.cli.clock import now
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.records.actor import SYSTEM
from sojourn.records.jobs import run_job
from sojourn.records.models import Job
from sojourn.records.refusal import UnseenError
from sojourn.sheets.actions import begin_import, check_import, drop_import, write_import
from sojourn.sheets.kinds import KINDS, Kind, known_words
from sojourn.sheets.matching import Mapped, headers_of
from sojourn.sheets.models import Import
from sojourn.sheets.queries import fault_count, faults_of
from sojourn.sheets.reading.bounded import read_bounded
from sojourn.sheets.reading.limits import UnreadableFileError
from sojourn.sheets.sentences import sentence

MOST_SHOWN = 50
console = Console(highlight=False, soft_wrap=True)


def import_file(  # noqa: PLR0917 - the options of a command are its arguments
    kind: Annotated[str, typer.Argument(help="What each row is: organisations, openings, targets, ...")],
    file: Annotated[Path, typer.Argument(help="An XLSX or ODS workbook, a CSV or JSON file.")],
    scope: Annotated[
        str, typer.Option("--for", help="Within what: the code of an office, of a call, ...")
    ] = "",
    columns: Annotated[
        list[str] | None, typer.Option("--column", help="name=header: where a column is in the file.")
    ] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="name=value: one value for all rows.")
    ] = None,
    orders: Annotated[
        list[str] | None, typer.Option("--days", help="name=day or name=month: which comes first.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Of a text file; found out if not given.")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Save; without it nothing is written.")] = False,
    only_good: Annotated[bool, typer.Option("--good-rows", help="Leave refused rows out.")] = False,
) -> None:
    """Check a sheet and, with --apply, import it: all rows, or none if one is refused.

    Columns that the system never holds are dropped before anything is kept.
    """
    declared = KINDS.get(kind)
    if declared is None:
        raise CommandFailedError(f"There is no kind {kind!r}; there are {', '.join(sorted(KINDS))}.")
    importing = _begun(declared, file, scope, encoding)
    written = False
    try:
        _check(importing, _mapping(declared, importing, columns or [], values or [], orders or []))
        _tell(importing)
        if importing.refused and not only_good:
            raise CommandFailedError(
                f"{importing.refused} rows have to be corrected in {file.name}; nothing was saved. "
                "--good-rows imports the others."
            )
        if not apply:
            console.print("Nothing was saved yet: add --apply.")
            return
        written = bool(importing.new + importing.changed)
        if written:
            write_import(by=SYSTEM, importing=importing, only_good=only_good, at=now())
            _work(importing, Import.Status.DONE)
        console.print(
            f"[green]✓[/] {importing.new} added, {importing.changed} changed, {importing.same} were the same."
        )
    finally:
        if not written:
            drop_import(by=SYSTEM, importing=importing)


def _begun(kind: Kind, file: Path, scope: str, encoding: str) -> Import:
    try:
        with file.open("rb"):
            pass
        with read_bounded(file, file.name, known_words(), encoding) as staged:
            return begin_import(by=SYSTEM, kind=kind, scope=scope, name=file.name, staged=staged, at=now())
    except OSError as error:
        raise CommandFailedError(f"{file} cannot be read: {error.strerror}.") from error
    except UnreadableFileError as error:
        raise CommandFailedError(f"{file.name}: {sentence(error.code, error.values)}") from error
    except UnseenError as error:
        raise CommandFailedError(
            f"There is no {scope or 'office'} to import into yet: sojourn plan load FILE --publish",
            Exit.REFUSED,
        ) from error


def _mapping(
    kind: Kind, importing: Import, columns: list[str], values: list[str], orders: list[str]
) -> Mapped:
    """The engine's guess, corrected by what was said on the command line."""
    headers = headers_of(importing.tables[importing.table])
    mapped: Mapped = importing.mapping
    for name, header in _pairs(kind, columns):
        if header not in headers:
            raise CommandFailedError(f"The file has no column {header!r}; it has {', '.join(headers)}.")
        place = headers.index(header)
        mapped["columns"] = {n: p for n, p in mapped["columns"].items() if p != place} | {name: place}
    mapped["fixed"] |= dict(_pairs(kind, values))
    for name, order in _pairs(kind, orders):
        if order not in {"day", "month"}:
            raise CommandFailedError(f"--days {name}=day or {name}=month, not {order!r}.")
        mapped["orders"][name] = order
    return mapped


def _pairs(kind: Kind, words: list[str]) -> list[tuple[str, str]]:
    known = [column.name for column in kind.columns]
    pairs = []
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or name not in known:
            raise CommandFailedError(f"{word!r} is not name=...; the names are {', '.join(known)}.")
        pairs.append((name, value))
    return pairs


def _check(importing: Import, mapped: Mapped) -> None:
    check_import(by=SYSTEM, importing=importing, table=importing.table, mapping=mapped, at=now())
    _work(importing, Import.Status.CHECKED)


def _work(importing: Import, wanted: str) -> None:
    """Carry the job out here and now, as the worker would."""
    if importing.job_id is not None:
        run_job(importing.job_id, now=lambda: now() + dt.timedelta(seconds=1))
    importing.refresh_from_db()
    if importing.status != wanted:
        failed = Job.objects.filter(pk__in=[importing.job_id]).values_list("error", flat=True).first()
        raise CommandFailedError(importing.refusal or f"The import stopped: {failed}", Exit.REFUSED)


def _tell(importing: Import) -> None:
    for table in importing.tables:
        for column, categories in table["dropped"].items():
            told = ", ".join(categories)
            console.print(f"[yellow]Column {escape(column)!r} is never held ({told}): dropped, not read.[/]")
    for note in importing.notes:
        values = {name: value for name, value in note.items() if name != "code"}
        console.print(escape(sentence(note["code"], values)))
    console.print(
        f"{importing.new} new, {importing.changed} changed, {importing.same} the same, "
        f"{importing.refused} refused."
    )
    faults = fault_count(importing)
    if not faults:
        return
    table = Table(title="Refused", title_justify="left", title_style="bold red")
    for heading in ("row", "column", "value", "what to do"):
        table.add_column(heading, overflow="fold")
    for fault in faults_of(importing, limit=MOST_SHOWN):
        row = f"{fault.sheet} {fault.row}".strip()
        table.add_row(escape(row), fault.column, escape(fault.value), escape(fault.words))
    console.print(table)
    if faults > MOST_SHOWN:
        console.print(f"... and {faults - MOST_SHOWN} more.")
