"""A round: name the seed source, freeze the list and publish its hash, draw."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sojourn.core.draw import Opening as DrawnOpening
from sojourn.core.draw import Reserve as DrawnReserve
from sojourn.core.draw import SeedSource, source_from_dict, source_to_dict
from sojourn.core.draw import Ticket as DrawnTicket
from sojourn.core.proof import commitment
from sojourn.participation.actions.applications import random_code
from sojourn.participation.actions.outcomes import reserve_code, willing_to_take_part, write_outcome
from sojourn.participation.models import Application, Call, Member, Round, Ticket
from sojourn.participation.rules import rounds as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.methods import DRAW, check_proof, encode_inputs, run_draw
from sojourn.records.models import ProofFile, Run
from sojourn.records.moves import move
from sojourn.records.refusal import refuse
from sojourn.registry.queries import region_ids, regional_offices


@action("round.announce", rules.may_announce_round, consent="it is about the draw, not about a person")
def announce_round(*, by: Actor, call: Call, seed_source: SeedSource, at: dt.datetime) -> Round:
    """Name, before anyone applies, the public source from which the seed of the draw will come."""
    return Round.objects.create(call=call, seed_source=source_to_dict(seed_source), announced_at=at)


@action("round.freeze", rules.may_freeze_round, consent="only people whose yes is live are on the list")
def freeze_round(*, by: Actor, round: Round, at: dt.datetime) -> Round:
    """Freeze the list of tickets and commit to it: its hash is public before the seed can be known.

    Every standing application becomes one ticket under a pseudonym, for those of its people whose yes is
    live; the others are not in its group any more.
    """
    _lock(round)
    rules.may_freeze_round(by=by, round=round, at=at)
    call = round.call
    willing = willing_to_take_part(call, at.date())
    tickets = _ticket_rows(round, willing)
    if not tickets:
        raise refuse("round.empty", _("Nobody has applied, so there is nothing to draw."))
    openings = _drawn_openings(call)
    inputs = encode_inputs(
        published_rules(call),
        openings,
        _drawn_tickets(tickets, willing, openings),
        source_from_dict(round.seed_source),
        frozen_at=int(at.timestamp()),
    )
    run = Run.objects.create(method=DRAW, commitment=commitment(inputs), committed_at=at)
    _store(run, inputs)
    move(round, Round.Status.FROZEN, run=run)
    Ticket.objects.bulk_create(tickets, batch_size=1000)
    _part_groups(call, willing)
    return round


@action("round.draw", rules.may_draw_round, consent="seats are offered only to people whose yes is live")
def draw_round(
    *,
    by: Actor,
    round: Round,
    seed_value: dict[str, object],
    at: dt.datetime,
) -> Round:
    """Draw the frozen list with the published seed, check the outcome, and make the offers.

    Nothing is written unless the separate verifier agrees with every place.
    """
    _lock(round)
    rules.may_draw_round(by=by, round=round, seed_value=seed_value, at=at)
    run = frozen_run(round)
    inputs = {row.name: bytes(row.content) for row in run.files.order_by("name")}
    draw, proof = run_draw(inputs, seed_value)
    report = check_proof(proof, published=run.commitment)
    if not report.ok:
        raise refuse(
            "round.unsound",
            _("The proof of this draw does not hold, so nothing was saved: %(faults)s."),
            faults="; ".join(
                f"{fault.file}: {fault.message}" for found in report.checks for fault in found.faults
            ),
        )
    _store(run, {name: content for name, content in proof.items() if name not in inputs})
    move(run, Run.Status.DONE, done_at=at)
    move(round, Round.Status.DRAWN)
    write_outcome(round, inputs, draw, at.date())
    return round


def _lock(round_: Round) -> None:
    """Hold the round's call to the end of the transaction, and see the round as it is by then.

    Who freezes, draws or withdraws at the same moment waits.
    """
    Call.objects.select_for_update(no_key=True).get(pk=round_.call_id)
    round_.refresh_from_db()


def frozen_run(round_: Round) -> Run:
    """The run of a round whose list is frozen: a database check keeps the two together."""
    if round_.run is None:
        raise ValueError("the round has no run before its list is frozen")
    return round_.run


def published_rules(call: Call) -> dict[str, object]:
    """The rules of the call as the proof holds them."""
    return {
        "call": call.code,
        "component": call.component.code,
        "opens_on": call.opens_on.isoformat(),
        "closes_on": call.closes_on.isoformat(),
        "minimum_age": call.minimum_age,
        "maximum_age": call.maximum_age,
        "maximum_choices": call.maximum_choices,
        "maximum_group": call.maximum_group,
        "answer_days": call.answer_days,
    }


def _ticket_rows(round_: Round, willing: Mapping[int, list[int]]) -> list[Ticket]:
    """A new pseudonym for every application that takes part in the draw."""
    rows = Application.objects.standing().filter(call=round_.call)
    return [
        Ticket(round=round_, application=application, code=random_code(10))
        for application in rows.prefetch_related("preferences__opening").order_by("pk")
        if application.pk in willing
    ]


def _part_groups(call: Call, willing: Mapping[int, list[int]]) -> None:
    """Who is not on the ticket of a group leaves it; the ticket's size is public, and does not grow again."""
    members = Member.objects.filter(call=call, application__group__isnull=False)
    apart = [
        row_id
        for row_id, application_id, person_id in members.order_by("pk").values_list(
            "pk", "application_id", "person_id"
        )
        if application_id in willing and person_id not in willing[application_id]
    ]
    Member.objects.filter(pk__in=apart).delete()


def _drawn_openings(call: Call) -> list[DrawnOpening]:
    """The openings as the draw knows them, each with its reserves in their order."""
    return [
        DrawnOpening(
            opening.code,
            opening.seats,
            tuple(DrawnReserve(reserve_code(row.region.code), row.seats) for row in opening.reserves.all()),
        )
        for opening in call.openings.prefetch_related("reserves__region")
    ]


def _drawn_tickets(
    tickets: list[Ticket], willing: Mapping[int, list[int]], openings: list[DrawnOpening]
) -> list[DrawnTicket]:
    """The tickets as the draw knows them; a region is told only where an opening reserves seats for it."""
    codes = {office.pk: reserve_code(office.code) for office in regional_offices()}
    regions = region_ids(row.application.sending_id for row in tickets if row.application is not None)
    known = {reserve.code for opening in openings for reserve in opening.reserves}
    return [
        DrawnTicket(
            row.code,
            size=len(willing[row.application.pk]),
            choices=tuple(choice.opening.code for choice in row.application.preferences.all()),
            tags=frozenset(known & {codes[regions[row.application.sending_id]]}),
        )
        for row in tickets
        if row.application is not None
    ]


def _store(run: Run, files: Mapping[str, bytes]) -> None:
    ProofFile.objects.bulk_create(
        ProofFile(run=run, name=name, sha256=hashlib.sha256(content).hexdigest(), content=content)
        for name, content in files.items()
    )
