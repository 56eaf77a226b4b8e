"""Apportionment: seats, places or quotas split over parties in proportion to their weights, exactly.

    >>> from sojourn.core.apportion import apportion
    >>> apportion(10, {"North": 53, "South": 24, "West": 23}).seats
    {'North': 6, 'South': 2, 'West': 2}

`apportion` solves, `explain` says why, `verify_apportionment` checks without the solver. `biproportional`
splits over rows and columns at once.
"""

from sojourn.core.apportion.explain import Reason, explain
from sojourn.core.apportion.matrix import Biproportional, biproportional, verify_biproportional
from sojourn.core.apportion.outcome import (
    Apportionment,
    ApportionmentError,
    DivisorRange,
    MethodName,
    Tie,
)
from sojourn.core.apportion.problem import MOST_SEATS
from sojourn.core.apportion.solving import METHODS, alabama_paradox, apportion
from sojourn.core.apportion.verify import verify_apportionment

__all__ = [
    "METHODS",
    "MOST_SEATS",
    "Apportionment",
    "ApportionmentError",
    "Biproportional",
    "DivisorRange",
    "MethodName",
    "Reason",
    "Tie",
    "alabama_paradox",
    "apportion",
    "biproportional",
    "explain",
    "verify_apportionment",
    "verify_biproportional",
]
