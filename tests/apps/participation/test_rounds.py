"""Announce, freeze, draw: the order is kept, the proof holds, and the rows are the draw's."""

import datetime as dt
from dataclasses import asdict

import pytest

from apps import factories
from apps.outcomes import events, refused, traces, unseen
from apps.participation.world import (
    AFTER,
    CLOSES_ON,
    DAY,
    DICE,
    DRAWN_AT,
    OTHER_THROWS,
    THROWS,
    TODAY,
    actor,
    applied,
    at_noon,
    choices_of,
    draft,
    drawn,
    frozen,
    line_of,
    office,
    published,
)
from sojourn.core.draw import DiceThrows, explain
from sojourn.participation.actions import offers, rounds
from sojourn.participation.actions.applications import withdraw_application
from sojourn.participation.actions.consents import withdraw_consent
from sojourn.participation.actions.rounds import announce_round, draw_round, freeze_round
from sojourn.participation.models import Application, Call, Offer, Round, Ticket, WaitingPlace
from sojourn.records.actor import PUBLIC, SYSTEM
from sojourn.records.draw_files import read_inputs
from sojourn.records.methods import DRAW, check_proof, run_draw
from sojourn.records.models import ProofFile, Run
from sojourn.registry.models import Membership, Person

pytestmark = pytest.mark.django_db
LAST_MOMENT = dt.datetime.combine(CLOSES_ON, dt.time(), dt.UTC)


def thrown_at(moment: dt.datetime) -> DiceThrows:
    return DiceThrows(int(moment.timestamp()), DICE.faces, DICE.throws, DICE.witnesses)


def proof_of(round_: Round) -> dict[str, bytes]:
    return {row.name: bytes(row.content) for row in ProofFile.objects.filter(run=round_.run)}


def inputs_of(files: dict[str, bytes]) -> dict[str, bytes]:
    names = ("rules.json", "openings.json", "entries.csv", "seed_source.json")
    return {name: files[name] for name in names}


# Announce ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", [at_noon(TODAY), LAST_MOMENT])
def test_seed_that_can_be_known_before_the_call_closes_is_refused(moment: dt.datetime) -> None:
    call = draft()
    with refused("seed.too_soon", where="seed_source"):
        announce_round(by=SYSTEM, call=call, seed_source=thrown_at(moment), at=at_noon(TODAY))


def test_seed_of_the_past_is_refused_even_after_the_closing_day() -> None:
    call = draft()
    source = thrown_at(LAST_MOMENT + DAY)
    with refused("seed.too_soon", where="seed_source"):
        announce_round(by=SYSTEM, call=call, seed_source=source, at=LAST_MOMENT + 2 * DAY)


def test_unsound_source_late_source_and_second_source_are_refused() -> None:
    call = draft()
    with refused("seed.unsound", where="seed_source"):
        weak = DiceThrows(DICE.thrown_at, 6, 3, DICE.witnesses)
        announce_round(by=SYSTEM, call=call, seed_source=weak, at=at_noon(TODAY))
    announce_round(by=SYSTEM, call=call, seed_source=DICE, at=at_noon(TODAY))
    with refused("round.announced"):
        announce_round(by=SYSTEM, call=call, seed_source=DICE, at=at_noon(TODAY))
    late = published(2, code="late")
    with refused("round.late"):
        announce_round(by=SYSTEM, call=late, seed_source=DICE, at=at_noon(TODAY))


# Freeze ------------------------------------------------------------------------------------------


def test_open_call_is_neither_frozen_nor_drawn() -> None:
    call = published(2)
    applied(call)
    round_ = call.round
    for at in (at_noon(TODAY), LAST_MOMENT - dt.timedelta(seconds=1)):
        with refused("round.call_open"):
            freeze_round(by=SYSTEM, round=round_, at=at)
    with refused("round.not_frozen"):
        draw_round(by=SYSTEM, round=round_, seed_value=THROWS, at=DRAWN_AT)
    Call.objects.update(status=Call.Status.CANCELLED)
    with refused("round.call_open"):
        freeze_round(by=SYSTEM, round=Round.objects.get(), at=AFTER)


def test_list_is_not_frozen_once_the_seed_can_be_known() -> None:
    call = published(2)
    applied(call)
    with refused("seed.known"):
        freeze_round(by=SYSTEM, round=call.round, at=dt.datetime.fromtimestamp(DICE.thrown_at, tz=dt.UTC))


def test_empty_list_is_not_frozen() -> None:
    call = published(2)
    with refused("round.empty"):
        freeze_round(by=SYSTEM, round=call.round, at=AFTER)


def test_frozen_list_is_committed_to_once() -> None:
    call = published(2)
    applied(call)
    with traces(("round.freeze", None, True, "participation.round", call.round.pk, 1)):
        round_ = frozen(call)
    assert sorted(proof_of(round_)) == ["entries.csv", "openings.json", "rules.json", "seed_source.json"]
    assert (round_.run.status, round_.run.committed_at) == (Run.Status.COMMITTED, AFTER)
    with refused("round.frozen"):
        freeze_round(by=SYSTEM, round=round_, at=AFTER)
    with refused("round.frozen"):
        stale = Round(pk=round_.pk, call=call, seed_source=round_.seed_source, announced_at=AFTER)
        freeze_round(by=SYSTEM, round=stale, at=AFTER)


def test_whose_consent_has_ended_gets_no_ticket() -> None:
    call = published(2)
    kept, ended = applied(call), applied(call)
    withdraw_consent(by=actor(ended.person), person=ended.person, component_code="A2", on=TODAY + DAY)
    frozen(call)
    assert list(Ticket.objects.values_list("application_id", flat=True)) == [kept.pk]


# Draw --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"throws": []},
        {"throws": [7] * 50},
        {"throws": [1] * 49},
        {"throws": ["１"] * 50},
        {"throws": [True] * 50},
        {"throws": [1.0] * 50},
        {"throws": None},
        {"throws": [1] * 50, "more": 1},
        {"randomness": "00"},
    ],
)
def test_value_that_the_source_cannot_have_published_is_refused(value: dict[str, object]) -> None:
    call = published(2)
    applied(call)
    round_ = frozen(call)
    with refused("seed.wrong", where="seed_value"):
        draw_round(by=SYSTEM, round=round_, seed_value=value, at=DRAWN_AT)


def test_draw_waits_for_its_seed_and_is_final() -> None:
    call = published(2)
    applied(call)
    round_ = frozen(call)
    with refused("seed.not_yet", where="seed_value"):
        draw_round(by=SYSTEM, round=round_, seed_value=THROWS, at=AFTER + DAY)
    with traces(("round.draw", None, True, "participation.round", round_.pk, 1)):
        draw_round(by=SYSTEM, round=round_, seed_value=THROWS, at=DRAWN_AT)
    with refused("round.drawn"):
        draw_round(by=SYSTEM, round=round_, seed_value=OTHER_THROWS, at=DRAWN_AT)
    with refused("round.frozen"):
        freeze_round(by=SYSTEM, round=round_, at=AFTER)


def test_only_the_organiser_announces_freezes_and_draws() -> None:
    waiting, call = draft("draft"), published(2)
    applied(call)
    wrong_role = office(call.organiser, Membership.Role.INSTITUTION)
    for by in (office(factories.RegionFactory()), wrong_role, PUBLIC):
        with unseen():
            announce_round(by=by, call=waiting, seed_source=DICE, at=at_noon(TODAY))
        with unseen():
            freeze_round(by=by, round=call.round, at=AFTER)
    round_ = frozen(call)
    with unseen():
        draw_round(by=PUBLIC, round=round_, seed_value=THROWS, at=DRAWN_AT)


def test_proof_that_does_not_hold_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    call = published(2)
    applied(call)
    round_ = frozen(call)
    monkeypatch.setattr(
        rounds, "run_draw", lambda inputs, value: (None, {**run_draw(inputs, value)[1], "order.csv": b"x"})
    )
    with refused("round.unsound"):
        draw_round(by=SYSTEM, round=round_, seed_value=THROWS, at=DRAWN_AT)


@pytest.fixture
def crowd() -> Call:
    """A call of 3 + 2 seats, one of them reserved, with a family of three and eight who apply alone."""
    call = published(3, 2)
    first, second = choices_of(call)
    school = factories.SchoolFactory()
    first.reserves.create(region=school.parent, seats=1, position=1)
    applied(call, *factories.PersonFactory.create_batch(3, age=12))
    for number in range(8):
        turned = [second, first] if number % 3 else [first, second]
        applied(call, choices=turned[: 1 + number % 2], sending=school if number < 4 else None)
    return call


def test_proof_from_the_database_verifies_and_fails_after_one_changed_byte(crowd: Call) -> None:
    round_ = drawn(crowd)
    files = proof_of(round_)
    assert check_proof(files, published=round_.run.commitment).ok
    for name, content in files.items():
        forged = bytearray(content)
        forged[len(content) // 2] ^= 2
        assert not check_proof({**files, name: bytes(forged)}, published=round_.run.commitment).ok, name
    assert not check_proof(files, published="0" * 64).ok


def test_rows_are_those_of_the_draw_and_reasons_those_of_the_core(crowd: Call) -> None:
    round_ = drawn(crowd)
    inputs = inputs_of(proof_of(round_))
    draw, again = run_draw(inputs, THROWS)
    assert again == proof_of(round_)
    tickets = {row.code: row for row in Ticket.objects.select_related("application")}
    frozen_list = read_inputs(inputs, DRAW)
    assert len(tickets) == 9
    for code, ticket in tickets.items():
        told = explain(code, frozen_list.tickets, frozen_list.openings, draw)
        told_as_json = {**asdict(told), "choices": [asdict(choice) for choice in told.choices]}
        assert {**ticket.reason, "choices": list(ticket.reason["choices"])} == told_as_json
        assert ticket.place_in_order == 1 + draw.order.index(code)
    offers = Offer.objects.select_related("opening", "reserve")
    made = {
        (row.application_id, row.opening.code, row.rank, row.reserve and f"region-{row.reserve.region.code}")
        for row in offers
    }
    assert made == {
        (tickets[code].application_id, place.opening, place.rank, place.reserve)
        for code, place in draw.places.items()
    }
    assert {row.answer_by for row in offers} == {DRAWN_AT.date() + 14 * DAY}
    waiting = {opening.code: line_of(opening) for opening in choices_of(crowd)}
    assert waiting == {
        opening: [tickets[code].application_id for code in line] for opening, line in draw.waiting.items()
    }


def test_same_inputs_and_seed_give_the_same_outcome_and_another_seed_another(crowd: Call) -> None:
    inputs = inputs_of(proof_of(frozen(crowd)))
    one, two, other = (run_draw(inputs, value)[1] for value in (THROWS, THROWS, OTHER_THROWS))
    assert one == two
    assert one["order.csv"] != other["order.csv"]


def test_whoever_withdraws_after_the_freeze_keeps_the_ticket_and_gets_no_offer() -> None:
    call = published(1)
    made = [applied(call) for _ in range(3)]
    round_ = frozen(call)
    draw, _proof = run_draw(inputs_of(proof_of(round_)), THROWS)
    codes = dict(Ticket.objects.values_list("code", "application_id"))
    first, second, third = (Application.objects.get(pk=codes[code]) for code in draw.order)
    with traces():
        withdraw_application(
            by=actor(first.person), application=first, people=[first.person], on=AFTER.date()
        )
    draw_round(by=SYSTEM, round=round_, seed_value=THROWS, at=DRAWN_AT)
    assert (len(made), Ticket.objects.count(), Ticket.objects.filter(reason__isnull=False).count()) == (
        3,
        3,
        3,
    )
    assert [row.application for row in Offer.objects.all()] == [second]
    assert line_of(choices_of(call)[0]) == [third.pk]
    assert check_proof(proof_of(round_), published=round_.run.commitment).ok


def test_whose_consent_ends_between_freeze_and_draw_gets_no_offer() -> None:
    call = published(1)
    for _ in range(2):
        applied(call)
    round_ = frozen(call)
    draw, _proof = run_draw(inputs_of(proof_of(round_)), THROWS)
    codes = dict(Ticket.objects.values_list("code", "application_id"))
    first, second = (Application.objects.get(pk=codes[code]) for code in draw.order)
    withdraw_consent(by=actor(first.person), person=first.person, component_code="A2", on=AFTER.date())
    draw_round(by=SYSTEM, round=round_, seed_value=THROWS, at=DRAWN_AT)
    assert [row.application for row in Offer.objects.all()] == [second]
    assert WaitingPlace.objects.count() == 0


def test_refused_draw_leaves_the_trail_as_it_was() -> None:
    call = published(2)
    applied(call)
    round_ = frozen(call)
    before = events()
    with refused("seed.wrong", where="seed_value"):
        draw_round(by=SYSTEM, round=round_, seed_value={}, at=DRAWN_AT)
    assert events() == before


def test_draw_cannot_tell_who_has_said_no_before() -> None:
    """Somebody who declined, left, withdrew and took a yes back stands in the list like anybody else."""
    earlier, call = published(2, code="spring"), published(2)
    school = factories.SchoolFactory()
    wavering, steady = factories.PersonFactory.create_batch(2)
    for code in ("A2", "A3"):
        factories.ConsentFactory(person=wavering, component_code=code, ends_on=TODAY - DAY)
    declined = factories.OfferFactory(application__person=wavering, opening=choices_of(earlier)[0])
    factories.ConsentFactory(person=wavering)
    offers.decline_offer(by=actor(wavering), offer=declined, person=wavering, on=TODAY)
    withdrawn = applied(call, wavering, sending=school)
    withdraw_application(by=actor(wavering), application=withdrawn, people=[wavering], on=TODAY)
    made = [applied(call, Person.objects.get(pk=one.pk), sending=school) for one in (wavering, steady)]
    frozen(call)
    files = {row.name: bytes(row.content) for row in Round.objects.get(call=call).run.files.order_by("name")}
    entries = {row.ticket.code: row for row in Application.objects.filter(pk__in=[one.pk for one in made])}
    lines = {
        (ticket.size, ticket.choices, ticket.tags)
        for ticket in read_inputs(files, DRAW).tickets
        if ticket.id in entries
    }
    assert (len(entries), len(lines)) == (2, 1)
