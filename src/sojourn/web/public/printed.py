"""What a published bulletin prints, as values for pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sojourn.web.labels import Label

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BulletinCard:
    """One edition in a list."""

    code: str
    edition: int
    starts_on: dt.date
    ends_on: dt.date
    published_on: dt.date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed number. `value` is None where a small count is hidden."""

    value: int | None
    records_sha256: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target beside its actual; `actual` is None where no indicator computes it yet."""

    code: str
    component_code: str
    component: Texts
    indicator_code: str
    indicator: Texts
    kind: Label
    starts_on: dt.date
    ends_on: dt.date
    amount: int
    actual: Cell | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: of what, and its cells in the order of the columns."""

    titles: Texts
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one title per column; `totals` is empty where columns are not added up."""

    columns: tuple[Texts, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DefinitionText:
    """What an indicator counts, in words."""

    code: str
    version: int
    titles: Texts
    counted: Texts


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """A number that a correction changed; None where it was not printed."""

    place: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What an edition corrects, and why."""

    edition: int
    reasons: Texts
    changes: tuple[ChangedNumber, ...]


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """One edition, whole."""

    card: BulletinCard
    programme: Texts
    plan_version: int
    threshold: int
    targets: tuple[TargetRow, ...]
    people: Table
    activities: Table
    definitions: tuple[DefinitionText, ...]
    changed_rules: tuple[Mapping[str, object], ...]
    correction: Correction | None
    newest_edition: int


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One printed actual and where it comes from."""

    card: BulletinCard
    row: TargetRow
    definition: DefinitionText | None
    counted_until: dt.date
    threshold: int
