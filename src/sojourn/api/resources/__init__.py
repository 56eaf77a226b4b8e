"""Everything that can be read, one declaration each."""

from sojourn.api.declared import Reading, Resource
from sojourn.api.resources import bulletins, calls, figures, hosted, organisations, plan, runs

RESOURCES: tuple[Resource, ...] = (  # type: ignore[type-arg]  # each has rows of its own kind
    organisations.ORGANISATIONS,
    plan.COMPONENTS,
    plan.TARGETS,
    plan.QUOTAS,
    calls.CALLS,
    calls.OPENINGS,
    calls.COUNTS,
    runs.RUNS,
    bulletins.BULLETINS,
    figures.FIGURES,
    hosted.HOSTED,
    hosted.SESSIONS,
)
SINGLES: tuple[Reading, ...] = (plan.PLAN, runs.PROOF_FILE)
READINGS: tuple[Reading, ...] = (*(each for row in RESOURCES for each in row.readings()), *SINGLES)
