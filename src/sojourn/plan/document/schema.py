"""The plan document: one programme as data, version `sojourn-plan/1`.

Every text is bilingual, every period half-open, every amount an exact decimal. Unknown keys are faults.
Whether the parts agree with each other is not asked here but by `sojourn.plan.checking`.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from sojourn.core.plan_check import Every, Period, TargetKind

SCHEMA = "sojourn-plan/1"

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Whole = Annotated[int, Field(ge=-(10**12), le=10**12)]


def _exact(value: object) -> object:
    """Whole numbers are decimals; a binary float or a truth value is neither."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Amount = Annotated[Decimal, BeforeValidator(_exact), Field(ge=-(10**12), le=10**12, decimal_places=6)]
Kind = Literal["coordinating_office", "regional_office", "receiving_office"]
Method = Literal["webster"]
Bearer = Literal["coordinating_office", "sending_office", "hosting_office", "receiving_office"]
SubsidyUnit = Literal["participant", "participant_day"]


class Part(BaseModel):
    """Every part of the document: strict, closed, frozen."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Texts(Part):
    """One text in both languages."""

    en: Title
    zh: Title


class Programme(Part):
    """The scheme: its period is half-open, its money is in one currency."""

    code: Code
    titles: Texts
    notice: Texts | None = None
    start: date
    end: date
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Hexagon(Part):
    """A place on the tile map: odd rows are shifted half a tile to the right."""

    column: Annotated[int, Field(ge=0, le=999)]
    row: Annotated[int, Field(ge=0, le=999)]


class Organisation(Part):
    """An office of the plan; `weights` are the numbers by which quotas may be split."""

    code: Code
    kind: Kind
    titles: Texts
    parent: Code | None = None
    area: Annotated[str, StringConstraints(min_length=1, max_length=20)] | None = None
    hex: Hexagon | None = None
    weights: dict[Code, Whole] = {}


class Pair(Part):
    """A regional office and the receiving area that is its default partner, never a limit."""

    office: Code
    receiving: Code


class AgeBand(Part):
    """The first and last year of age, both included."""

    youngest: Annotated[int, Field(ge=0, le=120)]
    oldest: Annotated[int, Field(ge=0, le=120)]


class Component(Part):
    """A part of the programme; without its own responsible organisation the one above answers for it."""

    code: Code
    titles: Texts
    parent: Code | None = None
    track: Code | None = None
    responsible: Code | None = None
    ages: AgeBand | None = None


class Target(Part):
    """A promised number; without its own dates it spans the programme."""

    code: Code
    component: Code
    indicator: Code
    kind: TargetKind
    amount: Amount
    every: Every | None = None
    start: date | None = None
    end: date | None = None
    titles: Texts | None = None
    quotas: dict[Code, Amount] = {}

    def periods(self, programme: Programme) -> tuple[Period, ...]:
        """The half-open periods in which the amount is promised: several for a floor of each year or month.

        Raises:
            ValueError: The time of the target cannot be divided exactly (finding P206).
        """
        return Period(self.start or programme.start, self.end or programme.end).parts(self.every)


class QuotaRule(Part):
    """How totals are split over all organisations of one kind."""

    component: Code
    indicator: Code
    method: Method
    over: Kind
    weight: Code
    floor: Whole = 0
    cap: Whole | None = None


class Source(Part):
    """Where money comes from."""

    code: Code
    titles: Texts


class CostCategory(Part):
    """What a cost is for, and where it arises."""

    code: Code
    titles: Texts
    components: Annotated[list[Code], Field(min_length=1)]


class CostRule(Part):
    """Who bears a category in a component and all below it; `shares` are percentages by source."""

    component: Code
    category: Code
    bearer: Bearer
    shares: Annotated[dict[Code, Amount], Field(min_length=1)]


class Subsidy(Part):
    """A fixed amount from a source, to the office that bears the costs, for each unit counted."""

    component: Code
    source: Code
    to: Bearer
    per: SubsidyUnit
    amount: Amount


class Rules(Part):
    """Numbers that hold everywhere; a plan may be stricter than these defaults, never laxer."""

    answer_days: Whole = 7
    small_cell_public: Whole = 10
    small_cell_office: Whole = 5
    age_gap_years: Whole = 2
    consent_months: Whole = 12
    unselected_retention_days: Whole = 90


class Ratio(Part):
    """How many minors of an age band one adult may lead."""

    youngest: Annotated[int, Field(ge=0, le=120)]
    oldest: Annotated[int, Field(ge=0, le=120)]
    minors_per_adult: Whole


class Safeguards(Part):
    """Vetted adults at every session with minors, and the ratios by age."""

    adults_per_session: Whole = 2


DEFAULT_RATIOS = (
    Ratio(youngest=4, oldest=8, minors_per_adult=6),
    Ratio(youngest=9, oldest=12, minors_per_adult=8),
    Ratio(youngest=13, oldest=17, minors_per_adult=10),
)
"""**Source:** the adult-to-child ratios that the NSPCC recommends to organisations."""


class PlanDocument(Part):
    """One version of a programme's plan."""

    version: Annotated[Literal["sojourn-plan/1"], Field(alias="schema")]
    programme: Programme
    organisations: Annotated[list[Organisation], Field(min_length=1, max_length=5000)]
    pairs: Annotated[list[Pair], Field(max_length=5000)] = []
    components: Annotated[list[Component], Field(min_length=1, max_length=500)]
    targets: Annotated[list[Target], Field(max_length=2000)] = []
    quota_rules: Annotated[list[QuotaRule], Field(max_length=2000)] = []
    sources: Annotated[list[Source], Field(max_length=100)] = []
    cost_categories: Annotated[list[CostCategory], Field(max_length=100)] = []
    cost_rules: Annotated[list[CostRule], Field(max_length=2000)] = []
    subsidies: Annotated[list[Subsidy], Field(max_length=500)] = []
    rules: Rules = Rules()
    safeguards: Safeguards = Safeguards()
    ratios: Annotated[list[Ratio], Field(max_length=50)] = list(DEFAULT_RATIOS)

    def as_json(self) -> dict[str, object]:
        """The document as JSON values: dates as ISO text, amounts as decimal text, unset keys left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    @classmethod
    def from_json(cls, stored: dict[str, object]) -> "PlanDocument":
        """The document that `as_json` gave."""
        return cls.model_validate(stored, strict=False)
