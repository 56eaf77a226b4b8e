"""How passwords are kept, and which are too easy to guess here."""

import re

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = (
    *(
        "sojourn",
        "admin",
        "exchange",
        "institution",
        "leader",
        "office",
        "officer",
        "participant",
        "password",
    ),
    *(
        "pairing",
        "programme",
        "program",
        "regional",
        "safeguarding",
        "school",
        "summer",
        "teacher",
        "university",
    ),
    *("volunteer", "welcome", "youth", "camp"),
)
"""Words that come to mind on this site; the names under which it is served belong to them."""
LEAST_BESIDE = 8
"""Signs that a password has to hold beside such words and figures."""


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 64 MiB, three passes and four lanes.

    **Source:** RFC 9106, section 4, the second recommended option. About 0.2 s on one core.
    """

    time_cost = 3
    memory_cost = 64 * 1024  # KiB
    parallelism = 4


class NotWordsOfThisSite:
    """Refuses a password that is little more than words of this site and figures."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's arguments
        """Take the words and the figures away, and see what is left."""
        names = {part for host in settings.ALLOWED_HOSTS for part in host.lower().split(".") if len(part) > 3}
        words = sorted({*WORDS, *names}, key=len, reverse=True)
        left = re.sub("|".join(map(re.escape, words)), "", password.lower())
        if left != password.lower() and len(re.sub(r"[\W\d_]", "", left)) < LEAST_BESIDE:
            raise ValidationError(self.get_help_text(), code="password_of_this_site")

    def get_help_text(self) -> str:
        """What to do."""
        return _("This is too easy to guess on this site. Add words that have nothing to do with it.")
