"""Organisations: offices and institutions of the tree. No post and no person is in it."""

from collections.abc import Sequence
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import FilterLookup, FilterSchema, Schema

from sojourn.api.declared import Resource, Texts, texts
from sojourn.api.door import Caller
from sojourn.api.reading import UNASKED, Code
from sojourn.registry.models import Organisation

Kind = Literal[
    "coordinating_office",
    "regional_office",
    "receiving_office",
    "school",
    "university",
    "employer",
    "training_centre",
]
Level = Literal["primary", "secondary"]


class OrganisationOut(Schema):
    """A body in the tree."""

    code: str
    kind: str
    names: Texts
    parent: str | None
    level: str | None
    town: str | None
    easting: int | None
    northing: int | None


class OrganisationFilters(FilterSchema):
    """Which organisations."""

    kind: Annotated[Kind, FilterLookup("kind")] = UNASKED
    level: Annotated[Level, FilterLookup("level")] = UNASKED
    parent: Annotated[Code, FilterLookup("parent__code")] = UNASKED
    within: Annotated[Code, FilterLookup("links_up__ancestor__code")] = UNASKED


def _rows(_caller: Caller) -> QuerySet[Organisation]:
    return Organisation.objects.select_related("parent")


def _show(_caller: Caller, rows: Sequence[Organisation]) -> list[OrganisationOut]:
    return [
        OrganisationOut.model_construct(
            code=row.code,
            kind=row.kind,
            names=texts(row.names),
            parent=row.parent.code if row.parent else None,
            level=row.level or None,
            town=row.town or None,
            easting=row.easting,
            northing=row.northing,
        )
        for row in rows
    ]


ORGANISATIONS = Resource(
    name="organisations",
    tag=_("Organisations"),
    summary=_("Offices and institutions"),
    out=OrganisationOut,
    rows=_rows,
    show=_show,
    filters=OrganisationFilters,
    orders={"code": ("code",), "-code": ("-code",), "kind": ("kind", "code")},
)
