"""The secrets of an invitation and of a slip, and the keyed hash under which they are found again."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of a slip: without those that look like another one on paper."""
GROUPS, PER_GROUP = 3, 4


def new_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code for paper, as `K7QM-3XRD-9WPT`: 58 random bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(PER_GROUP)) for _ in range(GROUPS))


def token_hash(token: str) -> str:
    """What is stored of a link."""
    return salted_hmac("sojourn.entrance.invitation", token, algorithm="sha256").hexdigest()


def code_hash(code: str) -> str:
    """What is stored of a code, however it was typed: in small letters, with blanks or without dashes."""
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("sojourn.entrance.slip", typed, algorithm="sha256").hexdigest()
