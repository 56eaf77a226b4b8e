"""Logging in: delay after failures, nothing told about accounts, second factors, one's own devices."""

import datetime as dt
import re
import time
from pathlib import Path
from unittest import mock

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import hashers
from django.core import mail
from django.db import connection
from django.test import Client

from apps.factories import NOW, TODAY, AccountFactory, MembershipFactory, PersonFactory, SchoolFactory
from sojourn.entrance import factors
from sojourn.entrance.models import LogIn
from sojourn.entrance.passwords import Argon2id
from sojourn.records.encrypted import new_key
from sojourn.registry.models import Account, Membership
from sojourn.web.account.mails import MAILS
from web.given import logged_in_as

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "four quiet herons wade", "nine grey geese glide"
TOO_MANY = "Too many attempts"
WRONG = "No account has this address and password"


@pytest.fixture
def lee() -> Account:
    return AccountFactory(email="lee@example.org", password=PASSWORD)


@pytest.fixture
def teacher() -> Account:
    account = AccountFactory(email="teacher@example.org", password=PASSWORD)
    MembershipFactory(account=account, organisation=SchoolFactory(), role=Membership.Role.LEADER)
    return account


@pytest.fixture
def secret(teacher: Account) -> str:
    """The key of the teacher's authenticator app, with recovery codes beside it."""
    made = totp.generate_totp_secret()
    totp.TOTP.activate(teacher, made)
    RecoveryCodes.activate(teacher)
    return made


def code_at(secret: str, moment: float) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(moment) // 30))


def log_in(client: Client, email: str = "lee@example.org", password: str = PASSWORD, **more) -> object:
    return client.post("/log-in/", {"login": email, "password": password} | more)


# Passwords ----------------------------------------------------------------------------------------


def test_passwords_are_kept_by_argon2id_with_stated_parameters(settings) -> None:
    assert settings.PASSWORD_HASHERS[0] in hashers.__dict__.values() or Argon2id.algorithm == "argon2"
    kept = Argon2id().encode(PASSWORD, "a salt for a test")
    assert kept.startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")
    assert Argon2id().verify(PASSWORD, kept)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short words", "too short"),
        ("password1234", "too common"),
        ("lee@example.org", "too similar"),
    ],
)
def test_weak_password_opens_no_account(client: Client, password: str, fault: str) -> None:
    answer = client.post("/sign-up/", {"email": "lee@example.org", "password1": password})
    assert fault in answer.content.decode()
    assert Account.objects.count() == 0


# Delay ---------------------------------------------------------------------------------------------


def test_delay_after_five_failures_for_the_account_from_wherever(lee: Account) -> None:
    clients = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(1, 8)]
    told = [log_in(client, password="wrong").content.decode() for client in clients[:5]]
    assert all(WRONG in page for page in told)
    assert TOO_MANY in log_in(clients[5], password=PASSWORD).content.decode()
    later = time.time() + 301
    with mock.patch("time.time", return_value=later):
        assert log_in(clients[6]).status_code == 302


def test_delay_after_many_failures_from_one_address(client: Client, lee: Account) -> None:
    for number in range(20):
        log_in(client, email=f"nobody{number}@example.org", password="wrong")
    assert TOO_MANY in log_in(client).content.decode()
    assert log_in(Client(REMOTE_ADDR="192.0.2.9")).status_code == 302


def test_delay_holds_for_an_address_that_has_no_account_too(client: Client) -> None:
    pages = [log_in(client, email="nobody@example.org").content.decode() for _number in range(6)]
    assert [WRONG in page for page in pages] == [True] * 5 + [False]
    assert TOO_MANY in pages[5]


# Nothing is told -----------------------------------------------------------------------------------


def same(first: str, second: str) -> bool:
    """Whether two pages are the same but for what is drawn anew in each: tokens and the address itself."""
    tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|(?:lee|nobody)@example\.org')
    return tokens.sub("", first) == tokens.sub("", second)


def test_log_in_answers_alike_with_and_without_an_account(client: Client, lee: Account) -> None:
    known = log_in(client, password="wrong").content.decode()
    assert same(known, log_in(client, email="nobody@example.org", password="wrong").content.decode())


def test_log_in_takes_as_long_without_an_account(client: Client, lee: Account) -> None:
    """The same work: one password is hashed either way."""
    for email in ("lee@example.org", "nobody@example.org"):
        with mock.patch.object(
            hashers.MD5PasswordHasher, "encode", autospec=True, side_effect=_encode
        ) as done:
            log_in(client, email=email, password="wrong")
        assert done.call_count == 1


def _encode(self, password: str, salt: str) -> str:
    return f"{self.algorithm}${salt}$"


def test_asking_for_a_new_password_answers_alike_and_sends_one_mail_either_way(lee: Account) -> None:
    answers = []
    for email in ("lee@example.org", "nobody@example.org"):
        client = Client()
        answers.append(client.post("/password/", {"email": email}, follow=True).content.decode())
    assert same(*answers)
    assert [message.to for message in mail.outbox] == [["lee@example.org"], ["nobody@example.org"]]


def test_opening_an_account_answers_alike_where_there_is_one(lee: Account) -> None:
    answers = [
        Client().post("/sign-up/", {"email": email, "password1": PASSWORD}, follow=True)
        for email in ("lee@example.org", "nobody@example.org")
    ]
    assert same(*(answer.content.decode() for answer in answers))
    assert len(mail.outbox) == 2
    assert not any("_auth_user_id" in answer.client.session for answer in answers)


# Addresses -----------------------------------------------------------------------------------------


def test_address_is_one_in_whatever_case_it_is_typed(client: Client, lee: Account) -> None:
    assert log_in(client, email="LEE@Example.ORG").status_code == 302
    Client().post("/sign-up/", {"email": "Lee@EXAMPLE.org", "password1": PASSWORD})
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["lеe@example.org", "lee@exаmple.org", "ｌｅｅ@example.org", "lee@ｅxample.org"]
)
def test_look_alike_of_an_address_opens_nothing(client: Client, lee: Account, email: str) -> None:
    assert log_in(client, email=email).status_code == 200
    client.post("/sign-up/", {"email": email, "password1": PASSWORD})
    client.post("/password/", {"email": email})
    assert Account.objects.count() == 1
    assert all("lee@example.org" not in message.to for message in mail.outbox)


# Mails ---------------------------------------------------------------------------------------------


def link_in(message: object) -> str:
    return re.search(r"http://testserver(\S+)", message.body)[1]


def test_new_password_by_a_link_that_works_once(client: Client, lee: Account) -> None:
    client.post("/password/", {"email": "lee@example.org"})
    link = link_in(mail.outbox[0])
    page = client.get(link, follow=True)
    sent = {"password1": OTHER, "password2": OTHER}
    done = client.post(page.request["PATH_INFO"], sent, follow=True)
    assert "The password is set" in done.content.decode()
    assert "used already" in Client().get(link, follow=True).content.decode()
    assert log_in(Client(), password=PASSWORD).status_code == 200
    assert log_in(Client(), password=OTHER).status_code == 302


def test_tampered_link_sets_no_password(client: Client, lee: Account) -> None:
    client.post("/password/", {"email": "lee@example.org"})
    link = link_in(mail.outbox[0])
    for changed in (link[:-3] + "xx/", link.replace("/set/", "/set/1"), "/password/set/1-set-password/"):
        assert "used already" in Client().get(changed, follow=True).content.decode()


def test_unconfirmed_address_gets_no_link_to_a_new_password(client: Client, lee: Account) -> None:
    lee.emailaddress_set.update(verified=False)
    client.post("/password/", {"email": "lee@example.org"})
    assert "/password/set/" not in mail.outbox[0].body


def test_account_of_ones_own_begins_with_a_confirmed_address(client: Client) -> None:
    client.post("/sign-up/", {"email": "ada@example.org", "password1": PASSWORD})
    assert log_in(Client(), "ada@example.org")["Location"] == "/sign-up/mail/"
    link = link_in(mail.outbox[0])
    client.get(link)
    client.post(link)
    assert log_in(client, "ada@example.org")["Location"] == "/home/"
    sent = {"given_name": "Ada", "family_name": "Okafor", "birth_on": "1980-05-05", "language": "en"}
    assert client.post("/sign-up/who/", sent)["Location"] == "/my/"
    assert client.get("/my/").status_code == 200


def test_minor_cannot_say_that_they_hold_a_log_in() -> None:
    client = logged_in_as(AccountFactory(email="kid@example.org"))
    sent = {"given_name": "Kid", "family_name": "Okafor", "birth_on": "2012-05-05", "language": "en"}
    assert "for people of 18 and over" in client.post("/sign-up/who/", sent).content.decode()


def test_every_mail_that_the_library_may_send_has_our_words() -> None:
    folder = Path(allauth.__file__).parent / "templates"
    sent = {
        str(path.relative_to(folder)).removesuffix("_subject.txt")
        for path in folder.glob("*/email/*_subject.txt")
    }
    by_code = {name for name in sent if name.endswith("_code")}  # links are sent here, never codes
    assert sent - by_code == set(MAILS) - {"invitation"}


def test_mail_that_cannot_be_sent_changes_no_answer(client: Client, lee: Account) -> None:
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=ConnectionRefusedError):
        answer = client.post("/password/", {"email": "lee@example.org"})
    assert answer["Location"] == "/password/sent/"


# Where one goes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil"],
)
def test_log_in_leads_to_no_other_site(client: Client, lee: Account, target: str) -> None:
    assert log_in(client, next=target)["Location"] == "/home/"
    assert Client().get("/log-in/", {"next": target}).status_code == 200


def test_log_in_leads_back_to_the_page_that_was_asked_for(client: Client, lee: Account) -> None:
    assert log_in(client, next="/account/")["Location"] == "/account/"


def test_log_in_changes_the_key_of_the_session(client: Client, lee: Account) -> None:
    client.get("/invitation/planted/")
    planted = client.session.session_key
    log_in(client)
    assert client.session.session_key != planted
    assert not LogIn.objects.filter(session_key=planted).exists()


# Second factor -------------------------------------------------------------------------------------


def test_role_that_sees_minors_reaches_only_the_pages_that_set_a_factor_up(teacher: Account) -> None:
    client = logged_in_as(teacher, factor=False)
    answer = client.get("/institution/")
    assert answer["Location"] == "/account/second-factor/?next=%2Finstitution%2F"
    page = client.get("/account/second-factor/").content.decode()
    assert "Your post lets you see minors" in page
    person = PersonFactory(age=40)
    Account.objects.filter(pk=teacher.pk).update(person=person)
    assert client.get("/my/")["Location"].startswith("/account/second-factor/")
    assert client.get("/plan/").status_code == 200


@pytest.mark.parametrize("role", ["programme_office", "regional_office", "auditor"])
def test_role_that_sees_counts_alone_needs_no_second_factor(role: str, office) -> None:
    post = MembershipFactory(role=role, organisation=office)
    client = logged_in_as(post.account, factor=False)
    assert client.get("/account/").status_code == 200
    assert "Your post lets you see minors" not in client.get("/account/second-factor/").content.decode()


def test_factor_of_an_app_is_set_up_and_counts_at_once(teacher: Account) -> None:
    client = logged_in_as(teacher, factor=False)
    page = client.get("/account/second-factor/app/")
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    wrong = client.post("/account/second-factor/app/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    done = client.post("/account/second-factor/app/", {"code": code_at(secret, time.time())})
    assert done["Location"] == "/account/second-factor/codes/"
    codes = re.findall(r"<code>(\w+)</code>", client.get(done["Location"]).content.decode())
    assert len(set(codes)) == 10
    assert client.get("/institution/").status_code == 200


def test_secret_of_an_app_is_encrypted_at_rest(teacher: Account, secret: str) -> None:
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert kept.startswith("gAAAA")


def test_password_alone_does_not_log_in_where_a_factor_is_set_up(teacher: Account, secret: str) -> None:
    client = Client()
    assert log_in(client, "teacher@example.org")["Location"] == "/log-in/second-factor/"
    assert "_auth_user_id" not in client.session
    assert client.get("/institution/")["Location"].startswith("/log-in/")
    done = client.post("/log-in/second-factor/", {"code": code_at(secret, time.time())})
    assert done["Location"] == "/home/"
    assert client.get("/institution/").status_code == 200


def test_code_of_an_app_works_once(teacher: Account, secret: str) -> None:
    now = time.time()
    code = code_at(secret, now)
    with mock.patch("time.time", return_value=now):
        first, second = Client(), Client()
        log_in(first, "teacher@example.org")
        log_in(second, "teacher@example.org")
        assert first.post("/log-in/second-factor/", {"code": code}).status_code == 302
        replayed = second.post("/log-in/second-factor/", {"code": code})
    assert "was used already" in replayed.content.decode()
    assert "_auth_user_id" not in second.session


def test_recovery_code_works_once(teacher: Account, secret: str) -> None:
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    log_in(first, "teacher@example.org")
    assert first.post("/log-in/second-factor/", {"code": code}).status_code == 302
    log_in(second, "teacher@example.org")
    assert "was used already" in second.post("/log-in/second-factor/", {"code": code}).content.decode()


def test_codes_cannot_be_guessed_at_length(teacher: Account, secret: str) -> None:
    client = Client()
    log_in(client, "teacher@example.org")
    pages = [
        client.post("/log-in/second-factor/", {"code": f"{number:06}"}).content.decode()
        for number in range(6)
    ]
    assert TOO_MANY in pages[5]
    assert TOO_MANY not in pages[4]


def test_factor_of_an_old_session_is_asked_for_in_a_new_one(teacher: Account, secret: str) -> None:
    client = logged_in_as(teacher, factor=False)
    assert client.get("/institution/")["Location"].startswith("/account/second-factor/again/")


# Fresh password ------------------------------------------------------------------------------------


def test_posts_need_a_password_typed_a_moment_ago(office) -> None:
    account = AccountFactory(password=PASSWORD)
    MembershipFactory(account=account, role="programme_office", organisation=office)
    client = logged_in_as(account, is_fresh=False)
    assert client.get("/posts/invite/")["Location"] == "/account/again/?next=%2Fposts%2Finvite%2F"
    wrong = client.post("/account/again/", {"password": "wrong", "next": "/posts/invite/"})
    assert "This is not your password" in wrong.content.decode()
    right = client.post("/account/again/", {"password": PASSWORD, "next": "/posts/invite/"})
    assert right["Location"] == "/posts/invite/"
    assert client.get("/posts/invite/").status_code == 200
    with mock.patch("time.time", return_value=time.time() + 301):
        assert client.get("/posts/invite/").status_code == 302


def test_log_in_of_a_moment_ago_is_fresh(client: Client, lee: Account, office) -> None:
    MembershipFactory(account=lee, role="programme_office", organisation=office)
    log_in(client)
    assert client.get("/posts/invite/").status_code == 200


def test_form_that_was_sent_too_late_is_not_carried_out(office) -> None:
    account = AccountFactory(password=PASSWORD)
    MembershipFactory(account=account, role="programme_office", organisation=office)
    other = MembershipFactory(role="programme_office", organisation=office)
    client = logged_in_as(account, is_fresh=False)
    headers = {"Referer": "http://testserver/posts/?after=3"}
    answer = client.post(f"/posts/{other.pk}/end/", headers=headers)
    assert answer["Location"] == "/account/again/?next=%2Fposts%2F%3Fafter%3D3"
    elsewhere = client.post(f"/posts/{other.pk}/end/", headers={"Referer": "https://evil.example/posts/"})
    assert elsewhere["Location"] == "/account/again/?next=%2Fhome%2F"
    other.refresh_from_db()
    assert other.ends_on is None


def test_whoever_has_nothing_to_type_logs_in_again(office) -> None:
    post = MembershipFactory(role="programme_office", organisation=office)
    client = logged_in_as(post.account, is_fresh=False)
    assert client.get("/posts/invite/")["Location"] == "/log-in/?next=%2Fposts%2Finvite%2F"
    assert "_auth_user_id" not in client.session


# Devices -------------------------------------------------------------------------------------------


def test_own_devices_are_listed_and_ended_everywhere_else(lee: Account) -> None:
    here = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"})
    log_in(here)
    there = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1"})
    log_in(there)
    assert [client.get("/account/").status_code for client in (here, there)] == [200, 200]
    LogIn.objects.update(expire_date=NOW + dt.timedelta(days=1))  # the day stands still in these tests
    page = here.get("/account/").content.decode()
    assert ["Firefox · Windows" in page, "Safari · iPhone" in page, "this one" in page] == [True] * 3
    here.post("/account/log-ins/end/")
    assert there.get("/account/")["Location"].startswith("/log-in/")
    assert "Safari · iPhone" not in here.get("/account/").content.decode()


def test_no_address_of_a_device_is_kept(lee: Account) -> None:
    client = Client(REMOTE_ADDR="192.0.2.77")
    log_in(client, password="wrong")
    log_in(client)
    client.get("/account/")
    kept = str([dict(client.session.items()), list(LogIn.objects.values())])
    assert "192.0.2.77" not in kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM sojourn_cache")
        assert "192.0.2.77" not in str(cursor.fetchall())


def test_new_password_ends_the_other_log_ins(lee: Account) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        log_in(client)
        client.get("/account/")
    sent = {
        "oldpassword": PASSWORD,
        "password1": "nine grey geese glide",
        "password2": "nine grey geese glide",
    }
    assert here.post("/account/password/", sent).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/")["Location"].startswith("/log-in/")
    assert [message.subject for message in mail.outbox] == ["Something about your log-in has changed"]


def test_role_that_ends_is_gone_at_the_next_request_of_the_same_session(teacher: Account) -> None:
    client = logged_in_as(teacher)
    assert client.get("/institution/").status_code == 200
    teacher.memberships.update(ends_on=TODAY)
    assert client.get("/institution/").status_code == 404


def test_closed_account_is_out_at_the_next_request(teacher: Account) -> None:
    client = logged_in_as(teacher)
    Account.objects.filter(pk=teacher.pk).update(is_active=False)
    assert client.get("/institution/")["Location"].startswith("/log-in/")
    assert log_in(Client(), "teacher@example.org")["Location"] == "/log-in/closed/"


def test_seen_is_noted_every_ten_minutes_at_most(lee: Account, django_assert_num_queries) -> None:
    client = logged_in_as(lee)
    client.get("/plan/")
    before = LogIn.objects.get(account=lee).session_data
    client.get("/plan/")
    assert LogIn.objects.get(account=lee).session_data == before
    assert client.session["seen"] == NOW.isoformat()


def test_secrets_of_apps_follow_the_keys_of_the_site(teacher: Account, secret: str, settings) -> None:
    settings.FIELD_KEYS = [new_key(), *settings.FIELD_KEYS]
    factors.rotate({}, {})
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    client = Client()
    log_in(client, "teacher@example.org")
    done = client.post("/log-in/second-factor/", {"code": code_at(secret, time.time())})
    assert done["Location"] == "/home/"
