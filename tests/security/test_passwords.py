"""What a password may be, and how its field behaves: by the form with which an account is opened."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.shortcuts import resolve_url
from django.test import Client, override_settings

from apps.factories import AccountFactory, PersonFactory
from security.production import browser
from sojourn.config import settings as present

pytestmark = pytest.mark.django_db
LONG = "  Ünïcode 密码 " + "x" * 90 + "  "


def test_passwords_of_a_real_site_are_kept_as_argon2id() -> None:
    with override_settings(PASSWORD_HASHERS=present.PASSWORD_HASHERS):  # the tests' own are quick
        assert make_password(LONG).startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", ["password1234", "qwertyuiop12", "1q2w3e4r5t6y", "short 1A!"])
def test_common_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["Sojourn2027!!", "summercamp2027", "Youth-Exchange-1", "officeoffice12"]
)
def test_words_of_this_site_are_refused(password: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_password(password)
    assert "password_of_this_site" in {error.code for error in caught.value.error_list}
    validate_password(f"{password} sleepy herons")


def test_password_of_any_signs_and_of_a_hundred_is_taken(client: Client) -> None:
    validate_password("only small letters and blanks")
    validate_password(LONG)
    AccountFactory(email="lee@example.org", password=LONG, person=PersonFactory())
    for typed, status in ((LONG.strip(), 200), (LONG.lower(), 200), (LONG[:72], 200), (LONG, 302)):
        answer = browser().post(resolve_url("account_login"), {"login": "lee@example.org", "password": typed})
        assert answer.status_code == status


def test_password_is_masked_and_can_be_filled_in(client: Client) -> None:
    page = client.get(resolve_url("account_login")).content.decode()
    [field] = re.findall(r'<input[^>]*name="password"[^>]*>', page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page
