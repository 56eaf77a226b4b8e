"""Who acts in a request."""

from django.http import HttpRequest

from sojourn.entrance.queries import child_of_slip
from sojourn.records.actor import PUBLIC, Actor
from sojourn.registry.models import Account
from sojourn.registry.queries import actor_of as actor_of_account
from sojourn.web import clock

SLIP = "slip"
"""Where a session holds the number of the paper slip that opened it."""


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind the request on this day, read from the database once per request."""
    known = vars(request).get("actor")
    if isinstance(known, Actor):
        return known
    actor = _read(request)
    vars(request)["actor"] = actor
    return actor


def _read(request: HttpRequest) -> Actor:
    account = getattr(request, "user", None)
    if isinstance(account, Account):
        return actor_of_account(account, on=clock.today())
    slip_id = request.session.get(SLIP) if hasattr(request, "session") else None
    child = child_of_slip(slip_id, on=clock.today()) if slip_id else None
    return child or PUBLIC


def forget_actor(request: HttpRequest) -> None:
    """Read the actor anew next time, after posts have changed within the request."""
    vars(request).pop("actor", None)
