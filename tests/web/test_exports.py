"""Exports: the columns of the import, typed cells, nothing that runs, and read back as the same."""

import csv
import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from apps.factories import RegionFactory, SchoolFactory
from apps.sheets.importing import checked, counts, sent
from sojourn.records.actor import SYSTEM
from sojourn.registry.models import Membership, Organisation
from sojourn.sheets.exporting import csv_lines, export_workbook
from sojourn.sheets.kinds import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(office: Organisation) -> Organisation:
    region = RegionFactory(code="north", parent=office)
    SchoolFactory(code="urn-00042", parent=region, names={"en": "=cmd|' /C calc'!A0"}, easting=1, northing=2)
    SchoolFactory(code="urn-7", parent=region, names={"en": "Hill", "zh": "山学校"}, town="-Bath")
    return region


def test_csv_has_no_cell_that_runs(officer: Client, north: Organisation) -> None:
    answer = officer.get("/office/exports/organisations/office.csv")
    text = answer.content.decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[1][2] == "'=cmd|' /C calc'!A0"
    assert (rows[2][3], rows[2][6]) == ("山学校", "'-Bath")
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def test_workbook_has_one_visible_sheet_of_typed_cells(officer: Client, north: Organisation) -> None:
    content = officer.get("/office/exports/organisations/office.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python()
    assert (len(book.sheet_names), len(rows)) == (1, 3)
    assert [rows[1][place] for place in (0, 2, 7, 8)] == ["urn-00042", "=cmd|' /C calc'!A0", 1.0, 2.0]


def test_export_is_read_back_as_the_same(tmp_path, north: Organisation) -> None:
    Organisation.objects.filter(code="urn-00042").update(names={"en": "Lake"})
    kind = KINDS["organisations"]
    target = io.BytesIO()
    assert export_workbook(kind, kind.rows(kind.enter(SYSTEM, "")), target) == 2
    for content in (
        target.getvalue(),
        "".join(csv_lines(kind, kind.rows(kind.enter(SYSTEM, "")))).replace("'-", "-"),
    ):
        assert counts(checked(sent(tmp_path, content))) == (0, 0, 2, 0)


def test_export_of_another_office_does_not_exist(log_in, north: Organisation) -> None:
    stranger = log_in(Membership.Role.REGIONAL_OFFICE, RegionFactory(code="south"))
    asked = [f"/office/exports/organisations/{code}.csv" for code in ("north", "office", "nowhere")]
    assert [stranger.get(page).status_code for page in asked] == [404] * 3
    assert stranger.get("/office/exports/organisations/south.pdf").status_code == 404
