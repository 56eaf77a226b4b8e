"""Shares of organisations, stated or to be computed, against the totals that they split."""

from collections import defaultdict
from collections.abc import Iterator

from sojourn.core.plan_check.findings import Code, Finding, Told, found
from sojourn.core.plan_check.model import Organisation, Plan, QuotaRule, Target
from sojourn.core.plan_check.targets import is_count
from sojourn.core.plan_check.tree import Tree


def check_quotas(plan: Plan, tree: Tree) -> Iterator[Finding]:
    """Stated quotas that miss their target, and rules by which no split is possible."""
    for target in plan.targets:
        yield from _stated(target)
    rules: dict[tuple[str, str], list[QuotaRule]] = defaultdict(list)
    for rule in plan.quota_rules:
        rules[rule.component, rule.indicator].append(rule)
    for key, same in rules.items():
        for rule in same:
            if len(same) > 1:
                told: Told = {"component": rule.component, "indicator": rule.indicator, "times": len(same)}
                yield found(Code.TWO_QUOTA_RULES, rule.place, **told)
            targets = [target for target in plan.targets if (target.component, target.indicator) == key]
            if rule.component in tree.components:
                yield from _use(rule, targets)
            yield from _rule(rule, plan, [target for target in targets if not target.quotas])


def _stated(target: Target) -> Iterator[Finding]:
    amounts = [target.amount, *target.quotas.values()]
    if not target.quotas or not all(is_count(amount) for amount in amounts):
        return
    quotas = sum(int(quota) for quota in target.quotas.values())
    if quotas != target.amount:
        told: Told = {"component": target.component, "indicator": target.indicator}
        place = f"{target.place}.quotas"
        yield found(Code.QUOTAS_NOT_TARGET, place, **told, quotas=quotas, total=int(target.amount))


def _use(rule: QuotaRule, targets: list[Target]) -> Iterator[Finding]:
    """A rule without a target to split does nothing."""
    if not any(not target.quotas for target in targets):
        yield found(Code.RULE_NOT_USED, rule.place, component=rule.component, indicator=rule.indicator)


def _rule(rule: QuotaRule, plan: Plan, targets: list[Target]) -> Iterator[Finding]:
    sharing = [organisation for organisation in plan.organisations if organisation.kind == rule.over]
    yield from _weights(rule, sharing)
    if rule.floor < 0 or (rule.cap is not None and rule.cap < 0):
        smallest = min(rule.floor, rule.floor if rule.cap is None else rule.cap)
        yield found(Code.NEGATIVE_QUOTA_RULE, rule.place, amount=smallest)
        return
    if rule.cap is not None and rule.floor > rule.cap:
        yield found(Code.QUOTA_FLOOR_ABOVE_CAP, f"{rule.place}.floor", floor=rule.floor, cap=rule.cap)
        return
    count = len({organisation.code for organisation in sharing})
    for target in targets:
        if not is_count(target.amount):
            continue
        told: Told = {"component": rule.component, "indicator": rule.indicator, "organisations": count}
        total = int(target.amount)
        if rule.floor * count > total:
            place = f"{rule.place}.floor"
            floors: Told = {"floor": rule.floor, "floors": rule.floor * count}
            yield found(
                Code.QUOTA_FLOORS_ABOVE_TOTAL, place, **told, **floors, total=total, target=target.code
            )
        if rule.cap is not None and rule.cap * count < total:
            place = f"{rule.place}.cap"
            caps: Told = {"cap": rule.cap, "caps": rule.cap * count}
            yield found(Code.QUOTA_CAPS_BELOW_TOTAL, place, **told, **caps, total=total, target=target.code)


def _weights(rule: QuotaRule, sharing: list[Organisation]) -> Iterator[Finding]:
    """Every sharing organisation needs the weight, none of it negative, and at least one more than 0."""
    lacking = sorted({item.code for item in sharing if item.weights.get(rule.weight, -1) < 0})
    if lacking or not any(item.weights.get(rule.weight, 0) > 0 for item in sharing):
        told: Told = {"weight": rule.weight, "over": rule.over, "count": len(lacking)}
        yield found(Code.NO_WEIGHT, f"{rule.place}.weight", **told, organisations=", ".join(lacking[:5]))
