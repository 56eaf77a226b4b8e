"""Each target on its own: its amount, its period, and whether its track can compute it."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from sojourn.core.plan_check.findings import Code, Finding, Told, found, nearest
from sojourn.core.plan_check.model import Catalogue, Plan, Target
from sojourn.core.plan_check.refusals import measured_refusal
from sojourn.core.plan_check.tree import Tree

LARGEST = 10**12
"""No plan counts more than this; larger amounts are slips of the keyboard."""


def check_targets(plan: Plan, catalogue: Catalogue, tree: Tree) -> Iterator[Finding]:
    """Amounts that are no counts, periods that do not fit, measures that nobody computes, targets stated
    twice.
    """
    for target in plan.targets:
        yield from _amounts(target)
        yield from _period(target, plan)
        yield from _indicator(
            f"{target.place}.indicator", target.component, target.indicator, catalogue, tree
        )
    for rule in plan.quota_rules:
        yield from _indicator(f"{rule.place}.indicator", rule.component, rule.indicator, catalogue, tree)
    times = Counter(_identity(target) for target in plan.targets)
    for target in plan.targets:
        if times[_identity(target)] > 1:
            params: Told = {"component": target.component, "indicator": target.indicator, "kind": target.kind}
            yield found(Code.DUPLICATE_TARGET, target.place, **params, times=times[_identity(target)])


def is_count(amount: Decimal) -> bool:
    """Whether an amount is a whole number from 0 to the largest allowed."""
    return amount.is_finite() and 0 <= amount <= LARGEST and amount == amount.to_integral_value()


def unusable_amount(amount: Decimal, place: str) -> Iterator[Finding]:
    """What is wrong with an amount that should be a count."""
    if not amount.is_finite() or abs(amount) > LARGEST:
        yield found(Code.UNUSABLE_AMOUNT, place, amount=str(amount), largest=LARGEST)
    elif amount < 0:
        yield found(Code.NEGATIVE_AMOUNT, place, amount=str(amount))
    elif not is_count(amount):
        yield found(Code.FRACTIONAL_AMOUNT, place, amount=str(amount))


def _identity(target: Target) -> tuple[object, ...]:
    return (target.component, target.indicator, target.kind, target.period, target.every)


def _amounts(target: Target) -> Iterator[Finding]:
    yield from unusable_amount(target.amount, f"{target.place}.amount")
    for organisation, quota in target.quotas.items():
        yield from unusable_amount(quota, f"{target.place}.quotas.{organisation}")


def _period(target: Target, plan: Plan) -> Iterator[Finding]:
    dates: Told = {"start": f"{target.period.start}", "end": f"{target.period.end}"}
    if target.period.start >= target.period.end:
        yield found(Code.EMPTY_PERIOD, f"{target.place}.end", **dates)
        return
    if not plan.period.holds(target.period):
        side = "start" if target.period.start < plan.period.start else "end"
        limits: Told = {"from_date": f"{plan.period.start}", "to_date": f"{plan.period.end}"}
        yield found(Code.OUTSIDE_PERIOD, f"{target.place}.{side}", **dates, **limits)
    if target.every is not None and target.period.count(target.every) is None:
        yield found(Code.UNEVEN_PERIOD, f"{target.place}.every", every=target.every, **dates)


def _indicator(
    place: str, component: str, indicator: str, catalogue: Catalogue, tree: Tree
) -> Iterator[Finding]:
    """A measure that no track of the component computes; forbidden measures are told elsewhere, once."""
    tracks = tree.tracks(component) & catalogue.tracks.keys()
    offered = {code for track in tracks for code in catalogue.tracks[track].indicators}
    if not tracks or indicator in offered or measured_refusal(indicator):
        return
    yield found(
        Code.NOT_COMPUTED,
        place,
        indicator=indicator,
        component=component,
        tracks=", ".join(sorted(tracks)),
        offered=", ".join(sorted(offered)),
        nearest=nearest(indicator, offered),
    )
