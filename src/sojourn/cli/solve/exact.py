"""Fields of the apportionment formats: exact numbers, whole numbers of seats, one number or one by name."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import ConfigDict, Discriminator, Field, PlainValidator, Tag, ValidationError
from pydantic_core import PydanticCustomError

from sojourn.cli.solve.faults import Fault, FaultyInput, json_path
from sojourn.core.apportion import MOST_SEATS, ApportionmentError

FORMAT = ConfigDict(extra="forbid", strict=True)
"""The settings of every format: no unknown names, no values converted from another type."""

_TAGS = ("one for all", "by name")
_TAGGED = ("floor",)


def _exact_number(value: object) -> int | Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0:
        return value
    raise PydanticCustomError("number", "Input should be a number, not negative")


type Number = Annotated[int | Decimal, PlainValidator(_exact_number)]
type Seats = Annotated[int, Field(ge=0, le=MOST_SEATS)]
type SeatsOrByName = Annotated[
    Annotated[Seats, Tag(_TAGS[0])] | Annotated[dict[str, Seats], Tag(_TAGS[1])],
    Discriminator(lambda value: _TAGS[isinstance(value, dict)]),
]


def told(error: ValidationError) -> FaultyInput:
    """The faults of an input in paths of the user's own file."""
    return FaultyInput(
        [Fault(json_path(_without_tag(fault["loc"])), fault["msg"]) for fault in error.errors()]
    )


def _without_tag(place: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """A place without the name of the branch that pydantic took at its second step."""
    return place[:1] + place[2:] if len(place) > 1 and place[1] in _TAGS and place[0] in _TAGGED else place


def told_by_core(error: ApportionmentError) -> FaultyInput:
    """The faults that the core found, in the same way."""
    return FaultyInput([Fault(json_path(place), message) for place, message in error.faults])


def as_number(number: Fraction) -> int | float:
    """A fraction as a number of JSON: whole if it is, else to the last place of a double."""
    return int(number) if number.denominator == 1 else float(number)
