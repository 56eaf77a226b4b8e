"""Invitations and posts: given inside the own subtree, for one address, one use, seven days."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from apps.factories import (
    NOW,
    TODAY,
    AccountFactory,
    CoordinatingOfficeFactory,
    MembershipFactory,
    RegionFactory,
    SchoolFactory,
)
from apps.outcomes import events, refused, unseen
from sojourn.entrance.actions.posts import (
    accept_invitation,
    end_post,
    invite,
    open_account,
    revoke_invitation,
)
from sojourn.entrance.models import Invitation
from sojourn.entrance.queries import grants, invitation_of, invitations_overseen, posts_overseen
from sojourn.entrance.rules.posts import INVITES, KINDS
from sojourn.records.actor import PUBLIC, Actor
from sojourn.records.roles import POSTS, Role
from sojourn.registry.models import Account, Membership, Organisation
from sojourn.registry.queries import actor_of

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)
PASSWORD = "four quiet herons wade"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def office() -> Organisation:
    return CoordinatingOfficeFactory()


@pytest.fixture
def region(office: Organisation) -> Organisation:
    return RegionFactory(code="north", parent=office)


@pytest.fixture
def school(region: Organisation) -> Organisation:
    return SchoolFactory(code="hill", parent=region)


def holder(role: str, organisation: Organisation) -> Actor:
    post = MembershipFactory(role=role, organisation=organisation)
    return actor_of(post.account, on=TODAY)


def invited(
    by: Actor, organisation: Organisation, role: str, email: str = "kim@example.org", **rest
) -> Invitation:
    values = {"is_mailed": True, "token": f"secret {email}", "at": NOW} | rest
    return invite(by=by, organisation=organisation, role=role, email=email, **values)


def accepted(row: Invitation, email: str, at: dt.datetime = NOW) -> Membership:
    account = Account.objects.filter(email=email).first() or AccountFactory(email=email)
    return accept_invitation(by=Actor(account_id=account.pk), invitation=row, account=account, at=at)


def test_delegation_gives_what_lies_in_the_own_subtree_and_nothing_else(office, region, school) -> None:
    """Every post x every organisation near by: exactly the rows of the table are given."""
    other_region = RegionFactory(code="south", parent=office)
    other_school = SchoolFactory(code="dale", parent=other_region)
    places = {"office": office, "north": region, "south": other_region, "hill": school, "dale": other_school}
    given = {
        giver: {
            (role, name)
            for role in POSTS
            for name, place in places.items()
            if _gives(holder(giver, at), role, place)
        }
        for giver, at in (
            (Role.PROGRAMME_OFFICE, office),
            (Role.REGIONAL_OFFICE, region),
            (Role.INSTITUTION, school),
            (Role.LEADER, school),
            (Role.HOST, school),
            (Role.SAFEGUARDING_LEAD, school),
            (Role.AUDITOR, office),
        )
    }
    assert given == {
        Role.LEADER: set(),
        Role.HOST: set(),
        Role.SAFEGUARDING_LEAD: set(),
        Role.AUDITOR: set(),
        Role.PROGRAMME_OFFICE: {
            ("programme_office", "office"),
            ("auditor", "office"),
            ("safeguarding_lead", "office"),
            ("regional_office", "north"),
            ("regional_office", "south"),
        },
        Role.REGIONAL_OFFICE: {
            ("regional_office", "north"),
            ("safeguarding_lead", "north"),
            ("institution", "hill"),
        },
        Role.INSTITUTION: {
            ("institution", "hill"),
            ("leader", "hill"),
            ("host", "hill"),
            ("safeguarding_lead", "hill"),
        },
    }


def _gives(by: Actor, role: str, organisation: Organisation) -> bool:
    offered = {(grant.role, grant.organisation.pk) for grant in grants(by)}
    if (role, organisation.pk) in offered:
        invited(by, organisation, role, email=f"{role}-{by.account_id}-{organisation.code}@example.org")
        return True
    with unseen():
        invited(by, organisation, role)
    return False


def test_nobody_gives_a_post_that_they_neither_hold_nor_oversee() -> None:
    assert set(INVITES) <= POSTS
    assert {role for given in INVITES.values() for role in given} <= set(KINDS)


def test_invitation_opens_an_account_with_the_post_once(school) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER)
    account = open_account(by=PUBLIC, invitation=row, password=PASSWORD, at=NOW + WEEK - MINUTE)
    post = account.memberships.get()
    assert (account.email, post.role, post.organisation) == ("kim@example.org", "leader", school)
    assert account.check_password(PASSWORD)
    assert events()[-1][:1] == ("account.open",)
    with refused("invitation.over"):
        open_account(by=PUBLIC, invitation=row, password=PASSWORD, at=NOW + WEEK - MINUTE)


@pytest.mark.parametrize(("is_mailed", "is_verified"), [(True, True), (False, False)])
def test_only_a_mailed_link_proves_the_address(school, is_mailed: bool, is_verified: bool) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER, is_mailed=is_mailed)
    account = open_account(by=PUBLIC, invitation=row, password=PASSWORD, at=NOW)
    assert account.emailaddress_set.get().verified is is_verified


def test_invitation_is_used_once(school) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER)
    assert accepted(row, "kim@example.org").role == "leader"
    with refused("invitation.over"):
        accepted(row, "kim@example.org")
    assert Membership.objects.filter(role="leader").count() == 1


def test_invitation_ends_after_seven_days(school) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER)
    AccountFactory(email="kim@example.org")
    with refused("invitation.over"):
        accepted(row, "kim@example.org", at=NOW + WEEK)
    assert invitation_of("secret kim@example.org", at=NOW + WEEK - MINUTE) == row
    assert invitation_of("secret kim@example.org", at=NOW + WEEK) is None


def test_invitation_is_for_the_address_alone(school) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER)
    for email in ("kim@example.com", "kim+1@example.org", "k1m@example.org"):
        AccountFactory(email=email)
        with refused("invitation.other_address"):
            accepted(row, email)
    other = AccountFactory(email="kim@example.org")
    with unseen():
        accept_invitation(by=Actor(account_id=other.pk + 1), invitation=row, account=other, at=NOW)


def test_invitation_that_was_taken_back_opens_nothing(school) -> None:
    lead = holder(Role.INSTITUTION, school)
    row = invited(lead, school, Role.LEADER)
    revoke_invitation(by=lead, invitation=row, at=NOW)
    AccountFactory(email="kim@example.org")
    with refused("invitation.over"):
        accepted(row, "kim@example.org")
    with refused("invitation.over"):
        revoke_invitation(by=lead, invitation=row, at=NOW)


def test_tampered_link_opens_nothing(school) -> None:
    invited(holder(Role.INSTITUTION, school), school, Role.LEADER, token="a" * 43)
    assert invitation_of("a" * 43, at=NOW) is not None
    hashed = Invitation.objects.get().token_hash
    for token in ("", "a" * 42, "A" * 43, "a" * 44, hashed):
        assert invitation_of(token, at=NOW) is None


def test_secret_of_a_link_is_not_stored(school) -> None:
    invited(holder(Role.INSTITUTION, school), school, Role.LEADER, token="secret-of-the-link")
    row = Invitation.objects.values().get()
    assert "secret-of-the-link" not in str(row)


def test_stranger_neither_takes_back_nor_ends_what_another_gave(region, school) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER)
    post = MembershipFactory(role=Role.LEADER, organisation=school)
    sibling = holder(Role.INSTITUTION, SchoolFactory(code="dale", parent=region))
    for by in (sibling, holder(Role.REGIONAL_OFFICE, region), holder(Role.LEADER, school), PUBLIC):
        with unseen():
            revoke_invitation(by=by, invitation=row, at=NOW)
        with unseen():
            end_post(by=by, membership=post, on=TODAY)


def test_address_is_asked_for_in_plain_letters(school) -> None:
    lead = holder(Role.INSTITUTION, school)
    for email in ("kim", "Kim@example.org", "kım@example.org", "kim@exаmple.org", "kim@a b.org", "@x.org"):
        with refused("invitation.address", where="email"):
            invited(lead, school, Role.LEADER, email=email)


def test_address_is_invited_once_at_a_time(school) -> None:
    lead = holder(Role.INSTITUTION, school)
    row = invited(lead, school, Role.LEADER)
    with refused("invitation.open", where="email"):
        invited(lead, school, Role.LEADER)
    accepted(row, "kim@example.org")
    with refused("invitation.holds", where="email"):
        invited(lead, school, Role.LEADER)
    assert invited(lead, school, Role.HOST, token="another").role == Role.HOST


def test_account_is_opened_by_nobody_who_has_one(school) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER)
    with refused("account.password", where="password"):
        open_account(by=PUBLIC, invitation=row, password="password1234", at=NOW)
    with refused("account.password", where="password"):
        open_account(by=PUBLIC, invitation=row, password="kim@example.org", at=NOW)
    kim = AccountFactory(email="kim@example.org")
    with refused("account.exists"):
        open_account(by=PUBLIC, invitation=row, password=PASSWORD, at=NOW)
    with refused("account.logged_in"):
        open_account(by=Actor(account_id=kim.pk), invitation=row, password=PASSWORD, at=NOW)


def test_post_that_has_ended_can_be_given_anew(school) -> None:
    lead = holder(Role.INSTITUTION, school)
    post = accepted(invited(lead, school, Role.LEADER), "kim@example.org")
    end_post(by=lead, membership=post, on=TODAY)
    assert not actor_of(post.account, on=TODAY).posts
    again = accepted(invited(lead, school, Role.LEADER, token="another"), "kim@example.org")
    assert (again.pk, again.ends_on) == (post.pk, None)


def test_holder_lays_the_own_post_down(school) -> None:
    post = MembershipFactory(role=Role.LEADER, organisation=school)
    end_post(by=actor_of(post.account, on=TODAY), membership=post, on=TODAY)
    assert not actor_of(post.account, on=TODAY).posts


def test_last_programme_officer_stays(office) -> None:
    post = MembershipFactory(role=Role.PROGRAMME_OFFICE, organisation=office)
    first = actor_of(post.account, on=TODAY)
    with refused("post.last"):
        end_post(by=first, membership=post, on=TODAY)
    second = MembershipFactory(role=Role.PROGRAMME_OFFICE, organisation=office)
    end_post(by=actor_of(second.account, on=TODAY), membership=post, on=TODAY)
    assert not actor_of(post.account, on=TODAY).posts


def test_lists_hold_what_the_reader_may_end_and_nothing_else(office, region, school) -> None:
    lead, officer = holder(Role.INSTITUTION, school), holder(Role.REGIONAL_OFFICE, region)
    leader = MembershipFactory(role=Role.LEADER, organisation=school)
    MembershipFactory(role=Role.LEADER, organisation=SchoolFactory(code="dale", parent=region))
    invited(lead, school, Role.HOST)
    invited(officer, school, Role.INSTITUTION, email="lee@example.org")

    def seen(by: Actor) -> tuple[list[str], list[str]]:
        posts = [line.role for line in posts_overseen(by, on=TODAY)]
        return posts, [line.email for line in invitations_overseen(by, at=NOW)]

    assert seen(lead) == (["institution", "leader"], ["lee@example.org", "kim@example.org"])
    assert seen(officer) == (["institution", "regional_office"], ["lee@example.org"])
    assert seen(actor_of(leader.account, on=TODAY)) == (["leader"], [])
    assert seen(Actor(account_id=0)) == ([], [])


def test_database_keeps_a_used_invitation_apart_from_a_revoked_one(school) -> None:
    row = invited(holder(Role.INSTITUTION, school), school, Role.LEADER)
    account = AccountFactory()
    for changes in ({"used_at": NOW}, {"used_at": NOW, "used_by": account, "revoked_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=row.pk).update(**changes)
