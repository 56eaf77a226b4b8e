"""Rows of a register of institutions, checked value by value."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sojourn.cli.failing import CommandFailedError
from sojourn.cli.importing.sheet import Sheet
from sojourn.core.never_held import never_held
from sojourn.registry.actions import NewOrganisation
from sojourn.registry.models import Organisation

Kind = Organisation.Kind
KINDS: Mapping[str, str] = {
    Kind.SCHOOL: "urn",
    Kind.UNIVERSITY: "uni",
    Kind.EMPLOYER: "emp",
    Kind.TRAINING_CENTRE: "trc",
}
"""What a row can be, with the beginning of its code."""
NEEDED = ("urn", "name", "region")
OPTIONAL = ("name_zh", "town", "easting", "northing", "level")
LEVELS = frozenset(Organisation.Level.values)
EASTINGS, NORTHINGS = (0, 700_000), (0, 1_300_000)
"""Metres of the British National Grid."""
_NUMBER = re.compile(r"[A-Za-z0-9.-]{1,32}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that cannot be taken: its line, its column, and what to do."""

    row: int
    column: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sheet holds: sound rows, faults, columns dropped because they are never held, columns unused."""

    rows: tuple[NewOrganisation, ...]
    faults: tuple[Fault, ...]
    dropped: dict[str, tuple[str, ...]]
    ignored: tuple[str, ...]


def check_rows(sheet: Sheet, kind: str, offices: Collection[str]) -> Checked:
    """Every row of the sheet as an institution of the kind, below one of the offices."""
    dropped = {name: never_held(name) for name in sheet.header if never_held(name)}
    missing = [name for name in NEEDED if name not in sheet.header]
    if missing:
        raise CommandFailedError(
            f"The header lacks {', '.join(missing)}. It has {', '.join(sheet.header)}; needed are "
            f"{', '.join(NEEDED)}, and {', '.join(OPTIONAL)} may be given."
        )
    rows: list[NewOrganisation] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, cells in sheet.rows:
        values = {name: cell for name, cell in zip(sheet.header, cells, strict=True) if name not in dropped}
        found = _row_faults(line, values, offices)
        if (first := seen.setdefault(values["urn"], line)) != line:
            found.append(Fault(line, "urn", values["urn"], f"also on line {first}: keep one of the two"))
        faults += found
        if not found:
            rows.append(_organisation(values, kind))
    known = {*NEEDED, *OPTIONAL, *dropped}
    return Checked(
        tuple(rows), tuple(faults), dropped, tuple(name for name in sheet.header if name not in known)
    )


def _row_faults(line: int, values: Mapping[str, str], offices: Collection[str]) -> list[Fault]:
    words = {
        "urn": "" if _NUMBER.fullmatch(values["urn"]) else "use 1 to 32 letters, digits, dots and hyphens",
        "name": "" if 0 < len(values["name"]) <= 200 else "give a name of at most 200 characters",
        "region": "" if values["region"] in offices else "no regional office of the plan has this code",
        "name_zh": "" if len(values.get("name_zh", "")) <= 200 else "shorten it to 200 characters",
        "town": "" if len(values.get("town", "")) <= 80 else "shorten it to 80 characters",
        "level": "" if values.get("level", "") in LEVELS else "leave it empty, or write primary or secondary",
        "easting": _off_the_grid(values.get("easting", ""), *EASTINGS),
        "northing": _off_the_grid(values.get("northing", ""), *NORTHINGS),
    }
    if bool(values.get("easting")) != bool(values.get("northing")):
        words["northing"] = words["northing"] or "give easting and northing, or neither"
    words |= {
        name: "remove the invisible characters" for name in words if _CONTROL.search(values.get(name, ""))
    }
    return [
        Fault(line, name, repr(values.get(name, ""))[1:-1][:40], told) for name, told in words.items() if told
    ]


def _off_the_grid(text: str, least: int, most: int) -> str:
    """Why a coordinate cannot be taken; plain ASCII digits only, not `１２` or `1_000`."""
    if not text or (text.isascii() and text.isdigit() and len(text) <= 7 and least <= int(text) <= most):
        return ""
    return f"write whole metres from {least} to {most:,} in plain digits"


def _organisation(values: Mapping[str, str], kind: str) -> NewOrganisation:
    return NewOrganisation(
        code=f"{KINDS[kind]}-{values['urn']}",
        kind=kind,
        names={"en": values["name"], **({"zh": values["name_zh"]} if values.get("name_zh") else {})},
        parent_code=values["region"],
        level=values.get("level", ""),
        town=values.get("town", ""),
        easting=int(values["easting"]) if values.get("easting") else None,
        northing=int(values["northing"]) if values.get("northing") else None,
    )
