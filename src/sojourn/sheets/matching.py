"""Which column of a file is which column of a kind: by what was said before, then by name and synonym."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sojourn.sheets.kinds import Kind
from sojourn.sheets.models import Import, RememberedMapping
from sojourn.sheets.reading.tables import plain

Mapped = dict[str, Any]
"""`columns`: name -> place in the table; `fixed`: name -> text for all rows; `orders`: name -> day, month."""


def signature(headers: Sequence[str]) -> str:
    """What files with the same headers have in common."""
    return hashlib.sha256("\n".join(plain(header) for header in headers).encode()).hexdigest()


def headers_of(table: Mapping[str, Any]) -> list[str]:
    """The headers of a staged table."""
    return [column["name"] for column in table["columns"]]


def proposed(kind: Kind, table: Mapping[str, Any], organisation_id: int) -> Mapped:
    """The mapping that the organisation confirmed for such a file before, or the best guess."""
    headers = headers_of(table)
    known = RememberedMapping.objects.filter(
        organisation_id=organisation_id, kind=kind.code, signature=signature(headers)
    ).first()
    mapped = known.mapping if known else {"columns": guessed(kind, headers), "fixed": {}, "orders": {}}
    return {**mapped, "orders": {**_orders(kind, table, mapped["columns"]), **mapped["orders"]}}


def guessed(kind: Kind, headers: Sequence[str]) -> dict[str, int]:
    """Columns by name or synonym; of two headers with the same meaning the first is taken."""
    places: dict[str, int] = {}
    for column in kind.columns:
        words = column.words()
        place = next((p for p, header in enumerate(headers) if plain(header) in words), None)
        if place is not None and place not in places.values():
            places[column.name] = place
    return places


def best_table(kind: Kind, tables: Sequence[Mapping[str, Any]]) -> int:
    """The table of the file with the most columns of the kind."""
    fits = [(len(guessed(kind, headers_of(table))), table["rows"] > 0) for table in tables]
    return fits.index(max(fits))


def undecided_days(kind: Kind, table: Mapping[str, Any], mapped: Mapped) -> list[str]:
    """The columns in whose dates day and month cannot be told apart, and of which nobody has said it."""
    return [
        name
        for name, place in mapped["columns"].items()
        if kind.column(name).type.needs_day_order
        and table["columns"][place]["undecided"]
        and name not in mapped["orders"]
    ]


def lacking(kind: Kind, mapped: Mapped) -> list[str]:
    """Needed columns that have neither a place in the file nor a value for all rows."""
    given = {*mapped["columns"], *(name for name, text in mapped["fixed"].items() if text)}
    return [column.name for column in kind.columns if column.needed and column.name not in given]


def remember(importing: Import) -> None:
    """Keep the confirmed mapping for the next file with the same headers."""
    headers = headers_of(importing.tables[importing.table])
    RememberedMapping.objects.update_or_create(
        organisation_id=importing.organisation_id,
        kind=importing.kind,
        signature=signature(headers),
        defaults={"mapping": importing.mapping},
    )


def _orders(kind: Kind, table: Mapping[str, Any], places: Mapping[str, int]) -> dict[str, str]:
    """What the columns themselves say of their dates: 31/12 is day first, 12/31 month first."""
    found: dict[str, str] = {}
    for name, place in places.items():
        column = table["columns"][place]
        if kind.column(name).type.needs_day_order and bool(column["day_first"]) != bool(
            column["month_first"]
        ):
            found[name] = "day" if column["day_first"] else "month"
    return found
