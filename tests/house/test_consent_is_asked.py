"""Every action that has to do with people needs their live yes, or says why it needs none."""

import inspect
import typing
from collections.abc import Iterator

import pytest

from house.test_actions import MODULES
from house.test_data_register import personal_models
from sojourn.participation.models import Opening, Round
from sojourn.records.action import ACTIONS, ActionSpec
from sojourn.registry.consents import Needs

assert MODULES  # they are imported there, and fill ACTIONS

NEED_A_YES = {
    "application.submit": "take_part",
    "group.join": "take_part",
    "need.write": "keep_needs",
    "offer.accept": "take_part",
    "session.record": "take_part",
}
"""The acts that stop without a live yes, and its purpose. Leaving, declining, erasing are never here."""

NEVER_ASKED = {
    "account": "a log-in is its holder’s own",
    "departure": "adults are counted for all who might go; the roster says who may",
    "emergency": "a child in danger is helped first, by two, and is told",
    "guardianship": "it says who can be asked at all",
    "incident": "nobody’s yes is needed to report or to end harm",
    "invitation": "a post is work, not taking part",
    "membership": "a post is work, not taking part",
    "person": "people write themselves down before they can be asked",
    "sheet": "a blank sheet names nobody",
    "slip": "a child’s own key, to say no with",
    "vetting": "adults are checked for the children’s sake",
}
"""Kinds of rows about people on which no act waits for a yes, each with its reason; others are asked."""

REACH_PEOPLE = (Opening, Round)
"""Tables that name nobody, but through which an act reaches people."""


def classes_in(hint: object) -> Iterator[type]:
    """Every class that a type hint is made of."""
    if isinstance(hint, type):
        yield hint
    for part in typing.get_args(hint):
        yield from classes_in(part)


def touches_people(spec: ActionSpec) -> bool:
    """Whether the action is given, or gives back, rows that are about people."""
    hints = typing.get_type_hints(spec.function)
    found = {cls for hint in hints.values() for cls in classes_in(hint)}
    return bool(found & {*personal_models(), *REACH_PEOPLE})


def test_every_action_on_people_needs_their_yes_or_says_why_not() -> None:
    silent = {verb for verb, spec in ACTIONS.items() if touches_people(spec) and not spec.consent}
    assert sorted(verb for verb in silent if verb.split(".")[0] not in NEVER_ASKED) == []
    assert set(NEVER_ASKED) <= {verb.split(".")[0] for verb in silent}


def test_acts_that_stop_without_a_yes_are_these() -> None:
    declared = {
        verb: spec.consent.purpose for verb, spec in ACTIONS.items() if isinstance(spec.consent, Needs)
    }
    assert declared == NEED_A_YES
    assert all(isinstance(spec.consent, Needs | str) for spec in ACTIONS.values())


def test_leaving_and_saying_no_never_need_a_yes_and_leave_no_line() -> None:
    free = ("application.withdraw", "consent.withdraw", "engagement.leave", "offer.decline")
    assert [isinstance(ACTIONS[verb].consent, str) for verb in free] == [True] * len(free)


@pytest.mark.parametrize("verb", sorted(NEED_A_YES))
def test_consent_reads_arguments_that_the_action_has(verb: str) -> None:
    spec = ACTIONS[verb]
    assert isinstance(spec.consent, Needs)
    given = set(inspect.signature(spec.function).parameters)
    asked = {
        name
        for question in (spec.consent.people, spec.consent.component)
        for name, one in inspect.signature(question).parameters.items()
        if one.kind is not one.VAR_KEYWORD
    }
    assert asked | {spec.consent.day} <= given
