"""Giving and ending posts on pages: inside the own subtree, by a link that works once."""

import re

import pytest
from django.core import mail
from django.test import Client

from apps.factories import (
    NOW,
    AccountFactory,
    CoordinatingOfficeFactory,
    MembershipFactory,
    RegionFactory,
    SchoolFactory,
)
from sojourn.entrance.models import Invitation
from sojourn.records.models import AuditEvent
from sojourn.records.roles import Role
from sojourn.registry.models import Account, Organisation
from web.given import logged_in_as

pytestmark = pytest.mark.django_db
PASSWORD = "four quiet herons wade"


@pytest.fixture
def school() -> Organisation:
    return SchoolFactory(code="hill")


@pytest.fixture
def lead(school: Organisation) -> Client:
    post = MembershipFactory(role=Role.INSTITUTION, organisation=school, account__email="lead@example.org")
    return logged_in_as(post.account)


def send(client: Client, way: str = "mail", **changes: str) -> object:
    sent = {"email": "kim@example.org", "post": "leader/hill", "way": way} | changes
    return client.post("/posts/invite/", sent)


def mailed() -> str:
    return re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)[1]


def test_mailed_invitation_opens_an_account_whose_first_page_is_the_second_factor(lead: Client) -> None:
    assert send(lead)["Location"] == "/posts/"
    assert mail.outbox[0].to == ["kim@example.org"]
    link, client = mailed(), Client()
    assert client.get(link)["Location"] == "/invitation/"
    page = client.get("/invitation/").content.decode()
    assert ["kim@example.org" in page, "Group leader" in page] == [True, True]
    assert client.post("/invitation/", {"password": PASSWORD})["Location"] == "/home/"
    kim = Account.objects.get(email="kim@example.org")
    assert client.session["_auth_user_id"] == str(kim.pk)
    assert client.get("/institution/")["Location"].startswith("/account/second-factor/?")
    assert client.get("/account/second-factor/app/").status_code == 200
    again = Client()
    again.get(link)
    assert "used or too old" in again.get("/invitation/").content.decode()
    again.post("/invitation/", {"password": PASSWORD})
    assert "_auth_user_id" not in again.session


def test_link_to_hand_over_is_shown_once_and_logs_in_without_mail(lead: Client) -> None:
    send(lead, way="hand")
    assert mail.outbox == []
    page = lead.get("/posts/").content.decode()
    link = re.search(r"<code class=\"text-break\">http://testserver(\S+)</code>", page)[1]
    assert link not in lead.get("/posts/").content.decode()
    client = Client()
    client.get(link)
    client.post("/invitation/", {"password": PASSWORD})
    client.post("/log-out/")
    answer = client.post("/log-in/", {"login": "kim@example.org", "password": PASSWORD})
    assert answer["Location"] == "/home/"
    assert not Account.objects.get(email="kim@example.org").emailaddress_set.get().verified


def test_whoever_has_an_account_accepts_with_it_and_with_no_other(lead: Client) -> None:
    send(lead)
    link = mailed()
    other = logged_in_as(AccountFactory(email="lee@example.org"))
    other.get(link)
    assert "for another address" in other.post("/invitation/").content.decode()
    kim = logged_in_as(AccountFactory(email="kim@example.org"))
    kim.get(link)
    assert "Accept as kim@example.org" in kim.get("/invitation/").content.decode()
    assert kim.post("/invitation/")["Location"] == "/home/"
    assert kim.get("/institution/").status_code == 200


def test_address_with_an_account_is_not_opened_a_second_time(lead: Client) -> None:
    send(lead)
    AccountFactory(email="kim@example.org")
    client = Client()
    client.get(mailed())
    page = client.post("/invitation/", {"password": PASSWORD}).content.decode()
    assert "This address has an account" in page
    weak = client.post("/invitation/", {"password": "short"}).content.decode()
    assert "This address has an account" in weak


@pytest.mark.parametrize("post", ["programme_office/office", "leader/dale", "regional_office/north", "x", ""])
def test_form_gives_no_post_that_is_not_offered(lead: Client, post: str) -> None:
    SchoolFactory(code="dale", parent=RegionFactory(code="north"))
    answer = send(lead, post=post)
    assert answer.status_code == 200
    assert Invitation.objects.count() == 0


def test_leader_and_participant_see_no_posts(log_in, school: Organisation) -> None:
    for client in (log_in(Role.LEADER, school), log_in(Role.HOST, school), log_in(Role.AUDITOR, school)):
        assert client.get("/posts/").status_code == 404
        assert client.get("/posts/invite/").status_code == 404


def test_post_ends_and_its_holder_is_out_at_the_next_request(lead: Client, school: Organisation) -> None:
    post = MembershipFactory(role=Role.LEADER, organisation=school, account__email="kim@example.org")
    kim = logged_in_as(post.account)
    assert kim.get("/institution/").status_code == 200
    assert "kim@example.org" in lead.get("/posts/").content.decode()
    assert lead.post(f"/posts/{post.pk}/end/")["Location"] == "/posts/"
    assert kim.get("/institution/").status_code == 404
    assert "kim@example.org" not in lead.get("/posts/").content.decode()
    assert AuditEvent.objects.get(verb="membership.end").object_id == post.pk


def test_stranger_learns_nothing_of_posts_and_invitations(lead: Client, school: Organisation, log_in) -> None:
    post = MembershipFactory(role=Role.LEADER, organisation=school)
    send(lead)
    row = Invitation.objects.get()
    sibling = log_in(Role.INSTITUTION, SchoolFactory(parent=school.parent))
    above = log_in(Role.REGIONAL_OFFICE, school.parent)
    for client in (sibling, above, log_in(Role.PROGRAMME_OFFICE, CoordinatingOfficeFactory())):
        assert client.post(f"/posts/{post.pk}/end/").status_code == 404
        assert client.post(f"/posts/invitations/{row.pk}/revoke/").status_code == 404
        assert "kim@example.org" not in client.get("/posts/").content.decode()
    assert sibling.post("/posts/999999/end/").status_code == 404


def test_invitation_is_taken_back(lead: Client) -> None:
    send(lead)
    row = Invitation.objects.get()
    assert "kim@example.org" in lead.get("/posts/").content.decode()
    lead.post(f"/posts/invitations/{row.pk}/revoke/")
    assert "kim@example.org" not in lead.get("/posts/").content.decode()
    client = Client()
    client.get(mailed())
    assert "used or too old" in client.get("/invitation/").content.decode()


def test_page_of_posts_stands_in_the_menu_of_whoever_gives_some(lead: Client, log_in, school) -> None:
    assert 'href="/posts/" aria-current="page"' in lead.get("/posts/").content.decode()
    assert 'href="/posts/"' not in log_in(Role.LEADER, school).get("/institution/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_posts_needs_the_same_queries(
    lead: Client, school: Organisation, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        MembershipFactory(role=Role.LEADER, organisation=school)
        send(lead, email=f"kim{number}@example.org")
    lead.get("/posts/")  # the messages are said
    with django_assert_num_queries(5):
        lead.get("/posts/")


def test_second_page_of_posts_goes_on_after_the_first(lead: Client, school: Organisation) -> None:
    for _number in range(60):
        MembershipFactory(role=Role.LEADER, organisation=school)
    first = lead.get("/posts/").content.decode()
    after = re.search(r'href="\?after=(\d+)"', first)[1]
    second = lead.get(f"/posts/?after={after}").content.decode()
    assert [page.count("Group leader</td>") for page in (first, second)] == [49, 11]
    assert lead.get("/posts/?after=²").status_code == 200


def test_own_posts_stand_on_the_page_of_the_own_log_in(lead: Client) -> None:
    page = lead.get("/account/").content.decode()
    assert ["lead@example.org" in page, "Institution" in page] == [True, True]
    assert Invitation.objects.filter(made_at=NOW).count() == 0
