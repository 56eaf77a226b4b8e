"""Codes that are read off paper, the sheet's own code, and the help lines as data."""

import datetime as dt
from pathlib import Path

import pytest

from apps.outcomes import unseen
from apps.participation.world import office
from apps.safeguarding.cases import camp
from sojourn.registry.models import Membership
from sojourn.safeguarding.actions.sheets import issue_sheet
from sojourn.safeguarding.codes import ALPHABET, as_typed, in_groups, new_activity_code
from sojourn.safeguarding.contacts import ContactsError, Kind, read_contacts, statutory_contacts
from sojourn.safeguarding.models import ActivityCode
from sojourn.safeguarding.queries.incidents import activity_of

Role = Membership.Role
GOOD = """
[[contact]]
country = "NZ"
kind = "emergency"
number = "111"
names = { en = "Emergency", zh = "紧急" }
source = "police.govt.nz"
checked_on = 2026-11-02
"""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("abcd-efgh", "ABCDEFGH"),
        (" ab cd\t12 ", "ABCD12"),
        ("oil0", "0110"),
        ("ＡＢＣＤ１２３４", "ABCD1234"),
        ("u", "V"),
        ("१२३", ""),
        ("\x00\ud800😀\u202e", ""),
        ("", ""),
    ],
)
def test_code_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert as_typed(typed) == meant


def test_new_codes_can_be_typed_back() -> None:
    codes = {new_activity_code() for _ in range(200)}
    assert len(codes) == 200
    assert {as_typed(in_groups(code).lower()) for code in codes} == codes
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.django_db
def test_activity_keeps_its_one_code_and_old_sheets_still_work() -> None:
    lake = camp()
    codes = {
        issue_sheet(by=office(lake.opening.host, role), opening=lake.opening).code
        for role in (Role.INSTITUTION, Role.LEADER, Role.HOST)
    }
    [code] = codes
    assert ActivityCode.objects.count() == 1
    assert [activity_of(typed) for typed in (code, in_groups(code).lower(), "00000000", "")] == [
        lake.opening,
        lake.opening,
        None,
        None,
    ]


@pytest.mark.django_db
def test_sheet_is_made_by_those_who_run_the_activity() -> None:
    lake = camp()
    for by in (office(lake.region, Role.REGIONAL_OFFICE), office(lake.region, Role.LEADER)):
        with unseen():
            issue_sheet(by=by, opening=lake.opening)


def test_shipped_contacts_cover_danger_children_and_adults_in_every_country() -> None:
    contacts = statutory_contacts()
    kinds = {(contact.country, contact.kind) for contact in contacts}
    assert kinds == {(country, kind) for country in ("GB", "CN", "EU") for kind in Kind}
    assert {contact.number: contact.country for contact in contacts} == {
        "999": "GB",
        "0800 1111": "GB",
        "0808 800 5000": "GB",
        "110": "CN",
        "120": "CN",
        "12355": "CN",
        "12338": "CN",
        "112": "EU",
        "116 111": "EU",
        "116 000": "EU",
    }
    assert {contact.source != "" and contact.checked_on > dt.date(2026, 1, 1) for contact in contacts} == {
        True
    }


def test_site_names_its_own_file(tmp_path: Path, settings) -> None:
    own = tmp_path / "own.toml"
    own.write_text(GOOD, encoding="utf-8")
    settings.CONTACTS_FILE = str(own)
    [contact] = statutory_contacts()
    assert (contact.country, contact.dialled, contact.kind) == ("NZ", "111", Kind.EMERGENCY)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "names no contact"),
        ("[[contact", "cannot be read as TOML"),
        (GOOD.replace('source = "police.govt.nz"\n', ""), "contact 1: give exactly"),
        (GOOD.replace('"emergency"', '"friend"'), "kind is one of"),
        (GOOD.replace('"111"', '"call us"'), "number is digits"),
        (GOOD.replace(', zh = "紧急"', ""), "names has en and zh"),
        (GOOD.replace("2026-11-02", '"2026-11-02"'), "without quotation marks"),
    ],
)
def test_faulty_file_is_refused_with_its_place(tmp_path: Path, written: str, told: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(ContactsError, match=told) as caught:
        read_contacts(file)
    assert "own.toml" in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContactsError, match=r"none\.toml"):
        read_contacts(tmp_path / "none.toml")
