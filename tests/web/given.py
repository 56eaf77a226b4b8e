"""A browser that is logged in as if password and second factor had been given a moment ago."""

import datetime as dt
import time

from django.test import Client

from apps.factories import NOW
from sojourn.registry.models import Account


def logged_in_as(
    account: Account, *, factor: bool = True, is_fresh: bool = True, at: dt.datetime = NOW
) -> Client:
    """A browser with a live log-in of the account; without a second factor, or not given anew, as asked."""
    return given(Client(), account, factor=factor, is_fresh=is_fresh, at=at)


def given(
    client: Client, account: Account, *, factor: bool = True, is_fresh: bool = True, at: dt.datetime = NOW
) -> Client:
    """The same browser, logged in."""
    client.force_login(account)
    methods = ["password", "mfa"] if factor else ["password"]
    session = client.session
    session["account_authentication_methods"] = [
        {"method": method, "at": time.time(), "reauthenticated": is_fresh} for method in methods
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session["since"] = (at if is_fresh else at - dt.timedelta(hours=1)).isoformat()
    session["seen"] = at.isoformat()
    session["device"] = "Firefox · Linux"
    session.save()
    return client
