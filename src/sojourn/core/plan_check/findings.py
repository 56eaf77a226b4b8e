"""Findings: a stable code, a severity, a place, and the values that a sentence about it needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal

Severity = Literal["error", "warning"]
Value = str | int | Decimal
Told = dict[str, Value]


class Code(StrEnum):
    """The stable codes: P1 structure, P2 targets, P3 quotas, P4 money, P5 refusals, P6 safeguards."""

    DUPLICATE_CODE = "P101"
    UNKNOWN_CODE = "P102"
    CIRCLE = "P103"
    NO_RESPONSIBLE = "P104"
    NO_TRACK = "P105"
    WRONG_KIND = "P106"
    EMPTY_PROGRAMME = "P107"
    NO_COMPONENT = "P108"

    FLOORS_BELOW_TOTAL = "P201"
    FLOORS_ABOVE_TOTAL = "P202"
    CHILDREN_NOT_PARENT = "P203"
    OUTSIDE_PERIOD = "P204"
    EMPTY_PERIOD = "P205"
    UNEVEN_PERIOD = "P206"
    NOT_COMPUTED = "P207"
    NEGATIVE_AMOUNT = "P208"
    FRACTIONAL_AMOUNT = "P209"
    UNUSABLE_AMOUNT = "P210"
    DUPLICATE_TARGET = "P211"
    FALLING_MILESTONE = "P212"
    MILESTONE_NOT_TOTAL = "P213"
    PARTS_NOT_WHOLE = "P214"
    OVERLAPPING_FLOORS = "P215"

    QUOTAS_NOT_TARGET = "P301"
    QUOTA_FLOORS_ABOVE_TOTAL = "P302"
    QUOTA_CAPS_BELOW_TOTAL = "P303"
    QUOTA_FLOOR_ABOVE_CAP = "P304"
    NO_WEIGHT = "P305"
    RULE_NOT_USED = "P306"
    NEGATIVE_QUOTA_RULE = "P307"
    TWO_QUOTA_RULES = "P308"

    SHARES_NOT_WHOLE = "P401"
    NO_BEARER = "P402"
    TWO_BEARERS = "P403"
    SHARE_OUT_OF_RANGE = "P404"
    COST_NOT_ARISING = "P405"

    FORBIDDEN_MEASURE = "P501"
    NEVER_HELD = "P502"

    BELOW_BOUND = "P601"
    ABOVE_BOUND = "P602"
    AGES_OUTSIDE_TRACK = "P603"


WARNINGS = frozenset({Code.FLOORS_BELOW_TOTAL, Code.RULE_NOT_USED})


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: what (code), how grave, where (a path into the plan), and the values for its
    sentence.
    """

    code: str
    severity: Severity
    place: str
    params: Mapping[str, Value]


def found(code: Code, place: str, /, **params: Value) -> Finding:
    """A finding with the severity that belongs to its code."""
    return Finding(str(code), "warning" if code in WARNINGS else "error", place, params)


def natural(place: str) -> tuple[tuple[int, str], ...]:
    """The order in which a reader meets places: `targets[9]` before `targets[10]`."""
    parts = re.findall(r"[0-9]+|[^0-9]+", place)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def reading_order(finding: Finding) -> tuple[object, ...]:
    """Errors before warnings, then by place, code and values: the order never depends on the order of the
    plan.
    """
    return (
        finding.severity != "error",
        natural(finding.place),
        finding.code,
        str(sorted(finding.params.items())),
    )


def nearest(code: str, known: set[str]) -> str:
    """The known code most like an unknown one, or nothing; ties go to the first in the alphabet."""
    return next(iter(get_close_matches(code, sorted(known), n=1, cutoff=0.6)), "")
