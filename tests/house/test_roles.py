"""One table says what each role may do; every write asks it, and what is in no row is nobody's."""

import pytest

from house.test_actions import MODULES  # noqa: F401 - importing it makes every action known
from sojourn.records.action import ACTIONS
from sojourn.records.actor import PUBLIC, SYSTEM, Actor, Post
from sojourn.records.refusal import UnseenError
from sojourn.records.roles import POSTS, SEES_MINORS, VERBS, Role, holds, must_hold, roles_of
from sojourn.registry.models import Membership
from sojourn.web.access import ROLES as AUDIENCES
from sojourn.web.roles import ROLES


def actor(*roles: str) -> Actor:
    return Actor(account_id=1, posts=frozenset(Post(role, 1) for role in roles))


def test_every_action_is_in_the_table_for_somebody_and_no_verb_is_left_over() -> None:
    assert sorted(set().union(*VERBS.values())) == sorted(ACTIONS)


def test_every_role_has_its_row_and_its_words() -> None:
    assert set(VERBS) == set(ROLES) == set(Role)


def test_posts_of_the_table_are_those_of_the_database() -> None:
    assert set(Membership.Role.values) == POSTS
    assert {role for roles in AUDIENCES.values() for role in roles} == POSTS


def test_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        VERBS[Role.PUBLIC] = frozenset({"plan.publish"})  # type: ignore[index]
    assert {type(verbs) for verbs in VERBS.values()} == {frozenset}


def test_unknown_verb_is_nobodys() -> None:
    everybody = Actor(account_id=1, person_id=1, posts=frozenset(Post(role, 1) for role in POSTS))
    assert [holds(by, "engagement.rate") for by in (everybody, SYSTEM, PUBLIC)] == [False, False, False]


@pytest.mark.parametrize("role", sorted(POSTS))
def test_post_holds_its_row_and_what_is_everybodys(role: str) -> None:
    held = {verb for verb in ACTIONS if holds(actor(role), verb)}
    assert held == VERBS[Role(role)] | VERBS[Role.PUBLIC]


def test_role_that_no_organisation_gives_is_not_taken_from_a_post() -> None:
    assert roles_of(actor("system", "participant", "child", "emperor")) == {Role.PUBLIC}


def test_system_has_its_own_row_and_nothing_of_a_person() -> None:
    assert roles_of(SYSTEM) == {Role.SYSTEM}
    assert not VERBS[Role.SYSTEM] & (VERBS[Role.CHILD] | {"roster.read", "application.submit"})


def test_child_with_a_slip_is_no_guardian() -> None:
    assert roles_of(Actor(person_id=5, is_child=True)) == {Role.PUBLIC, Role.CHILD}
    assert roles_of(Actor(person_id=5)) == {Role.PUBLIC, Role.PARTICIPANT, Role.GUARDIAN}


def test_office_has_no_verb_that_reads_a_person() -> None:
    offices = VERBS[Role.PROGRAMME_OFFICE] | VERBS[Role.REGIONAL_OFFICE] | VERBS[Role.AUDITOR]
    assert "roster.read" not in offices
    assert {role for role in POSTS if "roster.read" in VERBS[role]} <= SEES_MINORS


def test_refusal_tells_nothing() -> None:
    with pytest.raises(UnseenError):
        must_hold(actor(Role.LEADER), "plan.publish")


def test_action_asks_the_table_before_its_rule() -> None:
    """Each action of the product, called by an actor who holds nothing, never comes to its rule."""
    for verb, spec in ACTIONS.items():
        module = __import__(spec.function.__module__, fromlist=["_"])
        run = getattr(module, spec.function.__name__)
        by = PUBLIC if verb not in VERBS[Role.PUBLIC] else SYSTEM
        if holds(by, verb):
            continue
        with pytest.raises(UnseenError):
            run(by=by)
