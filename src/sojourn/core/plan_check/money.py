"""Who pays: one bearer for each cost, and shares that are the whole."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, localcontext

from sojourn.core.plan_check.findings import Code, Finding, Told, found
from sojourn.core.plan_check.model import CostRule, Plan
from sojourn.core.plan_check.targets import LARGEST
from sojourn.core.plan_check.tree import Tree

WHOLE = Decimal(100)


def check_money(plan: Plan, tree: Tree) -> Iterator[Finding]:
    """Shares that are not the whole, costs that nobody bears or two bear, subsidies that are no amount."""
    for rule in plan.cost_rules:
        yield from _shares(rule)
    for subsidy in plan.subsidies:
        if not subsidy.amount.is_finite() or not 0 <= subsidy.amount <= LARGEST:
            place = f"{subsidy.place}.amount"
            yield found(Code.UNUSABLE_AMOUNT, place, amount=str(subsidy.amount), largest=LARGEST)
    yield from _bearers(plan, tree)


def _shares(rule: CostRule) -> Iterator[Finding]:
    """Percentages from 0 to 100 that add up to exactly 100."""
    usable = True
    for source, share in rule.shares.items():
        if not share.is_finite() or not 0 <= share <= WHOLE:
            usable = False
            yield found(
                Code.SHARE_OUT_OF_RANGE, f"{rule.place}.shares.{source}", source=source, share=str(share)
            )
    if not usable:
        return
    with localcontext(prec=200):
        whole = sum(rule.shares.values(), Decimal(0))
        missing = WHOLE - whole
    if missing:
        told: Told = {"component": rule.component, "category": rule.category}
        yield found(Code.SHARES_NOT_WHOLE, f"{rule.place}.shares", **told, shares=whole, missing=missing)


def _bearers(plan: Plan, tree: Tree) -> Iterator[Finding]:
    """Each component without children, in each category that arises there, has exactly one rule.

    A rule for a component covers all below it.
    """
    covering: dict[tuple[str, str], list[CostRule]] = defaultdict(list)
    arising = {
        (leaf, category.code): category.place
        for category in reversed(plan.cost_categories)
        for component in category.components
        for leaf in tree.leaves(component)
    }
    known = {category.code for category in plan.cost_categories}
    for rule in plan.cost_rules:
        leaves = tree.leaves(rule.component)
        for leaf in leaves:
            covering[leaf, rule.category].append(rule)
        if leaves and rule.category in known and not any((leaf, rule.category) in arising for leaf in leaves):
            told: Told = {"component": rule.component, "category": rule.category}
            yield found(Code.COST_NOT_ARISING, f"{rule.place}.component", **told)
    for (leaf, category), place in arising.items():
        rules = covering[leaf, category]
        if not rules:
            yield found(Code.NO_BEARER, place, component=leaf, category=category)
        for rule in rules:
            if len(rules) > 1:
                told = {"component": leaf, "category": category, "times": len(rules)}
                yield found(Code.TWO_BEARERS, f"{rule.place}.bearer", **told)
