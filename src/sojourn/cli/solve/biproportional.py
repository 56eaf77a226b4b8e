"""`sojourn solve biproportional`: a table of seats in proportion to a table of weights."""

from fractions import Fraction

from pydantic import BaseModel, ValidationError

from sojourn.cli.solve.exact import FORMAT, Number, Seats, as_number, told, told_by_core
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.apportion import ApportionmentError, biproportional, verify_biproportional


class BiproportionalInput(BaseModel):
    """The input: docs/manual/solve/biproportional.md."""

    model_config = FORMAT

    weights: dict[str, dict[str, Number]]
    rows: dict[str, Seats]
    columns: dict[str, Seats]


def solve(payload: object) -> dict[str, object]:
    """Seats by row and column, the divisors, and the ties. Raises FaultyInput with every fault."""
    try:
        given = BiproportionalInput.model_validate(payload)
        outcome = biproportional(given.weights, given.rows, given.columns)
        must_be_proved(verify_biproportional(given.weights, given.rows, given.columns, outcome))
    except ValidationError as error:
        raise told(error) from None
    except ApportionmentError as error:
        raise told_by_core(error) from None
    return {
        "seats": outcome.seats,
        "row_divisors": _printed(outcome.row_divisors),
        "column_divisors": _printed(outcome.column_divisors),
        "ties": [list(cell) for cell in outcome.ties],
    }


def _printed(divisors: dict[str, Fraction]) -> dict[str, int | float]:
    return {name: as_number(divisor) for name, divisor in divisors.items()}
