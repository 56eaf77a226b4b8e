"""The plan in force: its document, and its components, targets and quotas as lists."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import FilterLookup, FilterSchema, Schema

from sojourn.api.declared import Reading, Resource, Texts, texts
from sojourn.api.door import Caller
from sojourn.api.reading import UNASKED, Code, Day
from sojourn.plan.models import Component, Plan, Quota, Target
from sojourn.records.refusal import UnseenError

TAG = _("Plan")


class PlanOut(Schema):
    """A version of the plan, with the document that its hash is taken over."""

    version: int
    sha256: str
    published_on: Day | None
    document: dict[str, Any]


class ComponentOut(Schema):
    """A part of the programme."""

    code: str
    titles: Texts
    parent: str | None
    track: str | None
    responsible: str | None
    position: int


class TargetOut(Schema):
    """A promised number; the period is half-open."""

    code: str
    component: str
    indicator: str
    kind: str
    starts_on: Day
    ends_on: Day
    amount: int


class QuotaOut(Schema):
    """One organisation's share of a target, and the run that computed it."""

    target: str
    organisation: str
    amount: int
    run: int


class TargetFilters(FilterSchema):
    """Which targets."""

    component: Annotated[Code, FilterLookup("component__code")] = UNASKED
    kind: Annotated[Literal["total", "floor_per_period", "cumulative"], FilterLookup("kind")] = UNASKED


class QuotaFilters(FilterSchema):
    """Which quotas."""

    target: Annotated[Code, FilterLookup("target__code")] = UNASKED
    organisation: Annotated[Code, FilterLookup("organisation__code")] = UNASKED


def _plan(_caller: Caller) -> PlanOut:
    row = Plan.objects.filter(status=Plan.Status.PUBLISHED).first()
    if row is None:
        raise UnseenError
    return PlanOut.model_construct(
        version=row.version, sha256=row.sha256, published_on=row.published_on, document=row.document
    )


def _components(_caller: Caller) -> QuerySet[Component]:
    return Component.objects.in_force().select_related("parent", "responsible")


def _show_components(_caller: Caller, rows: Sequence[Component]) -> list[ComponentOut]:
    return [
        ComponentOut.model_construct(
            code=row.code,
            titles=texts(row.titles),
            parent=row.parent.code if row.parent else None,
            track=row.track or None,
            responsible=row.responsible.code if row.responsible else None,
            position=row.position,
        )
        for row in rows
    ]


def _targets(_caller: Caller) -> QuerySet[Target]:
    return Target.objects.filter(plan__status=Plan.Status.PUBLISHED).select_related("component")


def _show_targets(_caller: Caller, rows: Sequence[Target]) -> list[TargetOut]:
    return [
        TargetOut.model_construct(
            code=row.code,
            component=row.component.code,
            indicator=row.indicator,
            kind=row.kind,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            amount=row.amount,
        )
        for row in rows
    ]


def _quotas(_caller: Caller) -> QuerySet[Quota]:
    published = Quota.objects.filter(target__plan__status=Plan.Status.PUBLISHED)
    return published.select_related("target", "organisation")


def _show_quotas(_caller: Caller, rows: Sequence[Quota]) -> list[QuotaOut]:
    return [
        QuotaOut.model_construct(
            target=row.target.code, organisation=row.organisation.code, amount=row.amount, run=row.run_id
        )
        for row in rows
    ]


PLAN = Reading(
    operation="plan.read", path="/plan", tag=TAG, summary=_("The plan in force"), read=_plan, out=PlanOut
)
COMPONENTS = Resource(
    name="components",
    tag=TAG,
    summary=_("Components in force"),
    out=ComponentOut,
    rows=_components,
    show=_show_components,
    orders={"position": ("position", "pk"), "code": ("code",)},
)
TARGETS = Resource(
    name="targets",
    tag=TAG,
    summary=_("Targets of the plan in force"),
    out=TargetOut,
    rows=_targets,
    show=_show_targets,
    filters=TargetFilters,
    orders={"code": ("code",), "starts_on": ("starts_on", "code")},
)
QUOTAS = Resource(
    name="quotas",
    tag=TAG,
    summary=_("Quotas that the targets were split into"),
    out=QuotaOut,
    rows=_quotas,
    show=_show_quotas,
    filters=QuotaFilters,
    orders={"target": ("target__code", "organisation__code"), "-amount": ("-amount", "pk")},
    keys={},
)
