"""Add institutions below one's office, many at once: all of them or none."""

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from sojourn.api.declared import Write
from sojourn.api.door import Caller
from sojourn.api.problems import Fault, invalid
from sojourn.api.reading import WHOLE, Code, Input
from sojourn.api.writes.texts import TextsIn
from sojourn.connections.scopes import OFFICES
from sojourn.records.refusal import UnseenError
from sojourn.registry.actions import NewOrganisation, add_organisations
from sojourn.registry.models import Organisation

MOST_ROWS = 1000
Metres = Annotated[int, Field(ge=0, le=1_400_000), WHOLE]


class OrganisationIn(Input):
    """One institution."""

    code: Code
    kind: Literal["school", "university", "employer", "training_centre"]
    names: TextsIn
    parent: Code
    level: Literal["primary", "secondary"] | None = None
    town: Annotated[str, Field(max_length=80)] | None = None
    easting: Metres | None = None
    northing: Metres | None = None


class OrganisationsIn(Input):
    """A batch of institutions."""

    rows: Annotated[list[OrganisationIn], Field(min_length=1, max_length=MOST_ROWS)]


class AddedOut(Schema):
    """The codes that are new, and those that were known and stay as they are."""

    added: list[str]
    known: list[str]


def _add(caller: Caller, batch: OrganisationsIn) -> tuple[AddedOut, str]:
    root = _own_office(caller)
    _check(root, batch)
    rows = [
        NewOrganisation(
            code=row.code,
            kind=row.kind,
            names=row.names.stored(),
            parent_code=row.parent,
            level=row.level or "",
            town=row.town or "",
            easting=row.easting,
            northing=row.northing,
        )
        for row in batch.rows
    ]
    numbers = add_organisations(by=caller.actor, parent=root, rows=rows, on=caller.on)
    new = set(Organisation.objects.filter(pk__in=numbers).values_list("code", flat=True).order_by())
    added = [row.code for row in batch.rows if row.code in new]
    known = sorted({row.code for row in batch.rows} - new)
    return AddedOut(added=added, known=known), "/organisations"


def _own_office(caller: Caller) -> Organisation:
    office = Organisation.objects.filter(pk__in=caller.actor.organisations(*OFFICES)).first()
    if office is None:
        raise UnseenError
    return office


def _check(root: Organisation, batch: OrganisationsIn) -> None:
    """Name every row at fault at once, where the action would stop at the first kind of fault."""
    offices = set(Organisation.objects.within(root.pk).values_list("code", flat=True).order_by())
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for place, row in enumerate(batch.rows):
        if row.parent not in offices:
            told = _("No organisation below your office has this code. Correct it, or add that office.")
            faults.append(_fault("organisation.unknown_office", place, "parent", str(told)))
        if first.setdefault(row.code, place) != place:
            told = _("This code stands in several rows. Keep one row for each institution.")
            faults.append(_fault("organisation.twice", place, "code", str(told)))
        if (row.easting is None) != (row.northing is None):
            told = _("Give easting and northing together, or neither.")
            faults.append(_fault("organisation.place", place, "easting", str(told)))
    if faults:
        raise invalid(faults)


def _fault(code: str, place: int, name: str, detail: str) -> Fault:
    return Fault(code=code, detail=detail, pointer=f"#/rows/{place}/{name}")


ADD = Write(
    verb="organisation.add",
    path="/organisations",
    tag=_("Organisations"),
    summary=_("Add institutions below one’s office: all of the rows or none"),
    body=OrganisationsIn,
    out=AddedOut,
    carry_out=_add,
)
