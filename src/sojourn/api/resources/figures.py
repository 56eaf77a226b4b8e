"""An office's own monthly figures; where people are too few to be shown, the value is null."""

from collections.abc import Sequence
from typing import Annotated

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import FilterLookup, FilterSchema, Schema

from sojourn.api.declared import Number, Resource
from sojourn.api.door import Caller
from sojourn.api.reading import UNASKED, Code, Day
from sojourn.connections.scopes import OFFICES
from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries import hidden_figures


class FigureOut(Schema):
    """One computed value of an indicator in a month."""

    number: int
    indicator: str
    definition: int
    component: str
    organisation: str
    starts_on: Day
    ends_on: Day
    value: int | None
    seen_on: Day


class FigureFilters(FilterSchema):
    """Which figures."""

    indicator: Annotated[Code, FilterLookup("indicator")] = UNASKED
    component: Annotated[Code, FilterLookup("component__code")] = UNASKED
    starts_from: Annotated[Day, FilterLookup("starts_on__gte")] = UNASKED
    starts_before: Annotated[Day, FilterLookup("starts_on__lt")] = UNASKED


def _rows(caller: Caller) -> QuerySet[Figure]:
    own = Figure.objects.filter(organisation__in=caller.actor.organisations(*OFFICES))
    return own.exclude(component__track="").select_related("component", "organisation")


def _show(_caller: Caller, rows: Sequence[Figure]) -> list[FigureOut]:
    hidden = hidden_figures(rows)
    return [
        FigureOut.model_construct(
            number=row.pk,
            indicator=row.indicator,
            definition=row.definition_version,
            component=row.component.code,
            organisation=row.organisation.code,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            value=None if row.pk in hidden else row.value,
            seen_on=row.seen_on,
        )
        for row in rows
    ]


FIGURES = Resource(
    name="figures",
    tag=_("Bulletins and figures"),
    summary=_("Monthly figures of one’s own office"),
    out=FigureOut,
    rows=_rows,
    show=_show,
    scope="figures.own",
    filters=FigureFilters,
    orders={"-starts_on": ("-starts_on", "-pk"), "starts_on": ("starts_on", "pk")},
    keys={"number": (Number, "pk")},
)
