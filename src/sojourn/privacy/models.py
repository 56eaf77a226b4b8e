"""The ledger of erasures: whom to erase again after an older backup was brought back."""

from django.db import models


class Erasure(models.Model):
    """That somebody was erased, by a random key that leads to nobody any more. Append-only (see migrations).

    The same lines stand in a file outside the database (`sojourn.privacy.ledger`), for a restore takes this
    table back to an earlier day.
    """

    key = models.UUIDField(unique=True)
    at = models.DateTimeField()
    swept_at = models.DateTimeField(null=True, blank=True)  # freed space written over

    def __str__(self) -> str:
        return f"erasure {self.pk}"
