"""Names are for the host that runs the activity: the rule holds by itself, whatever page asks."""

import pytest

from apps.factories import AccountFactory, EngagementFactory, SchoolFactory, say_yes
from sojourn.participation.actions.rosters import read_roster
from sojourn.records.actor import Actor, Post
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Membership, Organisation, Person

Role = Membership.Role
pytestmark = pytest.mark.django_db


def holder(role: str, organisation: Organisation, person: Person | None = None) -> Actor:
    """Somebody with a log-in and a post."""
    account = AccountFactory(person=person)
    posts = frozenset({Post(role, organisation.pk)})
    return Actor(account_id=account.pk, person_id=account.person_id, posts=posts)


def test_roster_is_read_by_the_host_alone() -> None:
    engagement = EngagementFactory(person__given_name="Mina")
    say_yes(engagement)
    opening, host = engagement.opening, engagement.opening.host
    above = Organisation.objects.get(pk=host.parent_id)
    lines = read_roster(by=holder(Role.INSTITUTION, host), opening=opening, day=opening.starts_on)
    assert [line.name.startswith("Mina") for line in lines] == [True]
    others = [
        holder(Role.INSTITUTION, SchoolFactory(parent=above)),
        holder(Role.INSTITUTION, engagement.sending),
        holder(Role.REGIONAL_OFFICE, above),
        holder(Role.PROGRAMME_OFFICE, Organisation.objects.get(parent=None)),
        Actor(person_id=engagement.person_id, posts=frozenset({Post(Role.LEADER, host.pk)})),
    ]
    for other in others:
        with pytest.raises(UnseenError):
            read_roster(by=other, opening=opening, day=opening.starts_on)
