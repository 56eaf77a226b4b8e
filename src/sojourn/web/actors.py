"""Who acts in a request."""

from django.http import HttpRequest

from sojourn.records.actor import PUBLIC, Actor
from sojourn.registry.models import Account
from sojourn.registry.queries import actor_of as actor_of_account
from sojourn.web import clock


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind the request on this day, read from the database once per request."""
    known = vars(request).get("actor")
    if isinstance(known, Actor):
        return known
    account = getattr(request, "user", None)
    actor = actor_of_account(account, on=clock.today()) if isinstance(account, Account) else PUBLIC
    vars(request)["actor"] = actor
    return actor


def forget_actor(request: HttpRequest) -> None:
    """Read the actor anew next time, after posts have changed within the request."""
    vars(request).pop("actor", None)
