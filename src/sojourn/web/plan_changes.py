"""The difference between two versions of a plan, ready to be shown."""

import json
from dataclasses import dataclass

from sojourn.plan.difference import difference
from sojourn.plan.document import PlanDocument
from sojourn.web.labels import CHANGES, Label
from sojourn.web.wording import in_language


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One difference: where, of what kind, and the values before and after."""

    place: str
    label: Label
    tone: str
    old: str
    new: str


def change_lines(old: dict[str, object], new: dict[str, object]) -> list[ChangeLine]:
    """Every difference between two stored plan documents, in the order of the plan's tables."""
    changes = difference(PlanDocument.from_json(old), PlanDocument.from_json(new))
    return [
        ChangeLine(change.place, *CHANGES[change.kind], _text(change.old), _text(change.new))
        for change in changes
    ]


def _text(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict) and {"en", "zh"} >= set(value):
        return in_language(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
