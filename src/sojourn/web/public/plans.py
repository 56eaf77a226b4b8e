"""The plan as the public reads it: what is promised, how far it is reached, and how quotas were computed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404

from sojourn.plan.document import PlanDocument, QuotaRule
from sojourn.plan.models import Component, Plan, Quota, Target
from sojourn.web.figures import indicator_titles
from sojourn.web.labels import TARGET_KINDS, Label
from sojourn.web.plan_changes import ChangeLine, change_lines
from sojourn.web.public.bulletins import newest_targets
from sojourn.web.public.printed import TargetRow
from sojourn.web.public.proofs import proof_archive

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A promised number beside the number reached."""

    code: str
    indicator: Texts
    kind: Label
    is_total: bool
    starts_on: dt.date
    ends_on: dt.date
    amount: int
    reached: int | None  # None: not printed in a bulletin yet, or too few to be printed
    has_quotas: bool


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A component at its depth in the tree, with its targets."""

    code: str
    titles: Texts
    depth: int
    targets: tuple[TargetLine, ...]

    @property
    def headline(self) -> TargetLine | None:
        """The target that stands for the component where there is room for one: its first total."""
        totals = [line for line in self.targets if line.is_total]
        return next(iter(totals or self.targets), None)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the plan."""

    number: int
    status: str
    published_on: dt.date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan in force."""

    version: Version
    programme: Texts
    notice: Texts
    starts_on: dt.date
    ends_on: dt.date
    components: tuple[ComponentLine, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One organisation's share of a target, with the weight that it came from."""

    organisation: Texts
    weight: int | None
    exact: str
    amount: int


@dataclass(frozen=True, slots=True)
class TargetPage:
    """A target with its apportionment."""

    line: TargetLine
    component: Texts
    quotas: tuple[QuotaLine, ...]
    total_weight: int
    rule: QuotaRule | None
    commitment: str


def plan_page() -> PlanPage | None:
    """The plan in force with the numbers that the newest bulletin prints; None before the first plan."""
    plan = Plan.objects.filter(status=Plan.Status.PUBLISHED).first()
    if plan is None:
        return None
    targets = list(Target.objects.filter(plan=plan).order_by("starts_on", "ends_on", "kind", "code"))
    with_quotas = set(Quota.objects.filter(target__plan=plan).values_list("target_id", flat=True).distinct())
    components = list(Component.objects.in_force().order_by("position"))
    programme = PlanDocument.from_json(plan.document).programme
    return PlanPage(
        version=_version(plan),
        programme=programme.titles.model_dump(),
        notice=programme.notice.model_dump() if programme.notice else {},
        starts_on=programme.start,
        ends_on=programme.end,
        components=_tree(components, _lines(targets, newest_targets(), with_quotas)),
        versions=published_versions(),
    )


def published_versions() -> tuple[Version, ...]:
    """Every version that was ever in force, the newest first."""
    rows = Plan.objects.exclude(status=Plan.Status.DRAFT).defer("document").order_by("-version")
    return tuple(_version(row) for row in rows)


def target_page(code: str) -> TargetPage:
    """A target of the plan in force with the quotas that its total was split into.

    Raises:
        Http404: The plan in force has no such target.
    """
    target = (
        Target.objects.filter(plan__status=Plan.Status.PUBLISHED, code=code)
        .select_related("plan", "component")
        .first()
    )
    if target is None:
        raise Http404
    document = PlanDocument.from_json(target.plan.document)
    rule = _rule(document, target)
    weights = _weights(document, rule.weight) if rule else {}
    quotas = list(
        Quota.objects.filter(target=target)
        .select_related("organisation", "run")
        .order_by("-amount", "organisation__code")
    )
    total_weight = sum(weights.get(quota.organisation.code, 0) for quota in quotas)
    [line] = _lines([target], newest_targets(), {target.pk} if quotas else set()).values()
    return TargetPage(
        line=line[0],
        component=target.component.titles,
        quotas=tuple(_quota(quota, weights, total_weight, target.amount) for quota in quotas),
        total_weight=total_weight,
        rule=rule,
        commitment=quotas[0].run.commitment if quotas else "",
    )


def proof_of_quotas(code: str) -> bytes:
    """The proof of the run that split a target of the plan in force, as a zip file.

    Raises:
        Http404: The plan in force has no such target, or it is not split.
    """
    quota = (
        Quota.objects.filter(target__plan__status=Plan.Status.PUBLISHED, target__code=code)
        .select_related("run")
        .first()
    )
    if quota is None:
        raise Http404
    return proof_archive(quota.run, f"quotas-{code}")


def _version(plan: Plan) -> Version:
    return Version(plan.version, plan.status, plan.published_on, plan.sha256)


def _lines(
    targets: Iterable[Target], printed: Mapping[str, TargetRow], with_quotas: set[int]
) -> dict[int, list[TargetLine]]:
    lines: dict[int, list[TargetLine]] = {}
    for target in targets:
        line = TargetLine(
            code=target.code,
            indicator=indicator_titles(target.indicator),
            kind=TARGET_KINDS[target.kind],
            is_total=target.kind == Target.Kind.TOTAL,
            starts_on=target.starts_on,
            ends_on=target.ends_on,
            amount=target.amount,
            reached=_reached(printed.get(target.code)),
            has_quotas=target.pk in with_quotas,
        )
        lines.setdefault(target.component_id, []).append(line)
    return lines


def _reached(printed: TargetRow | None) -> int | None:
    return printed.actual.value if printed and printed.actual else None


def _tree(
    components: Sequence[Component], targets: Mapping[int, list[TargetLine]]
) -> tuple[ComponentLine, ...]:
    """The components in the order of the plan, each below its parent; the root is the programme itself."""
    below: dict[int | None, list[Component]] = {}
    for component in components:
        below.setdefault(component.parent_id, []).append(component)
    lines: list[ComponentLine] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for component in below.get(parent_id, []):
            own = tuple(sorted(targets.get(component.pk, []), key=lambda line: not line.is_total))
            lines.append(ComponentLine(component.code, component.titles, depth, own))
            walk(component.pk, depth + 1)

    for root in below.get(None, []):
        walk(root.pk, 0)
    return tuple(lines)


def _rule(document: PlanDocument, target: Target) -> QuotaRule | None:
    """The quota rule of the plan that splits this target; None where its quotas are written down."""
    wanted = (target.component.code, target.indicator)
    return next((rule for rule in document.quota_rules if (rule.component, rule.indicator) == wanted), None)


def _weights(document: PlanDocument, weight: str) -> dict[str, int]:
    """The weight of each organisation, by its code."""
    return {
        office.code: office.weights[weight] for office in document.organisations if weight in office.weights
    }


def _quota(quota: Quota, weights: Mapping[str, int], total_weight: int, amount: int) -> QuotaLine:
    weight = weights.get(quota.organisation.code)
    exact = f"{amount * weight / total_weight:,.2f}" if weight is not None and total_weight else "–"
    return QuotaLine(quota.organisation.names, weight, exact, quota.amount)


def two_versions(number: int) -> tuple[Version, Version, list[ChangeLine]]:
    """A version that was in force, the one before it, and every difference between them.

    Raises:
        Http404: There is no such version, or none before it.
    """
    rows = Plan.objects.exclude(status=Plan.Status.DRAFT).filter(version__lte=number).order_by("-version")[:2]
    newest = list(rows)
    if len(newest) < 2 or newest[0].version != number:
        raise Http404
    new, old = newest
    return _version(old), _version(new), change_lines(old.document, new.document)
