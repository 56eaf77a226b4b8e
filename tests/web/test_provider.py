"""Logging in through an organisation's own provider, against a real one on the loopback interface."""

from collections.abc import Iterator

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from apps.factories import NOW, AccountFactory, MembershipFactory, SchoolFactory
from sojourn.entrance.actions.posts import invite
from sojourn.records.actor import Actor, Post
from sojourn.records.roles import Role
from sojourn.registry.models import Account

pytestmark = pytest.mark.django_db
TIMEOUT = 20


def user(sub: str, email: str, *, is_verified: bool = True) -> User:
    return User(
        sub=sub, claims={"email": email, "email_verified": is_verified, "name": "Kim Lee", "picture": "x.png"}
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A provider with three people."""
    people = (
        user("kim", "kim@example.org"),
        user("unproved", "kim@example.org", is_verified=False),
        user("twin", "KIM@example.org"),
    )
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _provider(settings, address: str) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Office log-in",
                    "client_id": "sojourn",
                    "secret": "a secret of the test",
                    "settings": {"server_url": address},
                }
            ],
        }
    }


def through(client: Client, sub: str) -> object:
    """Go to the provider, log in there as `sub`, and come back."""
    there = client.post("/log-in/through/oidc/")
    assert there.status_code == 302
    asked = requests.post(there["Location"], data={"sub": sub}, allow_redirects=False, timeout=TIMEOUT)
    back = asked.headers["Location"]
    assert back.startswith("http://testserver/log-in/through/oidc/back/?")
    return client.get(back.removeprefix("http://testserver"))


def invited(client: Client, email: str = "kim@example.org") -> None:
    school = SchoolFactory()
    lead = Actor(account_id=AccountFactory().pk, posts=frozenset({Post(Role.INSTITUTION, school.pk)}))
    values = {"organisation": school, "role": Role.LEADER, "is_mailed": True, "token": "secret", "at": NOW}
    invite(by=lead, email=email, **values)
    client.get("/invitation/secret/")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_log_in_page_offers_the_provider(client: Client) -> None:
    assert "Log in through Office log-in" in client.get("/log-in/").content.decode()


def test_stranger_gets_no_account_through_the_provider(client: Client) -> None:
    answer = through(client, "kim")
    assert "nobody has invited this address" in answer.content.decode()
    assert not is_in(client)
    assert (Account.objects.count(), SocialAccount.objects.count()) == (0, 0)


def test_account_with_this_confirmed_address_is_logged_in(client: Client) -> None:
    kim = AccountFactory(email="kim@example.org", password="four quiet herons wade")
    assert through(client, "kim")["Location"] == "/home/"
    assert client.session["_auth_user_id"] == str(kim.pk)
    assert Account.objects.get(pk=kim.pk).check_password("four quiet herons wade")
    assert through(Client(), "kim")["Location"] == "/home/"
    assert SocialAccount.objects.get().user == kim


def test_provider_that_has_not_verified_the_address_logs_nobody_in(client: Client) -> None:
    AccountFactory(email="kim@example.org", password="four quiet herons wade")
    through(client, "unproved")
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0


def test_password_of_whoever_took_an_address_before_its_owner_is_void(client: Client) -> None:
    """Somebody opens an account for an address that is not theirs and never confirms it."""
    kim = AccountFactory(email="kim@example.org", password="known to a stranger")
    EmailAddress.objects.filter(user=kim).update(verified=False)
    through(client, "kim")
    assert not Account.objects.get(pk=kim.pk).has_usable_password()


def test_invitation_opens_an_account_through_the_provider(client: Client) -> None:
    invited(client)
    assert through(client, "kim").status_code == 302
    assert is_in(client)
    client.post("/invitation/")
    account = Account.objects.get(email="kim@example.org")
    assert [post.role for post in account.memberships.all()] == ["leader"]
    assert not account.has_usable_password()
    assert client.get("/institution/")["Location"].startswith("/account/second-factor/")


def test_invitation_to_another_address_opens_nothing_through_the_provider(client: Client) -> None:
    invited(client, email="lee@example.org")
    through(client, "kim")
    assert not is_in(client)


def test_nothing_but_the_number_is_taken_over(client: Client) -> None:
    AccountFactory(email="kim@example.org", password="four quiet herons wade")
    through(client, "kim")
    row = SocialAccount.objects.get()
    assert (row.uid, row.extra_data, SocialToken.objects.count()) == ("kim", {}, 0)


def test_answer_that_nobody_asked_for_logs_nobody_in(client: Client) -> None:
    """A link with a code, planted by somebody else: the state of the session does not fit."""
    AccountFactory(email="kim@example.org", password="four quiet herons wade")
    there = Client().post("/log-in/through/oidc/")
    asked = requests.post(there["Location"], data={"sub": "kim"}, allow_redirects=False, timeout=TIMEOUT)
    planted = asked.headers["Location"].removeprefix("http://testserver")
    assert client.get(planted).status_code == 401
    assert not is_in(client)


def test_second_factor_is_asked_for_after_the_provider_too(client: Client) -> None:
    kim = AccountFactory(email="kim@example.org", password="four quiet herons wade")
    MembershipFactory(account=kim, role=Role.LEADER)
    through(client, "kim")
    assert client.get("/institution/")["Location"].startswith("/account/second-factor/")


def test_site_without_a_provider_offers_none(client: Client, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Log in through" not in client.get("/log-in/").content.decode()
    assert client.post("/log-in/through/oidc/").status_code == 404
