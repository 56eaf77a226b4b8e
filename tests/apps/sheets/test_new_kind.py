"""A new kind is one declaration: reading, mapping, dry run, undo, template and page follow from it."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineWorkbook

from apps.sheets.importing import checked, counts, faults, sent, undone, written
from sojourn.records.actor import SYSTEM
from sojourn.sheets import kinds
from sojourn.sheets.columns import Choice, Column, Day, Identifier, Text, Whole, both
from sojourn.sheets.kinds import Kind, Written, declare
from sojourn.sheets.templates import template_workbook

pytestmark = pytest.mark.django_db
VENUES: dict[str, dict[str, object]] = {}


@dataclass
class Everywhere:
    """Within nothing in particular."""

    organisation_id: int = 1


def write(*, by, within, new, changed, on) -> Written:
    VENUES.update({row["code"]: row for row in [*new, *(row for row, _before in changed)]})
    return Written([int(row["code"]) for row in new], [before for _row, before in changed])


def undo(*, by, within, made, before, on) -> int:
    for number in made:
        del VENUES[f"{number:03}"]
    return len(made)


@pytest.fixture
def venues(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kind]:
    """The one declaration."""
    VENUES.clear()
    monkeypatch.setattr(kinds, "KINDS", kinds.KINDS)
    yield declare(
        Kind(
            code="venues",
            title=_("Town"),
            columns=(
                Column(
                    "code", _("Row"), Identifier(), needed=True, synonyms=("venue", "场馆"), examples=("007",)
                ),
                Column("name", _("Name"), Text(20), needed=True, examples=("Hall",)),
                Column("seats", _("Number"), Whole(1, 900), examples=(12,)),
                Column("size", _("Kind"), Choice({"s": _("Primary"), "l": _("Secondary")})),
                Column("opens_on", _("Day"), Day(), examples=(dt.date(2027, 3, 1),)),
            ),
            key=("code",),
            scopes=lambda _by: [("", {"en": "Everywhere"})],
            enter=lambda _by, _scope: Everywhere(),
            known=lambda _within, keys: {key: VENUES[key[0]] for key in keys if key[0] in VENUES},
            write=write,
            undo=undo,
            actor=lambda _account, _on: SYSTEM,
        )
    )
    del kinds.KINDS["venues"]


def test_new_kind_is_read_checked_written_and_taken_back(tmp_path: Path, venues: Kind) -> None:
    text = (
        "场馆,名称,seats,opens_on\n007,Hall,12,31/12/2027\n008,Barn,１２,01/02/2028\n009,Loft,5,2027-02-30\n"
    )
    importing = checked(
        sent(tmp_path, text, kind="venues"), columns={"code": 0, "name": 1, "seats": 2, "opens_on": 3}
    )
    assert (importing.mapping["orders"], counts(importing)) == ({"opens_on": "day"}, (1, 0, 0, 2))
    assert faults(importing) == [(3, "seats", "１２"), (4, "opens_on", "2027-02-30")]
    written(importing, only_good=True)
    assert [(row["name"], row["seats"], row["opens_on"]) for row in VENUES.values()] == [
        ("Hall", 12, dt.date(2027, 12, 31))
    ]
    undone(importing)
    assert VENUES == {}


def test_template_of_a_new_kind_has_headers_notes_and_examples_in_both_languages(venues: Kind) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(template_workbook(venues)))
    rows, told = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert [str(cell) for cell in rows[0]] == [str(column.title) for column in venues.columns]
    assert [tuple(row[:2]) for row in told[1:]] == [both(column.title) for column in venues.columns]
    assert (told[1][5], told[3][5]) == ("007", 12)


def test_template_that_was_filled_in_is_read_back(tmp_path: Path, venues: Kind) -> None:
    content = template_workbook(venues)
    with pytest.raises(ValueError, match=r"file\.no_rows"):
        sent(tmp_path, content, kind="venues")
