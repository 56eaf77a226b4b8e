"""Bulletins as the public reads them. Only what a published edition prints is ever shown in public."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404

from sojourn.monitoring.models import Bulletin
from sojourn.web.figures import indicator_titles
from sojourn.web.labels import TARGET_KINDS
from sojourn.web.public.printed import (
    BulletinCard,
    BulletinPage,
    Cell,
    ChangedNumber,
    Correction,
    DefinitionText,
    FigurePage,
    Table,
    TableRow,
    TargetRow,
)

Document = Mapping[str, Any]


def published_bulletins() -> list[BulletinCard]:
    """Every published edition, the newest first."""
    rows = Bulletin.objects.published().defer("document", "counts").order_by("-ends_on", "code", "-edition")
    return [_card(row) for row in rows]


def newest_targets() -> dict[str, TargetRow]:
    """The targets with their actuals as the newest published bulletin prints them, by code.

    Public pages show no fresher number: the difference between it and the printed one could tell of a person.
    """
    newest = Bulletin.objects.published().order_by("-ends_on", "-published_on", "-edition").first()
    rows = _target_rows(newest.document) if newest else ()
    return {row.code: row for row in rows}


def bulletin_page(code: str, edition: int) -> BulletinPage:
    """One published edition.

    Raises:
        Http404: There is no such edition, or it is a draft.
    """
    bulletin = _published(code, edition)
    document = bulletin.document
    editions = Bulletin.objects.published().filter(code=code).values_list("edition", flat=True)
    people, activities = document["people"], document["activities"]
    return BulletinPage(
        card=_card(bulletin),
        programme=document["programme"],
        plan_version=document["plan"]["version"],
        threshold=document["threshold"],
        targets=_target_rows(document),
        people=Table(
            columns=tuple(column["titles"] for column in people["columns"]),
            rows=tuple(TableRow(row["names"], _cells(row["cells"])) for row in people["rows"]),
            totals=_cells(people["totals"]),
        ),
        activities=Table(
            columns=tuple(indicator_titles(column["indicator"]) for column in activities["columns"]),
            rows=tuple(TableRow(row["titles"], _cells(row["cells"])) for row in activities["rows"]),
            totals=(),
        ),
        definitions=_definitions(document),
        changed_rules=tuple(document["changed_rules"]),
        correction=_correction(document["corrects"]),
        newest_edition=max(editions.order_by()),
    )


def figure_page(code: str, edition: int, target: str) -> FigurePage:
    """One printed actual of an edition, and where it comes from.

    Raises:
        Http404: No such published edition, or it prints no actual of this target.
    """
    bulletin = _published(code, edition)
    row = next((row for row in _target_rows(bulletin.document) if row.code == target), None)
    if row is None or row.actual is None:
        raise Http404
    known = {found.code: found for found in _definitions(bulletin.document)}
    return FigurePage(
        card=_card(bulletin),
        row=row,
        definition=known.get(row.indicator_code),
        counted_until=min(row.ends_on, bulletin.ends_on),
        threshold=bulletin.document["threshold"],
    )


def printed(code: str, edition: int) -> Document:
    """The document of a published edition; its canonical JSON is what the fingerprint is taken over.

    Raises:
        Http404: There is no such edition, or it is a draft.
    """
    document: Document = _published(code, edition).document
    return document


def _published(code: str, edition: int) -> Bulletin:
    bulletin = Bulletin.objects.published().filter(code=code, edition=edition).first()
    if bulletin is None:
        raise Http404
    return bulletin


def _card(row: Bulletin) -> BulletinCard:
    return BulletinCard(row.code, row.edition, row.starts_on, row.ends_on, row.published_on, row.sha256)


def _target_rows(document: Document) -> tuple[TargetRow, ...]:
    return tuple(
        TargetRow(
            code=row["target"],
            component_code=row["component"],
            component=row["titles"],
            indicator_code=row["indicator"],
            indicator=indicator_titles(row["indicator"]),
            kind=TARGET_KINDS[row["kind"]],
            starts_on=dt.date.fromisoformat(row["starts_on"]),
            ends_on=dt.date.fromisoformat(row["ends_on"]),
            amount=row["amount"],
            actual=_cell(row["actual"]) if row["actual"] else None,
        )
        for row in document["targets"]
    )


def _definitions(document: Document) -> tuple[DefinitionText, ...]:
    return tuple(
        DefinitionText(found["indicator"], found["version"], found["titles"], found["counted"])
        for found in document["definitions"]
    )


def _correction(corrects: Document | None) -> Correction | None:
    if corrects is None:
        return None
    changes = tuple(
        ChangedNumber(
            " · ".join(filter(None, (change["table"], change["row"], change["column"]))),
            change["before"],
            change["after"],
        )
        for change in corrects["changes"]
    )
    return Correction(corrects["edition"], corrects["reasons"], changes)


def _cells(cells: list[Document]) -> tuple[Cell, ...]:
    return tuple(_cell(cell) for cell in cells)


def _cell(cell: Document) -> Cell:
    return Cell(cell["value"], cell["records_sha256"] or "")
