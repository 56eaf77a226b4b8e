"""A round: name the seed source, freeze the list and publish its hash, draw."""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from sojourn.core.draw import Draw, SeedSource, explain_all, source_from_dict, source_to_dict
from sojourn.core.draw import Opening as DrawnOpening
from sojourn.core.draw import Reserve as DrawnReserve
from sojourn.core.draw import Ticket as DrawnTicket
from sojourn.core.proof import commitment
from sojourn.participation.actions.applications import random_code
from sojourn.participation.actions.offers import fill_up
from sojourn.participation.models import (
    Application,
    Call,
    Member,
    Offer,
    Opening,
    Round,
    Ticket,
    WaitingPlace,
)
from sojourn.participation.rules import rounds as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.draw_files import read_inputs
from sojourn.records.methods import DRAW, check_proof, encode_inputs, run_draw
from sojourn.records.models import ProofFile, Run
from sojourn.records.moves import move
from sojourn.records.refusal import refuse
from sojourn.registry.models import Person
from sojourn.registry.queries import region_ids
from sojourn.registry.rules import without_consent


@action("round.announce", rules.may_announce_round)
def announce_round(*, by: Actor, call: Call, seed_source: SeedSource, at: dt.datetime) -> Round:
    """Name, before anyone applies, the public source from which the seed of the draw will come."""
    return Round.objects.create(call=call, seed_source=source_to_dict(seed_source), announced_at=at)


@action("round.freeze", rules.may_freeze_round)
def freeze_round(*, by: Actor, round: Round, at: dt.datetime) -> Round:
    """Freeze the list of tickets and commit to it: its hash is public before the seed can be known.

    Every standing application with live consent of all its people becomes one ticket under a pseudonym.
    """
    _lock(round)
    rules.may_freeze_round(by=by, round=round, at=at)
    call = round.call
    tickets = _ticket_rows(round, at.date())
    if not tickets:
        raise refuse("round.empty", _("Nobody has applied, so there is nothing to draw."))
    regions = region_ids()
    drawn = [
        DrawnTicket(
            row.code,
            size=row.application.members.count(),
            choices=tuple(choice.opening.code for choice in row.application.preferences.all()),
            tags=frozenset({f"region-{regions[row.application.sending_id]}"}),
        )
        for row in tickets
    ]
    openings = [
        DrawnOpening(
            opening.code,
            opening.seats,
            tuple(DrawnReserve(f"region-{row.region_id}", row.seats) for row in opening.reserves.all()),
        )
        for opening in call.openings.prefetch_related("reserves")
    ]
    drawn = [_with_known_tags(ticket, openings) for ticket in drawn]
    inputs = encode_inputs(
        published_rules(call),
        openings,
        drawn,
        source_from_dict(round.seed_source),
        frozen_at=int(at.timestamp()),
    )
    run = Run.objects.create(method=DRAW, commitment=commitment(inputs), committed_at=at)
    _store(run, inputs)
    move(round, Round.Status.FROZEN, run=run)
    Ticket.objects.bulk_create(tickets, batch_size=1000)
    return round


@action("round.draw", rules.may_draw_round)
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
    _write_outcome(round, inputs, draw, at.date())
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


def proof_zip(files: Mapping[str, bytes]) -> bytes:
    """The proof folder as one ZIP file, the same bytes every time."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    return packed.getvalue()


def _ticket_rows(round_: Round, on: dt.date) -> list[Ticket]:
    """A new pseudonym for every application that takes part in the draw."""
    return [
        Ticket(round=round_, application=application, code=random_code(10))
        for application in _standing_with_consent(round_.call, on)
    ]


def _standing_with_consent(call: Call, on: dt.date) -> list[Application]:
    """The applications that nobody has withdrawn, and whose people all have a live yes on the day."""
    standing = list(
        Application.objects.standing()
        .filter(call=call)
        .select_related("sending")
        .prefetch_related("preferences__opening", "members")
        .order_by("pk")
    )
    people = Person.objects.filter(
        pk__in=Member.objects.filter(call=call).order_by().values("person_id")
    ).order_by("pk")
    lacking = {person.pk for person in without_consent(people, call.component.code, on)}
    return [
        application
        for application in standing
        if not any(member.person_id in lacking for member in application.members.all())
    ]


def _with_known_tags(ticket: DrawnTicket, openings: list[DrawnOpening]) -> DrawnTicket:
    """The ticket with only those tags for which some opening reserves seats: nothing more is published."""
    known = {reserve.code for opening in openings for reserve in opening.reserves}
    return DrawnTicket(ticket.id, ticket.size, ticket.choices, ticket.tags & known)


def _store(run: Run, files: Mapping[str, bytes]) -> None:
    ProofFile.objects.bulk_create(
        ProofFile(run=run, name=name, sha256=hashlib.sha256(content).hexdigest(), content=content)
        for name, content in files.items()
    )


def _write_outcome(round_: Round, inputs: Mapping[str, bytes], draw: Draw, on: dt.date) -> None:
    """Offers for the placed, places on the waiting lists for the others.

    Who has withdrawn since the freeze, or whose consent has ended, keeps the ticket but gets no offer: that
    seat goes to the next in line.
    """
    call = round_.call
    tickets = {row.code: row for row in round_.tickets.select_related("application").order_by("pk")}
    openings = {row.code: row for row in Opening.objects.filter(call=call).order_by("pk")}
    reserves = {
        (opening.code, f"region-{row.region_id}"): row
        for opening in openings.values()
        for row in opening.reserves.order_by("position")
    }
    frozen = read_inputs(inputs, DRAW)
    for code, reason in explain_all(frozen.tickets, frozen.openings, draw).items():
        tickets[code].place_in_order = reason.place_in_order
        tickets[code].reason = asdict(reason)
    Ticket.objects.bulk_update(tickets.values(), ["place_in_order", "reason"], batch_size=500)
    offered = {application.pk for application in _standing_with_consent(call, on)}
    standing = Application.Status.SUBMITTED
    sizes = sizes_of([row.application_id for row in tickets.values()])
    Offer.objects.bulk_create(
        (
            Offer(
                application=tickets[code].application,
                opening=openings[place.opening],
                reserve=reserves.get((place.opening, place.reserve or "")),
                size=sizes[tickets[code].application_id],
                rank=place.rank,
                offered_on=on,
                answer_by=on + dt.timedelta(days=call.answer_days),
            )
            for code, place in draw.places.items()
            if tickets[code].application_id in offered
        ),
        batch_size=1000,
    )
    WaitingPlace.objects.bulk_create(
        (
            WaitingPlace(opening=openings[opening], application=tickets[code].application, place=place)
            for opening, line in draw.waiting.items()
            for place, code in enumerate(line, 1)
            if tickets[code].application.status == standing
        ),
        batch_size=1000,
    )
    vacant = {
        place.opening for code, place in draw.places.items() if tickets[code].application_id not in offered
    }
    fill_up((openings[code] for code in vacant), on)


def sizes_of(application_ids: list[int]) -> dict[int, int]:
    """How many people each application covers."""
    sizes: dict[int, int] = dict.fromkeys(application_ids, 0)
    calls = Application.objects.filter(pk__in=application_ids[:1]).values("call_id")
    for application_id in (
        Member.objects.filter(call__in=calls).values_list("application_id", flat=True).order_by()
    ):
        if application_id in sizes:
            sizes[application_id] += 1
    return sizes
