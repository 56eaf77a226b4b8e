"""Published bulletins, with small numbers hidden as they were when it was published."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import FilterLookup, FilterSchema, Schema

from sojourn.api.declared import Number, Resource
from sojourn.api.door import Caller
from sojourn.api.reading import UNASKED, Code, Day
from sojourn.monitoring.models import Bulletin


class BulletinOut(Schema):
    """One edition of a bulletin; the hash is taken over the document's canonical JSON."""

    code: str
    edition: int
    starts_on: Day
    ends_on: Day
    published_on: Day | None
    sha256: str
    document: dict[str, Any]


class BulletinFilters(FilterSchema):
    """Which bulletins."""

    code: Annotated[Code, FilterLookup("code")] = UNASKED


def _rows(_caller: Caller) -> QuerySet[Bulletin]:
    return Bulletin.objects.published().defer("counts")


def _show(_caller: Caller, rows: Sequence[Bulletin]) -> list[BulletinOut]:
    return [
        BulletinOut.model_construct(
            code=row.code,
            edition=row.edition,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            published_on=row.published_on,
            sha256=row.sha256,
            document=row.document,
        )
        for row in rows
    ]


BULLETINS = Resource(
    name="bulletins",
    tag=_("Bulletins and figures"),
    summary=_("Published bulletins"),
    out=BulletinOut,
    rows=_rows,
    show=_show,
    filters=BulletinFilters,
    orders={"-ends_on": ("-ends_on", "-pk"), "ends_on": ("ends_on", "pk")},
    keys={"code": (Code, "code"), "edition": (Number, "edition")},
)
