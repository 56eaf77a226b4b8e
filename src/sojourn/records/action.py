"""`@action`: permission, transaction and audit line around every write."""

from collections.abc import Callable, Sized
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from sojourn.records.actor import Actor
from sojourn.records.models import AuditEvent
from sojourn.records.roles import must_hold

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A write that the system knows: its verb names the permission, the audit line and the translation."""

    verb: str
    rule: Callable[..., None]
    function: Callable[..., Any]
    consent: Callable[..., None] | str


ACTIONS: dict[str, ActionSpec] = {}


def action(
    verb: str,
    rule: Callable[..., None],
    *,
    consent: Callable[..., None] | str = "",
    leaves_no_trace: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function an action: `rule` may refuse, all or nothing is written, one audit line.

    Whoever has no role with the verb (records/roles.py) is told nothing, and the rule is not even asked.
    `rule` is called with the same arguments inside the transaction and raises to refuse. The audit line
    holds ids only: of the actor, and of the row that the function gives back (or how many rows). With
    `leaves_no_trace` no line is written: declining and silence must look alike afterwards.

    An action that does something to people says whose live yes it needs: `consent` is called with the same
    arguments at the end, when also a yes that came along is written, and refuses by raising; then nothing
    stays. Where no yes is asked for, `consent` is the reason (a house test wants one or the other).
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **arguments: P.kwargs) -> R:
            by = arguments["by"]
            assert isinstance(by, Actor)  # noqa: S101 - a programming error, not an input
            must_hold(by, verb)
            with transaction.atomic():
                rule(**arguments)
                outcome = function(*args, **arguments)
                if not isinstance(consent, str):
                    consent(**arguments)
                if not leaves_no_trace:
                    _write_event(verb, by, outcome)
            return outcome

        if verb in ACTIONS:
            raise ValueError(f"two actions share the verb {verb}")
        ACTIONS[verb] = ActionSpec(verb, rule, function, consent)
        return run

    return decorate


def _write_event(verb: str, by: Actor, outcome: object) -> None:
    row = outcome if isinstance(outcome, models.Model) else None
    AuditEvent.objects.create(
        verb=verb,
        actor_account=by.account_id,
        actor_token=by.token_id,
        by_system=by.is_system,
        object_kind=row._meta.label_lower if row else "",
        object_id=row.pk if row else None,
        count=len(outcome) if isinstance(outcome, Sized) else 1,
    )
