"""The plan checker: the reference programme, and one with ten times its organisations."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.measuring import median_time
from bench.row import Row

from sojourn.core.plan_check import Organisation, Plan, check_plan
from sojourn.plan.checking import CATALOGUE, as_checked
from sojourn.plan.document import load_plan

EXAMPLE = Path(__file__).parents[1] / "examples/two-rivers/plan.toml"
TIMES = 70


def measure() -> Iterator[Row]:
    plan = as_checked(load_plan(EXAMPLE).document)
    for checked in (plan, grown(plan)):
        found = check_plan(checked, CATALOGUE)
        size = f"{len(checked.organisations):,} organisations, {len(checked.targets)} targets"
        seconds = median_time(lambda checked=checked: check_plan(checked, CATALOGUE), repeat=5)
        yield Row("plan check", size, seconds, quality=f"{len(found)} finding")


def grown(plan: Plan) -> Plan:
    """The same plan with institutions below each regional office, as many as a large country has."""
    below = tuple(
        Organisation(f"{office.place}.{number}", f"{office.code}-{number}", "school", {}, office.code)
        for office in plan.organisations
        if office.kind == "regional_office"
        for number in range(TIMES)
    )
    return replace(plan, organisations=(*plan.organisations, *below))
