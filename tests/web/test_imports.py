"""The pages of an import: from the file to the rows, for the offices alone."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from apps.factories import AccountFactory, MembershipFactory, RegionFactory, SchoolFactory
from sojourn.registry.models import Membership, Organisation
from sojourn.sheets.models import Import

HOME, NEW = "/office/imports/", "/office/imports/new/organisations/"
SHEET = "urn,name,region,宗教\n1,Hill School,north,SECRET\n2,Сastle,north,SECRET\n"


@pytest.fixture(autouse=True)
def north(office: Organisation) -> Organisation:
    return RegionFactory(code="north", parent=office)


def send(client: Client, content: str | bytes, name: str = "schools.csv", scope: str = "office") -> str:
    """The address of the import; the text of the page where the file was refused."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(NEW, {"scope": scope, "file": SimpleUploadedFile(name, data)})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def mapped(**columns: str) -> dict[str, str]:
    return {
        "table": "0",
        "column-code": "0",
        "column-name": "1",
        "column-office": "2",
        "fixed-kind": "school",
    } | columns


def test_file_goes_from_upload_to_rows_and_back(officer: Client) -> None:
    place = send(officer, SHEET)
    page = officer.get(place).content.decode()
    assert ("is never held here (religion)" in page, "SECRET" in page) == (True, False)
    assert officer.post(place, mapped()).status_code == 302
    page = officer.get(place).content.decode()
    assert [words in page for words in ("Сastle", "only look alike", "Import the good rows only")] == [
        True
    ] * 3
    officer.post(f"{place}write/", {"only_good": "yes"})
    assert list(Organisation.objects.filter(kind="school").values_list("code", flat=True)) == ["urn-1"]
    marked = officer.get(f"{place}marked.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(marked)).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows] == [["Row", "urn", "name"], [3.0, "2", "Сastle"]]
    officer.post(f"{place}undo/")
    assert not Organisation.objects.filter(kind="school").exists()
    assert "Taken back" in officer.get(HOME).content.decode()


def test_whole_import_refuses_when_one_row_is_refused(officer: Client) -> None:
    place = send(officer, SHEET)
    officer.post(place, mapped())
    officer.post(f"{place}write/")
    assert "rows are refused" in officer.get(place).content.decode()
    assert not Organisation.objects.filter(kind="school").exists()


def test_page_asks_for_what_it_lacks(officer: Client) -> None:
    place = send(officer, SHEET)
    answer = officer.post(place, mapped() | {"fixed-kind": ""})
    assert "Say where to find Kind" in answer.content.decode()


def test_unreadable_file_is_told_at_its_field(officer: Client) -> None:
    assert "old .xls workbook" in send(officer, b"\xd0\xcf\x11\xe0" + b"\0" * 512, "a.xls")
    assert "empty" in send(officer, b"", "empty.csv")
    assert not Import.objects.exists()


def test_unknown_code_is_matched_on_the_page(officer: Client) -> None:
    place = send(officer, SHEET.replace("north", "former"))
    officer.post(place, mapped())
    assert 'name="match:office:former"' in officer.get(place).content.decode()
    officer.post(f"{place}match/", {"match:office:former": "north"})
    assert Import.objects.get().new == 1


def test_template_is_a_workbook(officer: Client) -> None:
    answer = officer.get(f"{NEW}template.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Organisations", "How to fill it in"]


def test_somebody_else_s_import_does_not_exist(officer: Client, log_in) -> None:
    place = send(officer, SHEET)
    others = [
        log_in(Membership.Role.REGIONAL_OFFICE, RegionFactory()),
        log_in(Membership.Role.INSTITUTION, SchoolFactory()),
    ]
    asked = [place, f"{place}progress/", f"{place}marked.xlsx"]
    assert [other.get(page).status_code for other in others for page in asked] == [404] * 6
    assert [other.post(f"{place}drop/").status_code for other in others] == [404, 404]


def test_progress_asks_for_the_page_again_when_the_work_is_done(officer: Client) -> None:
    place = send(officer, SHEET)
    Import.objects.update(status=Import.Status.CHECKING)
    page = officer.get(place).content.decode()
    assert (f'hx-get="{place}progress/"' in page, "Waiting for the worker" in page) == (True, True)
    assert "HX-Refresh" not in officer.get(f"{place}progress/")
    Import.objects.update(status=Import.Status.CHECKED)
    assert officer.get(f"{place}progress/")["HX-Refresh"] == "true"


def test_list_takes_the_same_queries_for_one_and_three(officer: Client) -> None:
    counted = []
    for more in (1, 2):
        for _ in range(more):
            send(officer, SHEET)
        with CaptureQueriesContext(connection) as queries:
            officer.get(HOME)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_account_that_lost_its_post_cannot_go_on(officer: Client, office: Organisation) -> None:
    place = send(officer, SHEET)
    officer.post(place, mapped())
    MembershipFactory(account=AccountFactory(), organisation=office, role=Membership.Role.PROGRAMME_OFFICE)
    office.memberships.update(ends_on="2027-03-01")
    assert officer.post(f"{place}write/", {"only_good": "yes"}).status_code == 404
