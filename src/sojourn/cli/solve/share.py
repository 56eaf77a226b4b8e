"""`sojourn solve share`: an amount, or the lines of a cost, divided exactly among its bearers."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sojourn.cli.solve.faults import Fault, FaultyInput, json_path
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.sharing import (
    BandTable,
    CostLine,
    DistanceBand,
    RateTable,
    Reduction,
    SharingError,
    divide,
    stay_cost,
    to_text,
    to_units,
    travel_cost,
    verify_cost,
    verify_sharing,
)

_FORMAT = ConfigDict(extra="forbid", strict=True)
_MOST = 10**9


def _decimal_text(value: object) -> str:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise PydanticCustomError("amount", 'give an amount as text or number, such as "12.30"')


def _exact(value: object) -> Fraction:
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0:
        return Fraction(value)
    raise PydanticCustomError("weight", "give a number from 0")


type Money = Annotated[str, PlainValidator(_decimal_text)]
type Exact = Annotated[Fraction, PlainValidator(_exact)]
type Count = Annotated[int, Field(ge=0, le=_MOST)]


class Plain(BaseModel):
    """A cost as it was paid."""

    model_config = _FORMAT

    kind: Literal["amount"]
    item: str
    amount: Money

    def lines(self, places: int) -> list[CostLine]:
        """The one line."""
        units = to_units(self.amount, places)
        return [CostLine(self.item, 1, units, units)]


class Band(BaseModel):
    """One distance band."""

    model_config = _FORMAT

    from_km: Count
    to_km: Count | None = None
    amount: Money


class Travel(BaseModel):
    """Journeys paid by distance band."""

    model_config = _FORMAT

    kind: Literal["travel"]
    kilometres: Count
    people: Count
    bands: list[Band]

    def lines(self, places: int) -> list[CostLine]:
        """The one line of the band that holds the distance."""
        bands = (DistanceBand(b.from_km, b.to_km, to_units(b.amount, places)) for b in self.bands)
        return [travel_cost(BandTable(tuple(bands)), self.kilometres, self.people)]


class Cut(BaseModel):
    """A reduction from a day on."""

    model_config = _FORMAT

    from_day: Count
    factor: Exact


class Stay(BaseModel):
    """Days paid by a rate."""

    model_config = _FORMAT

    kind: Literal["stay"]
    days: Count
    people: Count
    per_day: Money
    reductions: list[Cut] = []

    def lines(self, places: int) -> list[CostLine]:
        """A line per stretch of days with one rate."""
        cuts = tuple(Reduction(cut.from_day, cut.factor) for cut in self.reductions)
        return list(stay_cost(RateTable(to_units(self.per_day, places), cuts), self.days, self.people))


class ShareInput(BaseModel):
    """The input: docs/manual/solve/share.md."""

    model_config = _FORMAT

    places: Annotated[int, Field(ge=0, le=6)] = 2
    amount: Money | None = None
    costs: list[Annotated[Plain | Travel | Stay, Field(discriminator="kind")]] | None = None
    shares: dict[str, Exact] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.amount is None) == (self.costs is None):
            raise PydanticCustomError("whole", "give either amount or costs, not both")
        if self.costs is None and self.shares is None:
            raise PydanticCustomError("shares", "give shares: who bears the amount")
        return self


def solve(payload: object) -> dict[str, object]:
    """The total, the lines of the costs, each bearer's part. Raises FaultyInput with every fault."""
    try:
        given = ShareInput.model_validate(payload)
    except ValidationError as error:
        raise _without_kinds(error) from None
    lines, faults = _lines(given)
    try:
        total = to_units(given.amount, given.places) if given.amount is not None else 0
    except SharingError as error:
        faults += [Fault("$.amount", message) for message in error.faults]
    if faults:
        raise FaultyInput(faults)
    must_be_proved(verify_cost(lines, sum(line.amount for line in lines)))
    total += sum(line.amount for line in lines)
    try:
        parts = divide(total, given.shares) if given.shares is not None else {}
        must_be_proved(verify_sharing(total, given.shares, parts) if given.shares is not None else [])
    except SharingError as error:
        raise FaultyInput([Fault("$.shares", message) for message in error.faults]) from None
    return {
        "total": to_text(total, given.places),
        "lines": [_told(line, given.places) for line in lines],
        "parts": {bearer: to_text(part, given.places) for bearer, part in parts.items()},
    }


def _without_kinds(error: ValidationError) -> FaultyInput:
    """The faults in paths of the user's own file: pydantic names a cost's kind as a step of its own."""
    return FaultyInput(
        [
            Fault(json_path(loc[:2] + loc[3:] if loc[:1] == ("costs",) else loc), fault["msg"])
            for fault in error.errors()
            for loc in [fault["loc"]]
        ]
    )


def _lines(given: ShareInput) -> tuple[list[CostLine], list[Fault]]:
    lines: list[CostLine] = []
    faults: list[Fault] = []
    for at, cost in enumerate(given.costs or []):
        try:
            lines += cost.lines(given.places)
        except SharingError as error:
            faults += [Fault(json_path(("costs", at)), message) for message in error.faults]
    return lines, faults


def _told(line: CostLine, places: int) -> dict[str, object]:
    return {
        "item": line.item,
        "quantity": line.quantity,
        "unit": to_text(line.unit, places),
        "amount": to_text(line.amount, places),
    }
