"""What a bulletin needs to know of the plan: its components, regions, targets and rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from sojourn.monitoring.indicators import DEFINITIONS, Trees
from sojourn.plan.document.schema import DEFAULT_RATIOS, Ratio, Rules, Safeguards
from sojourn.plan.models import Component, Plan, Target
from sojourn.registry.models import Organisation
from sojourn.tracks.base import PEOPLE_TAKING_PART

PEOPLE = PEOPLE_TAKING_PART.code
OWN = "·own"
"""Ends the name of a component's own share, beside its parts; no component's code can hold it."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The published plan with its rows, in the order of the plan; five queries."""

    plan: Plan
    components: Mapping[str, Component]
    regions: Mapping[str, Organisation]
    targets: tuple[Target, ...]
    office_id: int

    @classmethod
    def now(cls) -> Self:
        """The programme as it stands. Raises Plan.DoesNotExist before a plan is published."""
        plan = Plan.objects.get(status=Plan.Status.PUBLISHED)
        targets = Target.objects.filter(plan=plan).select_related("component")
        return cls(
            plan=plan,
            components={row.code: row for row in Component.objects.order_by("position", "code")},
            regions={row.code: row for row in Organisation.objects.regional_offices().order_by("code")},
            targets=tuple(targets.order_by("component__position", "starts_on", "kind", "code")),
            office_id=Trees.now().office_id,
        )

    @property
    def titles(self) -> dict[str, str]:
        """What the programme is called."""
        return dict(self.plan.document.get("programme", {}).get("titles", {"en": "Programme", "zh": "项目"}))

    @property
    def rules(self) -> Rules:
        """The numbers that hold everywhere."""
        return Rules.model_validate(self.plan.document.get("rules", {}))

    def parts(self) -> dict[str, list[str]]:
        """The parts of each component that has parts, its own share last."""
        codes = {row.pk: code for code, row in self.components.items()}
        found: dict[str, list[str]] = {}
        for code, row in self.components.items():
            if row.parent_id is not None:
                found.setdefault(codes[row.parent_id], []).append(code)
        return {code: [*below, code + OWN] for code, below in found.items()}

    def counting(self, indicator: str) -> list[Component]:
        """The components whose track offers the indicator and that have no parts."""
        parts = self.parts()
        tracks = DEFINITIONS[indicator].tracks
        return [row for row in self.components.values() if row.track in tracks and row.code not in parts]

    def changed_rules(self) -> Iterator[dict[str, Any]]:
        """Every number of the plan that differs from the default that a plan may only make stricter."""
        document = self.plan.document
        safeguards = Safeguards.model_validate(document.get("safeguards", {}))
        for rules, defaults in ((self.rules, Rules()), (safeguards, Safeguards())):
            for name, default in defaults.model_dump().items():
                value = getattr(rules, name)
                if value != default:
                    yield {"rule": name, "default": default, "value": value}
        ratios = [Ratio.model_validate(row) for row in document.get("ratios", [])] or list(DEFAULT_RATIOS)
        if ratios != list(DEFAULT_RATIOS):
            yield {"rule": "ratios", "default": _in_words(DEFAULT_RATIOS), "value": _in_words(ratios)}


def _in_words(ratios: tuple[Ratio, ...] | list[Ratio]) -> str:
    return ", ".join(f"{row.youngest}–{row.oldest}: 1/{row.minors_per_adult}" for row in ratios)
