"""The secrets of authenticator apps, encrypted by the site's keys like the columns that are ours."""

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator

from sojourn.records.encrypted import cipher
from sojourn.records.jobs import Chunk, Cursor, job_kind

BOUND_TO = "mfa_authenticator.data"
KIND = "keys.rotate_factors"
ROWS_AT_ONCE = 500


def sealed(secret: str) -> str:
    """The token to store."""
    return cipher(BOUND_TO).encrypt(secret.encode()).decode()


def unsealed(token: str) -> str:
    """The secret behind a stored token."""
    return cipher(BOUND_TO).decrypt(token).decode()


@job_kind(KIND)
def rotate(_arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
    """Write the next secrets anew with the newest key."""
    holding = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    rows = Authenticator.objects.filter(type__in=holding, pk__gt=cursor.get("after", 0)).order_by("pk")
    seen = list(rows.select_for_update()[:ROWS_AT_ONCE])
    for row in seen:
        for name in ("secret", "seed"):
            if name in row.data:
                row.data[name] = cipher(BOUND_TO).rotate(row.data[name]).decode()
    Authenticator.objects.bulk_update(seen, ["data"])
    return Chunk(len(seen), {"after": seen[-1].pk} if len(seen) == ROWS_AT_ONCE else None)
