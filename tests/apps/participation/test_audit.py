"""The trail: one line of ids for every act, none where saying no must look like silence, never a change."""

import pytest
from django.db import DatabaseError, connection, transaction

from apps.outcomes import events
from apps.participation.world import published
from sojourn.records.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_audit_line_holds_ids_and_codes_only() -> None:
    published(2)
    assert [field.name for field in AuditEvent._meta.fields] == [
        "id",
        "at",
        "verb",
        "actor_account",
        "actor_token",
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
