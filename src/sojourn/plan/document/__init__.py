"""The plan as a document: its schema, and its two files, TOML and workbook. Knows no database."""

from sojourn.plan.document.faults import Fault, LoadedPlan, UnreadablePlan
from sojourn.plan.document.loading import load_plan
from sojourn.plan.document.schema import (
    SCHEMA,
    Component,
    CostCategory,
    CostRule,
    Organisation,
    Pair,
    PlanDocument,
    Programme,
    QuotaRule,
    Ratio,
    Rules,
    Safeguards,
    Source,
    Subsidy,
    Target,
    Texts,
)
from sojourn.plan.document.toml_file import read_toml
from sojourn.plan.document.workbook import read_workbook
from sojourn.plan.document.workbook_writer import write_workbook

__all__ = [
    "SCHEMA",
    "Component",
    "CostCategory",
    "CostRule",
    "Fault",
    "LoadedPlan",
    "Organisation",
    "Pair",
    "PlanDocument",
    "Programme",
    "QuotaRule",
    "Ratio",
    "Rules",
    "Safeguards",
    "Source",
    "Subsidy",
    "Target",
    "Texts",
    "UnreadablePlan",
    "load_plan",
    "read_toml",
    "read_workbook",
    "write_workbook",
]
