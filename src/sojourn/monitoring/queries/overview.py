"""How far the programme has come, for an office: by target, by month, by region. Counts, never people.

Four queries (three for a named office) whatever the size, all from figures.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sojourn.monitoring.indicators import DEFINITIONS, About
from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries.small import without_small
from sojourn.plan.models import Plan, Quota, Target
from sojourn.registry.models import Organisation


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target, or the office's quota of it, and what was reached to date; None where people are too few."""

    target: str
    component: str
    titles: Mapping[str, str]
    indicator: str
    kind: str
    starts_on: dt.date
    ends_on: dt.date
    amount: int
    actual: int | None


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """What one month added to an indicator of a component; None where people are too few to be shown."""

    component: str
    indicator: str
    month: dt.date
    value: int | None


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region's quota of one target against what it reached; None where people are too few to be shown."""

    target: str
    region: str
    names: Mapping[str, str]
    column: int | None
    row: int | None
    quota: int
    actual: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of one office; `regions` is empty for a regional office, whose targets are its quotas."""

    targets: tuple[TargetLine, ...]
    months: tuple[MonthPoint, ...]
    regions: tuple[RegionLine, ...]


def overview(organisation_id: int | None, on: dt.date) -> Overview:
    """The overview of an office, or of the coordinating office when none is named, up to the day.

    Figures of months that begin after `on` (places offered ahead) are left out.
    """
    targets = _targets()
    quotas = _quotas()
    root = organisation_id is None
    places = [quota.organisation_id for quota in quotas] if root else []
    figures = _figures(on, _office_id() if organisation_id is None else organisation_id, places, targets)
    own = organisation_id if organisation_id is not None else figures.own
    amounts = {quota.target_id: quota.amount for quota in quotas if quota.organisation_id == own}
    shown = targets if root else [target for target in targets if target.pk in amounts]
    return Overview(
        targets=tuple(_line(row, row.amount if root else amounts[row.pk], figures) for row in shown),
        months=_months(figures.months),
        regions=tuple(line for row in targets for line in _regions(row, quotas, figures)) if root else (),
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """The office's own figures by month, and every place's by target code."""

    own: int
    months: Mapping[tuple[str, str, dt.date], int]
    reached: Mapping[int, Counter[int]]


def _targets() -> list[Target]:
    rows = Target.objects.filter(plan__status=Plan.Status.PUBLISHED).select_related("component")
    return list(rows.order_by("component__position", "starts_on", "kind", "code"))


def _quotas() -> list[Quota]:
    rows = Quota.objects.filter(target__plan__status=Plan.Status.PUBLISHED).select_related("organisation")
    return list(rows.order_by("organisation__code", "target_id"))


def _office_id() -> int:
    """The coordinating office's id; 0, which nobody has, before there is one."""
    offices = Organisation.objects.filter(kind=Organisation.Kind.COORDINATING_OFFICE)
    return offices.values_list("pk", flat=True).order_by("code").first() or 0


def _figures(on: dt.date, own: int, places: Sequence[int], targets: Sequence[Target]) -> _Figures:
    wanted: defaultdict[tuple[int, str], list[Target]] = defaultdict(list)
    for target in targets:
        wanted[target.component_id, target.indicator].append(target)
    rows = Figure.objects.filter(organisation__in={own, *places}, starts_on__lte=on).order_by()
    names = ("component_id", "component__code", "indicator", "organisation_id", "starts_on", "value")
    months: Counter[tuple[str, str, dt.date]] = Counter()
    reached: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for component_id, code, indicator, place, month, value in rows.values_list(*names).iterator():
        if place == own:
            months[code, indicator, month] += value
        for target in wanted.get((component_id, indicator), ()):
            if target.starts_on <= month < target.ends_on:
                reached[target.pk][place] += value
    return _Figures(own, months, reached)


def _months(months: Mapping[tuple[str, str, dt.date], int]) -> tuple[MonthPoint, ...]:
    series: defaultdict[tuple[str, str], list[tuple[dt.date, int]]] = defaultdict(list)
    for (component, indicator, month), value in sorted(months.items()):
        series[component, indicator].append((month, value))
    return tuple(
        MonthPoint(component, indicator, month, value)
        for (component, indicator), points in series.items()
        for (month, _count), value in zip(points, _shown(indicator, [v for _m, v in points]), strict=True)
    )


def _shown(indicator: str, values: Sequence[int]) -> Sequence[int | None]:
    """The values as offices see them."""
    definition = DEFINITIONS.get(indicator)
    tells_of_people = definition is None or definition.about is not About.ACTIVITIES
    return without_small(values) if tells_of_people else values


def _line(target: Target, amount: int, figures: _Figures) -> TargetLine:
    reached = figures.reached.get(target.pk, Counter())[figures.own]
    return TargetLine(
        target=target.code,
        component=target.component.code,
        titles=target.component.titles,
        indicator=target.indicator,
        kind=target.kind,
        starts_on=target.starts_on,
        ends_on=target.ends_on,
        amount=amount,
        actual=_shown(target.indicator, [reached])[0],
    )


def _regions(target: Target, quotas: Sequence[Quota], figures: _Figures) -> list[RegionLine]:
    shares = [quota for quota in quotas if quota.target_id == target.pk]
    values = [figures.reached.get(target.pk, Counter())[quota.organisation_id] for quota in shares]
    return [
        RegionLine(
            target=target.code,
            region=quota.organisation.code,
            names=quota.organisation.names,
            column=quota.organisation.hex_column,
            row=quota.organisation.hex_row,
            quota=quota.amount,
            actual=actual,
        )
        for quota, actual in zip(shares, _shown(target.indicator, values), strict=True)
    ]
