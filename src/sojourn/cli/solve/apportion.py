"""`sojourn solve apportion`: seats in proportion to weights."""

from pydantic import BaseModel, ValidationError

from sojourn.cli.solve.exact import FORMAT, Number, Seats, SeatsOrByName, as_number, told, told_by_core
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.apportion import ApportionmentError, MethodName, apportion, verify_apportionment


class ApportionInput(BaseModel):
    """The input: docs/manual/solve/apportion.md."""

    model_config = FORMAT

    seats: Seats
    weights: dict[str, Number]
    method: MethodName = "webster"
    floor: SeatsOrByName = 0
    cap: dict[str, Seats] | None = None
    threshold: Number | None = None
    tie_order: list[str] | None = None


def solve(payload: object) -> dict[str, object]:
    """Seats by name, the divisor to print, and the ties. Raises FaultyInput with every fault."""
    try:
        given = ApportionInput.model_validate(payload)
        limits = {name: getattr(given, name) for name in ("floor", "cap", "threshold", "tie_order")}
        outcome = apportion(given.seats, given.weights, method=given.method, **limits)
        must_be_proved(verify_apportionment(given.seats, given.weights, outcome, **limits))
    except ValidationError as error:
        raise told(error) from None
    except ApportionmentError as error:
        raise told_by_core(error) from None
    return {
        "seats": outcome.seats,
        "divisor": as_number(outcome.divisor.published()) if outcome.divisor else None,
        "ties": [{"parties": list(tie.parties), "seats": tie.seats} for tie in outcome.ties],
    }
