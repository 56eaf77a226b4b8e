"""Faults of the file itself: why it cannot be read as a plan, each with its place and values.

A fault is a `Finding` like those of the checker, so that one page and one table show both.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sojourn.core.plan_check import Finding, Value
from sojourn.plan.document.schema import PlanDocument

Locate = Callable[[str], str]
"""From a place in the plan (`targets[3].amount`) to a place in the file (`line 40`, `targets!D5`), or
nothing.
"""


class Fault(StrEnum):
    """The stable codes of unreadable files."""

    NO_FILE = "P001"
    NOT_TOML = "P002"
    NOT_UTF8 = "P003"
    EMPTY = "P004"
    NOT_A_WORKBOOK = "P005"
    TOO_LARGE = "P006"
    UNKNOWN_FORMAT = "P007"
    MISSING_SHEET = "P008"
    UNKNOWN_SHEET = "P009"
    HIDDEN_SHEET = "P010"
    DUPLICATE_HEADER = "P011"
    NO_HEADER = "P012"
    FORMULA = "P013"
    ERROR_CELL = "P014"
    ROWS_NOT_ONE = "P015"
    UNKNOWN_KEY = "P020"
    MISSING_KEY = "P021"
    NOT_A_NUMBER = "P022"
    NUMBER_AS_TEXT = "P023"
    NOT_A_DATE = "P024"
    NOT_TEXT = "P025"
    NOT_A_CODE = "P026"
    NOT_A_CHOICE = "P027"
    OUT_OF_RANGE = "P028"
    NOT_A_TABLE = "P029"
    UNUSABLE = "P030"


class UnreadablePlan(ValueError):
    """The file is no plan; holds every fault that could be told."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            "; ".join(f"{finding.code} at {finding.place or 'the file'}" for finding in findings)
        )
        self.findings = findings


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A document, the way from its places to its file, and warnings about the file."""

    document: PlanDocument
    locate: Locate
    warnings: tuple[Finding, ...] = ()


def fault(code: Fault, place: str = "", /, **params: Value) -> Finding:
    """A fault as a finding; hidden sheets only warn, because they are never read."""
    return Finding(str(code), "warning" if code is Fault.HIDDEN_SHEET else "error", place, params)


def at(finding: Finding, locate: Locate) -> Finding:
    """The finding with the place in the file beside the place in the plan."""
    where = locate(finding.place)
    return replace(finding, params={**finding.params, "where": where}) if where else finding


def place_of(parts: tuple[int | str, ...]) -> str:
    """`("targets", 3, "amount")` as `targets[3].amount`; the first row of a table is 1."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.removeprefix(".").removesuffix(".[key]")


_CODES = {
    "extra_forbidden": Fault.UNKNOWN_KEY,
    "missing": Fault.MISSING_KEY,
    "int_type": Fault.NOT_A_NUMBER,
    "int_from_float": Fault.NOT_A_NUMBER,
    "decimal_type": Fault.NOT_A_NUMBER,
    "is_instance_of": Fault.NOT_A_NUMBER,
    "decimal_parsing": Fault.NOT_A_NUMBER,
    "finite_number": Fault.NOT_A_NUMBER,
    "date_type": Fault.NOT_A_DATE,
    "string_type": Fault.NOT_TEXT,
    "string_too_short": Fault.NOT_TEXT,
    "string_too_long": Fault.OUT_OF_RANGE,
    "string_pattern_mismatch": Fault.NOT_A_CODE,
    "literal_error": Fault.NOT_A_CHOICE,
    "greater_than_equal": Fault.OUT_OF_RANGE,
    "less_than_equal": Fault.OUT_OF_RANGE,
    "decimal_max_places": Fault.OUT_OF_RANGE,
    "too_long": Fault.OUT_OF_RANGE,
    "too_short": Fault.OUT_OF_RANGE,
    "model_type": Fault.NOT_A_TABLE,
    "model_attributes_type": Fault.NOT_A_TABLE,
    "dict_type": Fault.NOT_A_TABLE,
    "list_type": Fault.NOT_A_TABLE,
}


def faults_of(error: ValidationError) -> tuple[Finding, ...]:
    """Every fault that pydantic found, in the plan's own places and codes."""
    return tuple(_fault_of(detail) for detail in error.errors(include_url=False))


def _fault_of(detail: ErrorDetails) -> Finding:
    code = _CODES.get(detail["type"], Fault.UNUSABLE)
    value, context = detail.get("input"), detail.get("ctx", {})
    if code is Fault.NOT_A_NUMBER and isinstance(value, str):
        code = Fault.NUMBER_AS_TEXT
    params: dict[str, Value] = {"key": str(detail["loc"][-1]), "value": _short(value)}
    if code is Fault.NOT_A_CHOICE:
        params["expected"] = str(context.get("expected", ""))
    if code in {Fault.OUT_OF_RANGE, Fault.UNUSABLE}:
        params["reason"] = detail["msg"]
    return fault(code, place_of(detail["loc"]), **params)


def _short(value: object) -> str:
    """A value of the file as it may be shown: at most 60 signs, on one line."""
    shown = format(value, "f") if isinstance(value, Decimal) and abs(value.adjusted()) < 30 else str(value)
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in shown[:200]).split())
    return line if len(line) <= 60 else f"{line[:57]}..."
