"""Rows of a sheet of organisations on their way into the tree and out of it again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sojourn.records.actor import Actor
from sojourn.registry.actions import (
    NewOrganisation,
    add_organisations,
    change_organisations,
    remove_organisations,
)
from sojourn.registry.models import Organisation
from sojourn.sheets.kinds import Row, Written

PLAIN = ("level", "town", "easting", "northing")


@dataclass(slots=True)
class Office:
    """The office below which organisations are imported; `known` holds those that the chunk at hand names."""

    row: Organisation
    known: dict[str, Row] = field(default_factory=dict)
    offices: dict[str, bool] = field(default_factory=dict)

    @property
    def organisation_id(self) -> int:
        """The office's number."""
        return self.row.pk


def write_organisations(
    *, by: Actor, within: Office, new: Sequence[Row], changed: Sequence[tuple[Row, Row]], on: dt.date
) -> Written:
    """Add and change organisations below the office."""
    made = add_organisations(by=by, parent=within.row, rows=[_new(row) for row in new], on=on) if new else []
    before: list[Row] = []
    changes: dict[int, Row] = {}
    for row, former in changed:
        number = within.known[row["code"]]["id"]
        changes[number] = _columns(row, former)
        before.append({"id": number, **_columns({}, former)})
    if changes:
        change_organisations(by=by, parent=within.row, changes=changes, on=on)
    return Written(made, before)


def _columns(row: Row, former: Row) -> Row:
    """What the row's columns become: the file's values, and the former ones where it has none."""
    whole = {name: row[name] if row.get(name) is not None else former[name] for name in former}
    return {"names": _names(whole), **{name: whole[name] for name in PLAIN}}


def _names(row: Row) -> dict[str, str]:
    return {code: row[name] for code, name in (("en", "name"), ("zh", "name_zh")) if row[name]}


def _new(row: Row) -> NewOrganisation:
    return NewOrganisation(
        code=row["code"],
        kind=row["kind"],
        names=_names(row),
        parent_code=row["office"],
        level=row["level"] or "",
        town=row["town"] or "",
        easting=row["easting"],
        northing=row["northing"],
    )


def undo_organisations(
    *, by: Actor, within: Office, made: Sequence[int], before: Sequence[Row], on: dt.date
) -> int:
    """Remove what was added, give back the former values of what was changed."""
    if made:
        remove_organisations(by=by, parent=within.row, ids=made, on=on)
    if before:
        changes = {row["id"]: {name: row[name] for name in row if name != "id"} for row in before}
        change_organisations(by=by, parent=within.row, changes=changes, on=on)
    return len(made) + len(before)
