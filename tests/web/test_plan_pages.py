"""The plan from the office's file to the public pages, and bulletins as the only source of public numbers."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.factories import NOW, TargetFactory
from sojourn.core.proof import canonical_json, sha256_hex
from sojourn.monitoring.models import Bulletin, Figure
from sojourn.plan.models import Plan, Quota, Target
from sojourn.records.methods import check_proof

EXAMPLE = Path(__file__).parents[2] / "examples/two-rivers/plan.toml"
NUMBER = {"value": 120, "records_sha256": "a" * 64}
HIDDEN = {"value": None, "records_sha256": None}


def upload(name: str, content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def bulletin(target: Target, actual: dict, **changes) -> Bulletin:
    document = {
        "programme": {"en": "Two Rivers", "zh": "两江"},
        "plan": {"version": 1},
        "threshold": 10,
        "targets": [
            {
                "target": target.code,
                "component": target.component.code,
                "titles": target.component.titles,
                "indicator": target.indicator,
                "kind": target.kind,
                "starts_on": str(target.starts_on),
                "ends_on": str(target.ends_on),
                "amount": target.amount,
                "actual": actual,
            }
        ],
        "people": {
            "columns": [{"component": "A2", "titles": {"en": "Stays", "zh": "访学"}}],
            "rows": [{"region": "bath", "names": {"en": "Bath", "zh": "巴斯"}, "cells": [HIDDEN]}],
            "totals": [NUMBER],
        },
        "activities": {"columns": [], "rows": []},
        "definitions": [
            {
                "indicator": "people_taking_part",
                "version": 1,
                "titles": {"en": "People", "zh": "人数"},
                "counted": {"en": "Each person once.", "zh": "每人一次。"},
            }
        ],
        "changed_rules": [{"rule": "small_cell_public", "default": 10, "value": 12}],
        "corrects": None,
    }
    values = {
        "code": "spring",
        "status": "published",
        "starts_on": "2027-01-01",
        "ends_on": "2027-03-01",
        "document": document,
        "sha256": "b" * 64,
        "published_on": "2027-03-01",
    }
    return Bulletin.objects.create(**values | changes)


def test_plan_is_loaded_checked_published_and_split(officer: Client, client: Client) -> None:
    answer = officer.post("/office/plan/", upload("plan.toml", EXAMPLE.read_bytes()))
    assert answer["Location"] == "/office/plan/versions/1/"
    assert "P201" in officer.get("/office/plan/versions/1/").content.decode()
    assert client.get("/plan/").context["plan"] is None
    assert officer.post("/office/plan/versions/1/").status_code == 302
    assert officer.post("/office/quotas/A2-total/split/").status_code == 302
    assert sum(Quota.objects.values_list("amount", flat=True).order_by()) == 6000
    archive = zipfile.ZipFile(io.BytesIO(client.get("/plan/targets/A2-total/proof.zip").content))
    files = {name.removeprefix("quotas-A2-total/"): archive.read(name) for name in archive.namelist()}
    assert check_proof(files).ok


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.toml", b""),
        ("plan.toml", b"\xff\xfe\x00"),
        ("plan.toml", b"[[["),
    ],
)
def test_file_that_is_no_plan_is_told_and_not_kept(officer: Client, name: str, content: bytes) -> None:
    answer = officer.post("/office/plan/", upload(name, content or b"\n"))
    assert answer.status_code == 200
    assert [line.is_error for line in answer.context["findings"]][:1] == [True]
    assert Plan.objects.count() == 0


def test_contradictions_are_told_with_their_lines_and_nothing_is_kept(officer: Client) -> None:
    wrong = EXAMPLE.read_bytes().replace(b'kind = "total"', b'kind = "everything"', 1)
    answer = officer.post("/office/plan/", upload("plan.toml", wrong))
    [finding] = answer.context["findings"]
    assert (finding.code, re.sub(r"\d+", "N", finding.place)) == ("P027", "targets[N].kind (line N)")
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.docx", b"x", "upload.unknown_kind"),
        ("plan.xlsx", b"PK\x03\x04 not really", "upload.broken"),
        ("plan.xlsx", b"text", "upload.not_what_it_says"),
        ("plan.php.toml", b"x", "upload.two_endings"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_at_the_field(
    officer: Client, name: str, content: bytes, code: str
) -> None:
    answer = officer.post("/office/plan/", upload(name, content))
    assert [error.code for error in answer.context["form"].errors.as_data()["file"]] == [code]


def test_same_plan_again_is_refused_in_words(officer: Client, plan: Plan) -> None:
    answer = officer.post("/office/plan/", upload("plan.toml", EXAMPLE.read_bytes()))
    assert "This is version 1 again" in answer.content.decode()


def test_new_version_shows_its_difference_in_public(officer: Client, client: Client, plan: Plan) -> None:
    changed = EXAMPLE.read_bytes().replace(b'zh = "\xe4\xb8\xa4\xe6\xb1\x9f"', 'zh = "双江"'.encode(), 1)
    officer.post("/office/plan/", upload("plan.toml", changed))
    assert client.get("/plan/versions/2/").status_code == 404
    officer.post("/office/plan/versions/2/")
    changes = client.get("/plan/versions/2/").context["changes"]
    assert [(change.old, change.new) for change in changes] == [("两江", "双江")]


def test_public_plan_shows_the_tree_without_its_root(client: Client, plan: Plan) -> None:
    lines = client.get("/plan/").context["plan"].components
    assert [(line.code, line.depth) for line in lines[:3]] == [("A", 0), ("A1", 1), ("A2", 1)]


def test_public_numbers_are_those_of_the_newest_bulletin_and_no_fresher(
    client: Client, plan: Plan, office
) -> None:
    target = Target.objects.get(code="A2-total")
    Figure.objects.create(
        indicator=target.indicator,
        definition_version=1,
        component=target.component,
        organisation=office,
        starts_on="2027-02-01",
        ends_on="2027-03-01",
        value=987,
        records_sha256="0" * 64,
        seen_on="2027-03-01",
        computed_at=NOW,
    )
    assert "<b>" not in client.get("/plan/").content.decode().split("<main")[1].split("<aside")[0]
    bulletin(target, NUMBER)
    page = client.get("/plan/").content.decode()
    assert re.findall(r"<b>(.*?)</b> of", page) == ["120"]


def test_draft_bulletin_is_nowhere_in_public(client: Client, db) -> None:
    bulletin(TargetFactory(), NUMBER, status="draft", published_on=None)
    addresses = ["/bulletins/spring/1/", "/bulletins/spring/1/bulletin.json", "/bulletins/spring/1/en.pdf"]
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert "spring" not in client.get("/bulletins/").content.decode()


def test_hidden_count_is_a_star_and_its_page_gives_nothing_away(client: Client, db) -> None:
    target = TargetFactory(code="t")
    bulletin(target, HIDDEN)
    page = client.get("/bulletins/spring/1/").content.decode()
    assert page.count("✱</abbr>") == 2
    figure = client.get("/bulletins/spring/1/t/").content.decode()
    assert ("Hidden: a count of people under 10" in figure, "Fingerprint of the records" in figure) == (
        True,
        False,
    )


def test_figure_says_how_it_was_computed(client: Client, db) -> None:
    bulletin(TargetFactory(code="t"), NUMBER)
    page = client.get("/bulletins/spring/1/t/").content.decode()
    assert ("Each person once." in page, "a" * 64 in page, "<b>120</b> of 6,000" in page) == (
        True,
        True,
        True,
    )


def test_changed_rules_are_printed(client: Client, db) -> None:
    bulletin(TargetFactory(), NUMBER)
    assert (
        "<code>small_cell_public</code>: 10 → <b>12</b>"
        in client.get("/bulletins/spring/1/").content.decode()
    )


def test_document_is_handed_out_as_its_fingerprint_was_computed(client: Client, db) -> None:
    row = bulletin(TargetFactory(), NUMBER)
    content = client.get("/bulletins/spring/1/bulletin.json").content
    assert sha256_hex(content) == sha256_hex(canonical_json(row.document))


def test_every_public_page_stands_before_anything_happened(client: Client, db) -> None:
    addresses = ["/", "/plan/", "/calls/", "/draws/", "/bulletins/", "/log-in/"]
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize(
    "address",
    [
        "/calls/no/",
        "/draws/no/",
        "/draws/no/proof.zip",
        "/plan/targets/no/",
        "/plan/versions/9/",
        "/bulletins/no/1/",
    ],
)
def test_what_is_not_there_is_404(client: Client, db, address: str) -> None:
    assert client.get(address).status_code == 404
