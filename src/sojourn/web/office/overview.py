"""The overview of an office: how far each component has come, by month and by region. Counts, never people.

Three queries whatever the size: the targets of the plan, the monthly figures, the quotas of one target.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sojourn.monitoring.queries import INSIDE, without_small
from sojourn.plan.models import Plan, Quota, Target
from sojourn.tracks.base import PEOPLE_TAKING_PART
from sojourn.web.figures import (
    Counted,
    counts_people,
    indicator_titles,
    monthly_counts,
    reached,
)
from sojourn.web.wording import in_language, is_chinese, month

Texts = Mapping[str, str]
PEOPLE = PEOPLE_TAKING_PART.code


@dataclass(frozen=True, slots=True)
class TargetReach:
    """One target of the plan, and how far it is reached."""

    code: str
    component_code: str
    component: Texts
    indicator: Texts
    starts_on: dt.date
    ends_on: dt.date
    amount: int
    reached: int | None  # None: too few to be shown


@dataclass(frozen=True, slots=True)
class RegionReach:
    """A region's quota, how far it is reached, and its place on the tile map."""

    code: str
    names: Texts
    column: int | None
    row: int | None
    quota: int
    reached: int | None  # None: too few to be shown


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What was counted in a month, for the components in the order of the page."""

    month: dt.date
    values: tuple[int | None, ...]  # None: too few to be shown


@dataclass(frozen=True, slots=True)
class Overview:
    """The page. `months` count people taking part in each of `components`; `chosen`, one of the `comparable`
    targets, is the one that the regions are compared by.
    """

    targets: tuple[TargetReach, ...]
    comparable: tuple[TargetReach, ...]
    components: tuple[Texts, ...]
    months: tuple[MonthLine, ...]
    chosen: TargetReach | None
    regions: tuple[RegionReach, ...]

    @property
    def progress_chart(self) -> dict[str, object]:
        """What charts.js draws as bars."""
        rows = [
            {"label": in_language(line.component), "reached": line.reached, "target": line.amount}
            for line in self.targets
        ]
        return {"rows": rows}

    @property
    def months_chart(self) -> dict[str, object]:
        """What charts.js draws as stacked columns."""
        series = [
            {"name": in_language(names), "values": [line.values[at] or 0 for line in self.months]}
            for at, names in enumerate(self.components)
        ]
        return {"months": [month(line.month) for line in self.months], "series": series}

    @property
    def map_chart(self) -> dict[str, object]:
        """What charts.js draws as a hexagon tile map: the regions that have a place on it."""
        tiles = [
            {
                "code": region.code,
                "label": in_language(region.names),
                "short": in_language(region.names)[: 2 if is_chinese() else 4],
                "column": region.column,
                "row": region.row,
                "reached": region.reached or 0,
                "target": region.quota,
            }
            for region in self.regions
            if region.column is not None
        ]
        return {"tiles": tiles}


def programme_overview(organisation_id: int, *, chosen_code: str = "") -> Overview:
    """The whole programme, seen from its coordinating office; `chosen_code` names the target by which the
    regions are compared.
    """
    targets = _targets()
    quotas = list(_quotas().select_related("organisation"))
    split = {quota.target_id for quota in quotas}
    comparable = [target for target in targets if target.pk in split]
    chosen = _chosen(comparable, chosen_code)
    own = Q(organisation=organisation_id)
    if chosen:
        own |= Q(component=chosen.component_id, indicator=chosen.indicator)
    counts = monthly_counts(own)
    here = [count for count in counts if count.organisation_id == organisation_id]
    lines = {target.pk: _reach(target, target.amount, here) for target in targets}
    return Overview(
        targets=tuple(lines.values()),
        comparable=tuple(lines[target.pk] for target in comparable),
        components=tuple(target.component.titles for target in _people_targets(targets)),
        months=_months(_people_targets(targets), here),
        chosen=lines[chosen.pk] if chosen else None,
        regions=_regions(chosen, quotas, counts) if chosen else (),
    )


def regional_overview(organisation_id: int) -> Overview:
    """A region's own share: its quota of each target in place of the total."""
    amounts = dict(_quotas().filter(organisation=organisation_id).values_list("target_id", "amount"))
    targets = [target for target in _targets() if target.pk in amounts]
    counts = monthly_counts(Q(organisation=organisation_id))
    return Overview(
        targets=tuple(_reach(target, amounts[target.pk], counts) for target in targets),
        comparable=(),
        components=tuple(target.component.titles for target in _people_targets(targets)),
        months=_months(_people_targets(targets), counts),
        chosen=None,
        regions=(),
    )


def _targets() -> list[Target]:
    """The totals of the plan in force; floors and milestones are parts of them."""
    rows = Target.objects.filter(plan__status=Plan.Status.PUBLISHED, kind=Target.Kind.TOTAL)
    return list(rows.select_related("component").order_by("component__position", "starts_on", "code"))


def _chosen(comparable: Sequence[Target], code: str) -> Target | None:
    """The target asked for; else the first that counts people taking part, else the first of all."""
    asked = [target for target in comparable if target.code == code]
    of_people = [target for target in comparable if target.indicator == PEOPLE]
    return next(iter([*asked, *of_people, *comparable]), None)


def _quotas() -> QuerySet[Quota]:
    return Quota.objects.filter(target__plan__status=Plan.Status.PUBLISHED).order_by("organisation__code")


def _people_targets(targets: Sequence[Target]) -> list[Target]:
    """One target of people taking part for each component that holds no other such component.

    People may be added up over these: a component above them would count them twice.
    """
    counting = {target.component_id: target for target in targets if target.indicator == PEOPLE}
    above = {target.component.parent_id for target in counting.values()}
    return [target for component_id, target in counting.items() if component_id not in above]


def _reach(target: Target, amount: int, counts: Sequence[Counted]) -> TargetReach:
    value = reached(counts, target.component_id, target.indicator, target.starts_on, target.ends_on)
    return TargetReach(
        code=target.code,
        component_code=target.component.code,
        component=target.component.titles,
        indicator=indicator_titles(target.indicator),
        starts_on=target.starts_on,
        ends_on=target.ends_on,
        amount=amount,
        reached=None if counts_people(target.indicator) and 0 < value < INSIDE else value,
    )


def _months(targets: Sequence[Target], counts: Sequence[Counted]) -> tuple[MonthLine, ...]:
    """People taking part by month and component, for the months that anything was counted in."""
    table: dict[dt.date, Counter[int]] = {}
    for count in counts:
        if count.indicator == PEOPLE:
            table.setdefault(count.month, Counter())[count.component_id] += count.value
    months = sorted(table)
    series = [without_small([table[start][target.component_id] for start in months]) for target in targets]
    return tuple(MonthLine(start, tuple(line[at] for line in series)) for at, start in enumerate(months))


def _regions(chosen: Target, quotas: Sequence[Quota], counts: Sequence[Counted]) -> tuple[RegionReach, ...]:
    by_region: dict[int, list[Counted]] = {}
    for count in counts:
        by_region.setdefault(count.organisation_id, []).append(count)
    shares = [quota for quota in quotas if quota.target_id == chosen.pk]
    values = [
        reached(
            by_region.get(quota.organisation_id, []),
            chosen.component_id,
            chosen.indicator,
            chosen.starts_on,
            chosen.ends_on,
        )
        for quota in shares
    ]
    shown = without_small(values) if counts_people(chosen.indicator) else values
    return tuple(
        RegionReach(
            code=quota.organisation.code,
            names=quota.organisation.names,
            column=quota.organisation.hex_column,
            row=quota.organisation.hex_row,
            quota=quota.amount,
            reached=value,
        )
        for quota, value in zip(shares, shown, strict=True)
    )
