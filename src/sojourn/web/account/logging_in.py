"""Logging somebody in beside allauth's own pages, and noting what was given."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from sojourn.registry.models import Account
from sojourn.web.actors import forget_actor


def let_in(request: HttpRequest, account: Account) -> None:
    """Log the account in, in a session with a new key, as if the password was given just now."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, account, method="password", reauthenticated=True)
    forget_actor(request)


def given_factor(request: HttpRequest, kind: str) -> None:
    """Note that a second factor was given in this session."""
    record_authentication(request, request.user, method="mfa", type=kind, reauthenticated=True)
