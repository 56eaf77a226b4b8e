"""Rules of imports: whose they are, and what has to be clear before a file is checked or written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sojourn.records.actor import Actor
from sojourn.records.models import Job
from sojourn.records.refusal import UnseenError, refuse
from sojourn.sheets.columns import both
from sojourn.sheets.kinds import KINDS, Kind, Within
from sojourn.sheets.matching import Mapped, lacking, undecided_days
from sojourn.sheets.models import Import
from sojourn.sheets.refused import BadCell
from sojourn.sheets.sentences import sentence

Status = Import.Status


def may_begin(*, by: Actor, kind: Kind, scope: str, **_rest: object) -> None:
    """Whoever may write such rows there; `enter` raises for everybody else."""
    kind.enter(by, scope)


def within_own(by: Actor, importing: Import) -> Within:
    """What the import is within, if the actor may still import there."""
    kind = KINDS.get(importing.kind)
    if kind is None:
        raise UnseenError
    within = kind.enter(by, importing.scope)
    if within.organisation_id != importing.organisation_id:
        raise UnseenError
    return within


def may_go_on(*, by: Actor, importing: Import, **_rest: object) -> None:
    """An import is carried on by those who may import there."""
    within_own(by, importing)


def may_check(*, by: Actor, importing: Import, table: int, mapping: Mapped, **_rest: object) -> None:
    """The mapping is whole: needed columns are there, dates are clear, values for all rows are sound."""
    within_own(by, importing)
    kind = KINDS[importing.kind]
    if not 0 <= table < len(importing.tables) or not importing.chunks.filter(table=table).exists():
        raise refuse("import.no_table", _("Choose a table of the file that has rows."), where="table")
    columns = importing.tables[table]["columns"]
    places = list(mapping["columns"].values())
    if any(not 0 <= place < len(columns) for place in places) or len(set(places)) < len(places):
        raise refuse("import.place_twice", _("Each column of the file can be used once."))
    missing = lacking(kind, mapping)
    if missing:
        raise refuse(
            "import.lacking",
            _("Say where to find %(columns)s: choose a column, or write one value for all rows."),
            where=f"column-{missing[0]}",
            columns=", ".join(str(kind.column(name).title) for name in missing),
        )
    unclear = undecided_days(kind, importing.tables[table], mapping)
    if unclear:
        raise refuse(
            "import.day_order",
            _("In “%(column)s” day and month cannot be told apart. Say which of them comes first."),
            where=f"order-{unclear[0]}",
            column=str(kind.column(unclear[0]).title),
        )
    for name, text in mapping["fixed"].items():
        _refuse_bad_value(kind, name, text)


def _refuse_bad_value(kind: Kind, name: str, text: str) -> None:
    try:
        if text:
            kind.column(name).type.one(text, "day")
    except BadCell as bad:
        raise refuse(
            "import.fixed",
            _("The value for all rows of “%(column)s” cannot be taken: %(why)s"),
            where=f"fixed-{name}",
            column=str(kind.column(name).title),
            why=sentence(bad.code, bad.values),
        ) from None


def may_write(*, by: Actor, importing: Import, only_good: bool, **_rest: object) -> None:
    """A checked file with something to write; with faults only when the good rows were asked for."""
    within_own(by, importing)
    if importing.status != Status.CHECKED:
        raise refuse("import.unchecked", _("Check the file first."))
    if importing.refused and not only_good:
        raise refuse(
            "import.faults",
            _("%(count)s rows are refused. Correct them and send the file again, or import the good rows."),
            count=importing.refused,
        )
    if not importing.new + importing.changed:
        raise refuse("import.nothing", _("There is nothing to import: no row is new or changed."))


def may_undo(*, by: Actor, importing: Import, **_rest: object) -> None:
    """What was imported can be taken back until something builds on it; `undo` of the kind says when."""
    within_own(by, importing)
    if importing.status != Status.DONE:
        raise refuse("import.not_done", _("Only a finished import can be taken back."))
    if not importing.chunks.exclude(written=b"").exists():
        raise refuse("import.too_old", _("This import is too old to be taken back as a whole."))


def may_drop(*, by: Actor, importing: Import, **_rest: object) -> None:
    """A file that was not written can be forgotten."""
    within_own(by, importing)


def may_resume(*, by: Actor, importing: Import, **_rest: object) -> None:
    """Work that gave up can be tried again."""
    within_own(by, importing)
    if importing.job is None or importing.job.status != Job.Status.FAILED:
        raise refuse(
            "import.not_stuck", _("This import has not stopped. Reload the page to see how far it is.")
        )


def may_match(*, by: Actor, importing: Import, column: str, old: str, new: str, **_rest: object) -> None:
    """An old code is matched with one that exists."""
    within = within_own(by, importing)
    kind = KINDS[importing.kind]
    if new not in {code for code, _name in _matchable(kind, within, column)}:
        raise refuse(
            "import.unknown_match",
            _("“%(code)s” is not known for %(column)s. Choose one of the list."),
            where=f"match-{old}",
            code=new,
            column=both(kind.column(column).title)[0],
        )


def _matchable(kind: Kind, within: Any, column: str) -> Any:
    if column not in {found.name for found in kind.columns if found.refers}:
        raise UnseenError
    return kind.matches(within, column)
