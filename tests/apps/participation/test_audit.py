"""The trail: one line of ids for every act, none where saying no must look like silence, never a change."""

import pytest
from django.db import DatabaseError, connection, transaction

from apps.outcomes import events
from apps.participation.world import published
from sojourn.participation.actions import applications, calls, offers, rounds, sessions
from sojourn.plan import actions as plans
from sojourn.records.action import ACTIONS
from sojourn.records.models import AuditEvent
from sojourn.registry import actions as people

pytestmark = pytest.mark.django_db
MODULES = (applications, calls, offers, rounds, sessions, plans, people)


def test_audit_line_holds_ids_and_codes_only() -> None:
    published(2)
    assert [field.name for field in AuditEvent._meta.fields] == [
        "id",
        "at",
        "verb",
        "actor_account",
        "by_system",
        "object_kind",
        "object_id",
        "count",
    ]
    assert [verb for verb, *_rest in events()] == [
        "call.draft",
        "call.add_opening",
        "round.announce",
        "call.publish",
    ]


@pytest.mark.parametrize(
    "change", ["UPDATE records_auditevent SET verb = 'x'", "DELETE FROM records_auditevent"]
)
def test_database_refuses_to_change_the_trail(change: str) -> None:
    published(2)
    before = events()
    with pytest.raises(DatabaseError, match="the audit trail is append-only"), transaction.atomic():
        connection.cursor().execute(change)
    assert events() == before


def test_every_action_of_these_floors_is_known_by_its_verb_and_has_a_rule() -> None:
    names = {module.__name__ for module in MODULES}
    verbs = {verb for verb, spec in ACTIONS.items() if spec.function.__module__ in names}
    assert verbs == {
        "application.rank",
        "application.submit",
        "application.withdraw",
        "call.add_opening",
        "call.draft",
        "call.publish",
        "consent.give",
        "consent.withdraw",
        "engagement.leave",
        "group.join",
        "membership.appoint",
        "offer.accept",
        "offer.decline",
        "offer.lapse",
        "organisation.add",
        "plan.load",
        "plan.publish",
        "round.announce",
        "round.draw",
        "round.freeze",
        "session.record",
        "target.split",
    }
