"""Published plans with known contradictions, or known to have none."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sojourn.core.never_held import never_held
from sojourn.core.plan_check import (
    Catalogue,
    Component,
    CostCategory,
    CostRule,
    Finding,
    Named,
    Organisation,
    Period,
    Plan,
    Target,
    TrackOffer,
    check_plan,
)
from sojourn.plan.checking import check_document
from sojourn.plan.document import load_plan
from sojourn.plan.document.schema import DEFAULT_RATIOS

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-rivers"
BUDGET = Catalogue({"training": TrackOffer(frozenset({"share"}), (0, 99))}, never_held)
COMMISSION = Organisation("organisations[1]", "commission", "coordinating_office")
ERASMUS = Period(date(2014, 1, 1), date(2021, 1, 1))


@pytest.mark.parametrize("name", ["plan.toml", "plan.xlsx"])
def test_two_rivers_has_one_finding_that_its_floors_do_not_reach_its_total(name: str) -> None:
    """Source: examples/two-rivers; 30,000 volunteers in three years, at least 9,000 each year."""
    told = {"component": "B", "indicator": "people_taking_part", "periods": 3}
    sums = {"floors": 27_000, "total": 30_000, "difference": 3_000}
    assert check_document(load_plan(EXAMPLE / name).document) == (
        Finding("P201", "warning", "targets[7].amount", {**told, **sums}),
    )


def test_erasmus_budget_is_the_whole() -> None:
    """Source: Regulation (EU) No 1288/2013, Article 18: how the Erasmus+ budget 2014 to 2020 is shared."""
    shares = {
        "education_and_training": Decimal("77.5"),
        "student_loan_guarantee": Decimal("3.5"),
        "youth": Decimal(10),
        "jean_monnet": Decimal("1.9"),
        "sport": Decimal("1.8"),
        "national_agencies": Decimal("3.4"),
        "administration": Decimal("1.9"),
    }
    plan = Plan(
        period=ERASMUS,
        organisations=(COMMISSION,),
        components=(Component("components[1]", "erasmus", None, "training", "commission"),),
        sources=tuple(Named(f"sources[{code}]", code) for code in shares),
        cost_categories=(CostCategory("cost_categories[1]", "all", ("erasmus",)),),
        cost_rules=(CostRule("cost_rules[1]", "erasmus", "all", shares),),
    )
    assert check_plan(plan, BUDGET) == ()


def test_erasmus_minimum_shares_of_education_are_fifteen_short_of_the_whole() -> None:
    """Source: Regulation (EU) No 1288/2013, Article 18.

    At least 43 % of the share for education and training go to higher education, 22 % to vocational education
    and training, 15 % to schools and 5 % to adult learning.
    """
    minimums = {"education": 100, "higher": 43, "vocational": 22, "school": 15, "adult": 5}
    parts = [code for code in minimums if code != "education"]
    plan = Plan(
        period=ERASMUS,
        organisations=(COMMISSION,),
        components=(
            Component("components[education]", "education", None, None, "commission"),
            *(Component(f"components[{code}]", code, "education", "training") for code in parts),
        ),
        targets=tuple(
            Target(f"targets[{code}]", code, code, "share", "total", ERASMUS, Decimal(percent))
            for code, percent in minimums.items()
        ),
    )
    told = {"component": "education", "indicator": "share", "kind": "total", "children": 85, "total": 100}
    assert check_plan(plan, BUDGET) == (Finding("P203", "error", "targets[education].amount", told),)


def test_default_ratios_are_those_recommended_to_organisations() -> None:
    """Source: NSPCC Learning, recommended adult to child ratios: 1:6 (4-8), 1:8 (9-12), 1:10 (13-18)."""
    assert [(ratio.youngest, ratio.oldest, ratio.minors_per_adult) for ratio in DEFAULT_RATIOS] == [
        (4, 8, 6),
        (9, 12, 8),
        (13, 17, 10),  # who is 18 is no minor
    ]
