"""What webhooks can be told of: an act, the organisation that alone hears of it, and where to read more.

A message holds the act's verb, a path of the API and a count. Acts of people are not among them, and never
will be: declining and silence leave no trace that anybody could wait for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sojourn.monitoring.models import Bulletin
from sojourn.participation.models import Call, Round, Session
from sojourn.records.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Message:
    """One event, before it is addressed; `only_for` is the organisation that alone hears of it, if any."""

    path: str
    only_for: int | None = None


Reader = Callable[[AuditEvent], Message | None]


def _of_bulletin(event: AuditEvent) -> Message | None:
    row = Bulletin.objects.published().filter(pk__in=[event.object_id]).only("code", "edition").first()
    return Message(f"/bulletins/{row.code}/{row.edition}") if row else None


def _of_call(event: AuditEvent) -> Message | None:
    row = Call.objects.published().filter(pk__in=[event.object_id]).first()
    return Message(f"/calls/{row.code}") if row else None


def _of_round(event: AuditEvent) -> Message | None:
    row = Round.objects.filter(pk__in=[event.object_id]).first()
    return Message(f"/runs/{row.run_id}") if row else None


def _of_session(event: AuditEvent) -> Message | None:
    """The host's own programs alone hear that a session was noted."""
    row = Session.objects.filter(pk__in=[event.object_id]).select_related("opening").first()
    return Message(f"/sessions/{row.pk}", only_for=row.opening.host_id) if row else None


EVENTS: Mapping[str, Reader] = MappingProxyType(
    {
        "bulletin.publish": _of_bulletin,
        "call.publish": _of_call,
        "organisation.add": lambda _event: Message("/organisations"),
        "plan.publish": lambda _event: Message("/plan"),
        "round.draw": _of_round,
        "round.freeze": _of_round,
        "session.record": _of_session,
        "target.split": lambda _event: Message("/quotas"),
    }
)
"""By verb: what a message of the act says; None where the row is gone or not public (any more)."""
