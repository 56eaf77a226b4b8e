"""Find every contradiction in a plan at once.

`check_plan` takes the plan and a catalogue of what tracks can compute, and gives back all findings: stable
codes with places and values, no sentences. Whoever shows them chooses the language.
"""

from sojourn.core.plan_check.findings import Code, Finding, Severity, Value, reading_order
from sojourn.core.plan_check.model import (
    Catalogue,
    Component,
    CostCategory,
    CostRule,
    Every,
    Named,
    Organisation,
    Pair,
    Period,
    Plan,
    QuotaRule,
    Setting,
    Subsidy,
    Target,
    TargetKind,
    TrackOffer,
)
from sojourn.core.plan_check.money import check_money
from sojourn.core.plan_check.quotas import check_quotas
from sojourn.core.plan_check.refusals import check_refusals, measured_refusal
from sojourn.core.plan_check.safeguards import check_safeguards
from sojourn.core.plan_check.structure import check_structure
from sojourn.core.plan_check.sums import check_sums
from sojourn.core.plan_check.targets import check_targets
from sojourn.core.plan_check.tree import tree_of

__all__ = [
    "Catalogue",
    "Code",
    "Component",
    "CostCategory",
    "CostRule",
    "Every",
    "Finding",
    "Named",
    "Organisation",
    "Pair",
    "Period",
    "Plan",
    "QuotaRule",
    "Setting",
    "Severity",
    "Subsidy",
    "Target",
    "TargetKind",
    "TrackOffer",
    "Value",
    "check_plan",
    "measured_refusal",
]


def check_plan(plan: Plan, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Give every contradiction of a plan, all in one go.

    Args:
        plan: Components, targets, quotas and money of one programme. Nothing about it is taken for granted:
            codes may repeat or be unknown, the tree may have circles, amounts may be negative, fractional or
            not finite.
        catalogue: The tracks with their indicators and ages, and the judge of words that are never held.

    Returns:
        The findings, errors before warnings, then in reading order of their places. The order of the plan's
        tuples makes no difference; where two components share a code, the first in reading order stands for
        both. A sum is left out while one of its amounts is itself a finding. An empty tuple means that
        nothing contradicts anything.

    **Source:** the rules are the programme's own (a published plan must add up); safeguards are bounds handed
    in.
    """
    tree = tree_of(plan)
    findings = [
        *check_structure(plan, catalogue, tree),
        *check_targets(plan, catalogue, tree),
        *check_sums(plan, catalogue, tree),
        *check_quotas(plan, tree),
        *check_money(plan, tree),
        *check_refusals(plan, catalogue, tree),
        *check_safeguards(plan, catalogue),
    ]
    return tuple(sorted(findings, key=reading_order))
