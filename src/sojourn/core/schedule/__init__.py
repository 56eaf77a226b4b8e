"""Visit schedules: cohorts to hosts and weeks, within seats, vehicles and holidays.

`schedule` finds the visits and names a reason for every cohort that is left over; `verify_schedule` checks
an answer without trusting the solver.
"""

from sojourn.core.schedule.request import (
    Cohort,
    Host,
    Pool,
    Reason,
    Request,
    RequestError,
    Schedule,
    Unplaced,
    Visit,
)
from sojourn.core.schedule.solve import schedule
from sojourn.core.schedule.verify import verify_schedule

__all__ = [
    "Cohort",
    "Host",
    "Pool",
    "Reason",
    "Request",
    "RequestError",
    "Schedule",
    "Unplaced",
    "Visit",
    "schedule",
    "verify_schedule",
]
