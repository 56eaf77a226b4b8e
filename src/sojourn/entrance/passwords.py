"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 64 MiB, three passes and four lanes.

    **Source:** RFC 9106, section 4, the second recommended option. About 0.2 s on one core.
    """

    time_cost = 3
    memory_cost = 64 * 1024  # KiB
    parallelism = 4
