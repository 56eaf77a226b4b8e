"""Bookkeeping around a program's writes: nobody's act, in the transaction of the act that it serves."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.db import transaction

from sojourn.connections.models import KeptAnswer, Token

KEPT_FOR = dt.timedelta(hours=24)


def claim_key(token: Token, key: str, request: bytes, *, at: dt.datetime) -> tuple[KeptAnswer, bool]:
    """The row of an idempotency key, and whether it was made now; inside the caller's transaction.

    Whoever comes second waits until the first has committed, and then finds the first one's answer; where
    the first was refused and rolled back, the second becomes the first.
    """
    digest = hashlib.sha256(request).hexdigest()
    return KeptAnswer.objects.get_or_create(
        token=token, key=key, defaults={"request_sha256": digest, "made_at": at}
    )


def is_same(row: KeptAnswer, request: bytes) -> bool:
    """Whether the row belongs to this very request."""
    return row.request_sha256 == hashlib.sha256(request).hexdigest()


def keep_answer(row: KeptAnswer, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Store what was answered."""
    KeptAnswer.objects.filter(pk=row.pk).update(status=status, headers=dict(headers), body=body)


def note_use(token: Token, *, on: dt.date) -> None:
    """Remember the last day of use: one write a day."""
    if token.last_used_on is None or token.last_used_on < on:
        with transaction.atomic():
            Token.objects.filter(pk=token.pk).update(last_used_on=on)


def forget_answers(*, before: dt.datetime, most: int) -> int:
    """Delete up to `most` answers that are older than they are kept for. Gives how many."""
    old = KeptAnswer.objects.filter(made_at__lt=before - KEPT_FOR).order_by("made_at")
    keys = list(old.values_list("pk", flat=True)[:most])
    return KeptAnswer.objects.filter(pk__in=keys).delete()[0]
