"""The certificate of the draw: what was decided for one ticket, and all that is needed to check it."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sojourn.core.draw import ChoiceReason, Outcome
from sojourn.core.proof.folder import SEED
from sojourn.participation.models import Member, Round
from sojourn.participation.queries.applicants.lines import OpeningLine, Texts, opening_line
from sojourn.participation.queries.applicants.pages import own_application, reasons_of, ticket_line, ticket_of
from sojourn.participation.queries.names import full_name
from sojourn.records.actor import Actor
from sojourn.records.models import ProofFile
from sojourn.records.refusal import UnseenError
from sojourn.registry.queries import people_acted_for


@dataclass(frozen=True, slots=True)
class DrawnChoice:
    """What the draw decided on one choice; the position is that of the day of the draw."""

    rank: int
    opening: OpeningLine
    reason: ChoiceReason


@dataclass(frozen=True, slots=True)
class Certificate:
    """A draw's outcome for one ticket as it was decided, whatever was answered afterwards."""

    reference: str
    call_code: str
    titles: Texts
    people: tuple[str, ...]
    ticket: str
    place_in_order: int
    of: int
    size: int
    placed: DrawnChoice | None
    choices: tuple[DrawnChoice, ...]
    method: str
    commitment: str
    announced_at: dt.datetime
    frozen_at: dt.datetime
    drawn_at: dt.datetime
    seed_source: Mapping[str, object]
    seed: str


def certificate_of(by: Actor, reference: str, *, on: dt.date) -> Certificate:
    """The certificate of one's own application.

    Raises:
        UnseenError: It is somebody else's, has no ticket, or is not drawn yet.
    """
    application = own_application(by, reference, on=on)
    ticket, line = ticket_of(application), ticket_line(application)
    round_ = getattr(application.call, "round", None)
    if ticket is None or line is None or line.place_in_order is None or round_ is None:
        raise UnseenError
    run = Round.objects.select_related("run").get(pk=round_.pk).run
    if run is None or run.done_at is None:
        raise UnseenError
    reasons = reasons_of(ticket)
    rows = application.preferences.select_related("opening__host").order_by("rank")
    choices = tuple(
        DrawnChoice(row.rank, opening_line(row.opening), reasons[row.opening.code]) for row in rows
    )
    return Certificate(
        reference=application.reference,
        call_code=application.call.code,
        titles=application.call.titles,
        people=_own_people(by, application.pk, on),
        ticket=line.code,
        place_in_order=line.place_in_order,
        of=line.of,
        size=line.size,
        placed=next((choice for choice in choices if choice.reason.outcome is Outcome.PLACED), None),
        choices=choices,
        method=run.method,
        commitment=run.commitment,
        announced_at=round_.announced_at,
        frozen_at=run.committed_at,
        drawn_at=run.done_at,
        seed_source=round_.seed_source,
        seed=_seed(run.pk),
    )


def _own_people(by: Actor, application_id: int, on: dt.date) -> tuple[str, ...]:
    known = [person.pk for person in people_acted_for(by, on=on)]
    members = Member.objects.filter(application=application_id, person__in=known).select_related("person")
    return tuple(full_name(member.person) for member in members.order_by("pk"))


def _seed(run_id: int) -> str:
    """The seed in hexadecimal digits, as the proof tells it."""
    told = ProofFile.objects.get(run=run_id, name=SEED)
    return str(json.loads(bytes(told.content))["seed"])
