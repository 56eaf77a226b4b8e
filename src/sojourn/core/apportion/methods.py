"""The five divisor methods, each told by its signposts: where a quotient is rounded from n seats to n + 1.

**Source:** M. L. Balinski and H. P. Young, *Fair Representation* (2nd ed., Brookings, 2001), chapter 8 and
appendix A.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DivisorMethod:
    """How a quotient (weight over divisor) becomes a whole number of seats.

    `signpost(n)` is the signpost between n and n + 1 seats, raised to `power`, as an exact numerator and
    denominator; `approximate_signpost` the signpost itself in floats; `count(q)` the number of signposts at
    or below a quotient.
    """

    power: int
    signpost: Callable[[int], tuple[int, int]]
    approximate_signpost: Callable[[Floats], Floats]
    count: Callable[[Floats], Floats]

    @property
    def first_seat_is_free(self) -> bool:
        """Whether the smallest weight earns a seat: the first signpost lies at zero."""
        return self.signpost(0)[0] == 0


DIVISOR_METHODS: dict[str, DivisorMethod] = {
    "webster": DivisorMethod(
        power=1,
        signpost=lambda n: (2 * n + 1, 2),
        approximate_signpost=lambda n: n + 0.5,
        count=lambda q: np.floor(q + 0.5),
    ),
    "dhondt": DivisorMethod(
        power=1,
        signpost=lambda n: (n + 1, 1),
        approximate_signpost=lambda n: n + 1,
        count=np.floor,
    ),
    "adams": DivisorMethod(
        power=1,
        signpost=lambda n: (n, 1),
        approximate_signpost=lambda n: n,
        count=lambda q: np.floor(q) + 1,
    ),
    "huntington-hill": DivisorMethod(
        power=2,
        signpost=lambda n: (n * (n + 1), 1),
        approximate_signpost=lambda n: np.sqrt(n * (n + 1)),
        count=lambda q: np.floor(0.5 + np.hypot(0.5, q)),
    ),
    "dean": DivisorMethod(
        power=1,
        signpost=lambda n: (2 * n * (n + 1), 2 * n + 1),
        approximate_signpost=lambda n: 2 * n * (n + 1) / (2 * n + 1),
        count=lambda q: np.floor((1 + q + np.hypot(1, q)) / 2),
    ),
}
