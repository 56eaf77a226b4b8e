"""Published bulletins, as anyone may read them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sojourn.monitoring.models import Bulletin
from sojourn.records.refusal import UnseenError


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """A published edition in a list."""

    code: str
    edition: int
    starts_on: dt.date
    ends_on: dt.date
    published_on: dt.date
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedBulletin:
    """A published edition with its document; `newer` is the number of a later edition, if there is one."""

    line: BulletinLine
    document: dict[str, Any]
    newer: int | None


def bulletins() -> list[BulletinLine]:
    """Every published edition, the newest period and edition first: one query, without the documents."""
    return [_line(row) for row in Bulletin.objects.published().defer("document", "counts")]


def bulletin(code: str, edition: int | None = None) -> PublishedBulletin:
    """A published edition, the newest if none is named: one query. Raises UnseenError if there is none."""
    editions = list(Bulletin.objects.published().filter(code=code).defer("counts").order_by("edition"))
    wanted = [row for row in editions if edition is None or row.edition == edition]
    if not wanted:
        raise UnseenError
    row, newest = wanted[-1], editions[-1].edition
    return PublishedBulletin(_line(row), row.document, newest if newest > row.edition else None)


def _line(row: Bulletin) -> BulletinLine:
    assert row.published_on is not None  # noqa: S101 - the database checks it
    return BulletinLine(row.code, row.edition, row.starts_on, row.ends_on, row.published_on, row.sha256)
