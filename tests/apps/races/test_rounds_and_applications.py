"""Applying, freezing and drawing at the same moment: one succeeds, the others read why they did not."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from apps import factories
from apps.outcomes import events
from apps.participation.world import (
    ADULT_YES,
    AFTER,
    CHILD_YES,
    DRAWN_AT,
    THROWS,
    TODAY,
    actor,
    applied,
    choices_of,
    frozen,
    guardian_of,
    published,
)
from apps.races.together import DONE, together
from sojourn.participation.actions.applications import apply, join_group, withdraw_application
from sojourn.participation.actions.rounds import draw_round, freeze_round
from sojourn.participation.models import Application, Engagement, Member, Offer, Round, Ticket
from sojourn.participation.rules.applications import Yes
from sojourn.records.actor import SYSTEM
from sojourn.records.methods import check_proof
from sojourn.records.models import ProofFile, Run
from sojourn.registry.models import Consent

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_database"),
]


def verbs(verb: str) -> int:
    return [line[0] for line in events()].count(verb)


def withdrawing(row: Application, on: dt.date) -> Callable[[], object]:
    by = actor(row.person)
    return partial(withdraw_application, by=by, application=row, people=[row.person], on=on)


def test_person_who_applies_in_many_windows_at_once_applies_once() -> None:
    call, person, school = published(2), factories.PersonFactory(), factories.SchoolFactory()
    act = partial(
        apply,
        by=actor(person),
        call=call,
        people=[person],
        sending=school,
        choices=choices_of(call),
        yes=[Yes(person.pk, ADULT_YES)],
        language="en",
        on=TODAY,
    )
    assert Counter(together([act] * 20)) == {DONE: 1, "application.twice": 19}
    assert (Application.objects.count(), Member.objects.count(), Consent.objects.count()) == (1, 1, 1)
    assert verbs("application.submit") == 1


def test_overlapping_groups_at_once_hold_nobody_twice() -> None:
    call, school = published(2), factories.SchoolFactory()
    children = factories.PersonFactory.create_batch(6, age=12)
    guardian = actor(guardian_of(children))
    around = [[children[(first + step) % 6] for step in range(3)] for first in range(6)]
    trios = [*around, *(trio[::-1] for trio in around)]
    acts = [
        partial(
            apply,
            by=guardian,
            call=call,
            people=trio,
            sending=school,
            choices=choices_of(call),
            yes=[Yes(child.pk, CHILD_YES) for child in trio],
            language="en",
            on=TODAY,
        )
        for trio in trios
    ]
    outcomes = Counter(together(acts))
    assert set(outcomes) == {DONE, "application.twice"}
    assert Member.objects.count() == 3 * outcomes[DONE]
    assert Member.objects.values("person").distinct().count() == 3 * outcomes[DONE]
    assert Application.objects.count() == outcomes[DONE]


def test_last_room_in_a_group_is_joined_by_as_many_as_fit() -> None:
    call = published(4)
    made = applied(call, as_group=True)
    people = factories.PersonFactory.create_batch(12)
    acts = [
        partial(
            join_group,
            by=actor(person),
            group=made.group,
            person=person,
            yes=[Yes(person.pk, ADULT_YES)],
            language="en",
            on=TODAY,
        )
        for person in people
    ]
    assert Counter(together(acts)) == {DONE: 3, "application.group_too_large": 9}
    assert made.members.count() == call.maximum_group == 4


def test_list_is_frozen_by_one_of_many() -> None:
    call = published(2)
    for _ in range(3):
        applied(call)
    round_ = Round.objects.get()
    acts = [partial(freeze_round, by=SYSTEM, round=Round.objects.get(), at=AFTER) for _ in range(12)]
    assert Counter(together(acts)) == {DONE: 1, "round.frozen": 11}
    round_.refresh_from_db()
    assert (Run.objects.count(), Ticket.objects.count(), ProofFile.objects.count()) == (1, 3, 4)
    assert (round_.status, verbs("round.freeze")) == (Round.Status.FROZEN, 1)


def test_round_is_drawn_by_one_of_many() -> None:
    call = published(2)
    for _ in range(5):
        applied(call)
    frozen(call)
    acts = [
        partial(draw_round, by=SYSTEM, round=Round.objects.get(), seed_value=THROWS, at=DRAWN_AT)
        for _ in range(12)
    ]
    assert Counter(together(acts)) == {DONE: 1, "round.drawn": 11}
    assert (Offer.objects.count(), Engagement.objects.count(), verbs("round.draw")) == (2, 0, 1)
    files = {row.name: bytes(row.content) for row in ProofFile.objects.all()}
    assert check_proof(files, published=Run.objects.get().commitment).ok


def test_people_who_withdraw_while_the_list_is_frozen_are_gone_or_have_a_ticket_only() -> None:
    call = published(2)
    made = [applied(call) for _ in range(12)]
    acts = [withdrawing(row, AFTER.date()) for row in made]
    freeze = partial(freeze_round, by=SYSTEM, round=Round.objects.get(), at=AFTER)
    outcomes = together([*acts[:6], freeze, *acts[6:]])
    assert outcomes[:6] + outcomes[7:] == [DONE] * 12
    assert {DONE: "frozen", "round.empty": "announced"}[outcomes[6]] == Round.objects.get().status
    assert Application.objects.standing().count() == 0
    assert Application.objects.count() == Ticket.objects.count()


def test_people_who_withdraw_while_the_round_is_drawn_hold_nothing_and_free_their_seats() -> None:
    call = published(4)
    made = [applied(call) for _ in range(12)]
    frozen(call)
    gone = made[::2]
    acts = [withdrawing(row, DRAWN_AT.date()) for row in gone]
    draw = partial(draw_round, by=SYSTEM, round=Round.objects.get(), seed_value=THROWS, at=DRAWN_AT)
    assert together([*acts[:3], draw, *acts[3:]]) == [DONE] * 7
    offered = Offer.objects.filter(status=Offer.Status.OPEN)
    assert offered.count() == 4
    assert offered.filter(application__in=gone).count() == 0
    assert choices_of(call)[0].waiting.filter(application__in=gone).count() == 0
    assert choices_of(call)[0].waiting.count() == 2
