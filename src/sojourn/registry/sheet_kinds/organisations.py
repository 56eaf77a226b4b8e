"""Organisations as a sheet: registers of schools, universities, employers, centres, local offices."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sojourn.records.actor import PUBLIC, SYSTEM, Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Organisation
from sojourn.registry.queries import actor_of
from sojourn.registry.rules import OFFICES, must_hold_post, those_within
from sojourn.registry.sheet_kinds.organisation_columns import COLUMNS
from sojourn.registry.sheet_kinds.organisation_rows import (
    PLAIN,
    Office,
    undo_organisations,
    write_organisations,
)
from sojourn.sheets.kinds import Batch, Key, Kind, Row, declare
from sojourn.sheets.repeats import spelling
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
    inside = those_within(within.row.pk, rows.values_list("pk", flat=True)) - {within.row.pk}
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
    rows = Organisation.objects.filter(code__in=asked, kind__in=PARENTS)
    by_code = dict(rows.order_by("code").values_list("code", "pk"))
    inside = those_within(within.row.pk, by_code.values())
    found = {code: code for code, number in by_code.items() if number in inside}
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


def _rows(within: Office) -> Iterator[Row]:
    """What lies below the office and is no office of the plan, by code."""
    rows = Organisation.objects.within(within.row.pk).filter(kind__in=PREFIXES).exclude(pk=within.row.pk)
    columns = ("code", "kind", "names", "parent__code", *PLAIN)
    for code, kind, names, office, *rest in (
        rows.order_by("code").values_list(*columns).iterator(chunk_size=5000)
    ):
        yield {
            "code": code,
            "kind": kind,
            "name": names.get("en"),
            "name_zh": names.get("zh"),
            "office": office,
            **dict(zip(PLAIN, rest, strict=True)),
        }


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
        enter=open_office,
        known=_known,
        write=write_organisations,
        undo=undo_organisations,
        actor=sheet_actor,
        prepare=_prepare,
        matches=_matches,
        rows=_rows,
        alike=("name", "town"),
    )
)
