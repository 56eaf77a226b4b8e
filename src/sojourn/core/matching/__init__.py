"""Many-to-one stable matching: applicants with ranked choices, posts with seats and a ranking of applicants.

The problem by id (`Problem`, `Post`, `Reserve`, `Couple`, `Region`) is solved by `solve`, checked by
`verify_stable` and told to each applicant by `reasons`. Below it the same on arrays (`Market`), at national
size within milliseconds: `deferred_acceptance`, `flexible_deferred_acceptance`, `max_weight` and the
certificate `blocking_edges`.
"""

from .blocking import blocking_edges
from .certificate import BlockingPair, Breach, Certificate, Violation
from .check import Fault, InvalidProblemError, check
from .compiled import OneSided
from .deferred import deferred_acceptance
from .exact import Existence
from .flexible import flexible_deferred_acceptance
from .market import NOBODY, Market, Regions, Reserves
from .problem import Couple, Objective, Post, Problem, Region, Reserve
from .reasons import Because, Reason, reasons
from .solve import Outcome, ReserveFill, solve
from .split import reserve_deferred_acceptance
from .verify import verify_stable
from .weight import max_weight, preference_weights

__all__ = [
    "NOBODY",
    "Because",
    "BlockingPair",
    "Breach",
    "Certificate",
    "Couple",
    "Existence",
    "Fault",
    "InvalidProblemError",
    "Market",
    "Objective",
    "OneSided",
    "Outcome",
    "Post",
    "Problem",
    "Reason",
    "Region",
    "Regions",
    "Reserve",
    "ReserveFill",
    "Reserves",
    "Violation",
    "blocking_edges",
    "check",
    "deferred_acceptance",
    "flexible_deferred_acceptance",
    "max_weight",
    "preference_weights",
    "reasons",
    "reserve_deferred_acceptance",
    "solve",
    "verify_stable",
]
