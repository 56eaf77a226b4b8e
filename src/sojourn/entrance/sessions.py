"""The session engine: Django's own, on a table that says whose log-in each row is."""

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from sojourn.entrance.models import LogIn, Slip
from sojourn.registry.models import Account


class SessionStore(DatabaseStore):
    """Django's database sessions with an account beside each."""

    @classmethod
    def get_model_class(cls) -> type[LogIn]:
        """The table."""
        return LogIn

    def create_model_instance(self, data: dict[str, Any]) -> LogIn:
        """The row to save, with the account that the session is logged in to."""
        row: LogIn = super().create_model_instance(data)  # type: ignore[assignment]
        row.account_id = data.get(SESSION_KEY)
        return row


def end_other_log_ins(account: Account, key: str) -> None:
    """Log the account out everywhere but in the session with this key."""
    LogIn.objects.filter(account=account).exclude(session_key=key).delete()


def use_slip(slip: Slip, *, on: dt.date) -> None:
    """Note the day on which a slip was last used, for the family to see."""
    Slip.objects.filter(pk=slip.pk).update(used_on=on)
