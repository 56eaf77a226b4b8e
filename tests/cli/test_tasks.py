"""The night lets go of what is over."""

import datetime as dt

import pytest

from apps.factories import NOW, TODAY, AccountFactory, PersonFactory, SchoolFactory
from sojourn.cli.tasks import prune_entrance
from sojourn.entrance.models import Invitation, Slip
from sojourn.records.jobs import Chunk

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_invitations_go_after_90_days_and_slips_after_30() -> None:
    for days in (89, 91):
        Invitation.objects.create(
            organisation=SchoolFactory(),
            role="leader",
            email="kim@example.org",
            is_mailed=True,
            token_hash=str(days),
            made_by=AccountFactory(),
            made_at=NOW - (days + 7) * DAY,
            ends_at=NOW - days * DAY,
        )
    for days in (29, 31):
        Slip.objects.create(
            child=PersonFactory(age=12),
            code_hash=str(days),
            starts_on=TODAY - 60 * DAY,
            ends_on=TODAY - days * DAY,
        )
    assert prune_entrance({"on": TODAY.isoformat()}, {}) == Chunk(2, None)
    assert Invitation.objects.get().token_hash == "89"
    assert Slip.objects.get().code_hash == "29"
