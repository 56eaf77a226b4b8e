"""Organisations as a sheet: registers of schools, universities, employers, centres, local offices."""

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from sojourn.records.actor import PUBLIC, SYSTEM, Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.actions import (
    NewOrganisation,
    add_organisations,
    change_organisations,
    remove_organisations,
)
from sojourn.registry.models import Account, Organisation
from sojourn.registry.queries import actor_of
from sojourn.registry.rules import OFFICES, must_hold_post
from sojourn.registry.sheet_kinds.organisation_columns import COLUMNS
from sojourn.sheets.checking import spelling
from sojourn.sheets.kinds import Batch, Key, Kind, Row, Written, declare
from sojourn.sheets.sentences import add_sentences

PREFIXES = {
    Organisation.Kind.SCHOOL: "urn",
    Organisation.Kind.UNIVERSITY: "uni",
    Organisation.Kind.EMPLOYER: "emp",
    Organisation.Kind.TRAINING_CENTRE: "trc",
    Organisation.Kind.LOCAL_OFFICE: "loc",
}
"""How the code of each kind begins, so that registers with the same numbers do not meet."""
PARENTS = (
    Organisation.Kind.COORDINATING_OFFICE,
    Organisation.Kind.REGIONAL_OFFICE,
    Organisation.Kind.RECEIVING_OFFICE,
    Organisation.Kind.LOCAL_OFFICE,
)
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


def sheet_actor(account_id: int | None, on: dt.date) -> Actor:
    """Who asked for an import, with the posts of the day; a command on the server acts as the system."""
    if account_id is None:
        return SYSTEM
    account = Account.objects.filter(pk=account_id).first()
    return actor_of(account, on=on) if account else PUBLIC


def open_office(by: Actor, scope: str) -> Office:
    """The office with this code, if the actor works there; without a code the coordinating office."""
    rows = Organisation.objects.filter(code=scope) if scope else Organisation.objects.filter(parent=None)
    office = rows.first()
    if office is None:
        raise UnseenError
    must_hold_post(by, office.pk, *OFFICES)
    return Office(office)


def _scopes(by: Actor) -> list[tuple[str, Mapping[str, str]]]:
    """The offices that the actor works in."""
    rows = Organisation.objects.filter(pk__in=by.organisations(*OFFICES)).order_by("code")
    return list(rows.values_list("code", "names"))


def _prepare(within: Office, batch: Batch) -> None:
    """Codes get the beginning of their kind; parents must be offices below one's own; places are whole."""
    values = batch.values
    long = [_long_code(batch, place) for place in range(len(batch.lines))]
    asked = {code for code in (*values["code"], *long) if code}
    within.known = _known_now(within, asked)
    values["code"] = [
        short if short in within.known else code for short, code in zip(values["code"], long, strict=True)
    ]
    offices = _offices(within, {code for code in values["office"] if code})
    for place, code in enumerate(values["code"]):
        known = within.known.get(code or "")
        office = values["office"][place]
        if office is None and known is None:
            values["office"][place] = within.row.code
        elif office is not None and office not in offices:
            batch.refuse(place, "office", "unknown_code", code=office)
        elif office is not None:
            values["office"][place] = offices[office]
        if known is None and not batch.cells["name"][place] and not batch.cells["name_zh"][place]:
            batch.refuse(place, "name", "organisation_name")
        if (values["easting"][place] is None) != (values["northing"][place] is None):
            batch.refuse(place, "northing", "organisation_place")
        if known is not None:
            _refuse_other(batch, place, known, values)


def _refuse_other(batch: Batch, place: int, known: Row, values: Mapping[str, Sequence[Any]]) -> None:
    """A code in use elsewhere, or for another kind; and a move, which an import does not make."""
    if not known["is_within"] or known["kind"] != values["kind"][place]:
        batch.refuse(place, "code", "organisation_taken")
    elif values["office"][place] not in {None, known["office"]}:
        batch.refuse(place, "office", "organisation_moved", office=known["office"])


def _long_code(batch: Batch, place: int) -> str | None:
    """The code with the beginning of its kind; what has no number is known by its name and town."""
    kind, code, name, chinese, town = (
        batch.values[column][place] for column in ("kind", "code", "name", "name_zh", "town")
    )
    if kind is None or (code is None and batch.cells["code"][place] != ""):
        return None
    if code is None and (name or chinese):
        named = "\n".join(spelling(part or "") for part in (name or chinese, town))
        code = f"n{hashlib.sha256(named.encode()).hexdigest()[:16]}"
    return f"{PREFIXES[Organisation.Kind(kind)]}-{code}" if code else None


def _known_now(within: Office, codes: Collection[str]) -> dict[str, Row]:
    rows = Organisation.objects.filter(code__in=codes).order_by()
    inside = set(
        rows.filter(links_up__ancestor=within.row, links_up__depth__gt=0).values_list("pk", flat=True)
    )
    columns = ("pk", "code", "kind", "names", "parent__code", *PLAIN)
    return {
        code: {
            "id": number,
            "kind": kind,
            "name": names.get("en"),
            "name_zh": names.get("zh"),
            "office": office,
            "is_within": number in inside,
            **dict(zip(PLAIN, rest, strict=True)),
        }
        for number, code, kind, names, office, *rest in rows.values_list(*columns)
    }


def _offices(within: Office, codes: set[str]) -> dict[str, str]:
    """Codes of offices within one's own, as they are written in a file: with the beginning or without."""
    asked = codes | {f"{PREFIXES[Organisation.Kind.LOCAL_OFFICE]}-{code}" for code in codes}
    rows = (
        Organisation.objects.within(within.row.pk).filter(code__in=asked, kind__in=PARENTS).order_by("code")
    )
    found = {code: code for code in rows.values_list("code", flat=True)}
    return found | {
        code: long
        for code in codes
        if code not in found and (long := f"{PREFIXES[Organisation.Kind.LOCAL_OFFICE]}-{code}") in found
    }


def _known(within: Office, _keys: Sequence[Key]) -> dict[Key, Row]:
    return {
        (row["kind"], code): {name: row[name] for name in ("name", "name_zh", "office", *PLAIN)}
        for code, row in within.known.items()
    }


def _write(
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


def _undo(*, by: Actor, within: Office, made: Sequence[int], before: Sequence[Row], on: dt.date) -> int:
    """Remove what was added, give back the former values of what was changed."""
    if made:
        remove_organisations(by=by, parent=within.row, ids=made, on=on)
    if before:
        changes = {row["id"]: {name: row[name] for name in row if name != "id"} for row in before}
        change_organisations(by=by, parent=within.row, changes=changes, on=on)
    return len(made) + len(before)


def _matches(within: Office, _column: str) -> list[tuple[str, str]]:
    """The offices that an old code can be matched with."""
    rows = Organisation.objects.within(within.row.pk).filter(kind__in=PARENTS).order_by("code")
    return [(row.code, row.names.get("en") or row.names.get("zh", "")) for row in rows[:2000]]


add_sentences(
    {
        "organisation_name": _("Give a name, in English or in Chinese."),
        "organisation_place": _("Give easting and northing, or neither."),
        "organisation_taken": _("This code is used already, elsewhere or for another kind of organisation."),
        "organisation_moved": _(
            "It belongs to the office %(office)s; an import moves nothing to another office."
        ),
    }
)
ORGANISATIONS = declare(
    Kind(
        code="organisations",
        title=_("Organisations"),
        columns=COLUMNS,
        key=("kind", "code"),
        scopes=_scopes,
        open=open_office,
        known=_known,
        write=_write,
        undo=_undo,
        actor=sheet_actor,
        prepare=_prepare,
        matches=_matches,
        alike=("name", "town"),
    )
)
