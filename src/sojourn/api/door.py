"""The door of every operation: who comes in, how often, and with what."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from sojourn.api import clock, limits
from sojourn.api.once import once
from sojourn.api.problems import MEDIA_TYPE, ProblemError
from sojourn.api.reading import LARGEST_BODY, check_query
from sojourn.connections.actions.answers import note_use
from sojourn.connections.addresses import address_of
from sojourn.connections.models import Token
from sojourn.connections.queries.tokens import actor_with, token_with
from sojourn.connections.scopes import PUBLIC as PUBLIC_SCOPE
from sojourn.records.actor import PUBLIC, Actor

Run = Callable[..., HttpResponse]
Version = Callable[["Caller", Mapping[str, Any]], bytes]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a request comes from, and when."""

    actor: Actor
    token: Token | None
    on: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Door:
    """What an operation asks of a request before it looks at its values.

    `version` gives the bytes whose ETag an `If-Match` of a write has to name; it locks the row behind them.
    """

    scope: str
    parameters: frozenset[str]
    writes: bool = False
    version: Version | None = None

    def __call__(self, run: Run) -> Run:
        """Stand before an operation of ninja's."""

        @wraps(run)
        def enter(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
            caller = admit(request, self.scope)
            _check_accepted(request)
            check_query(request, self.parameters)
            if not self.writes:
                return run(request, *args, **keys)
            _check_body(request)
            assert caller.token is not None  # noqa: S101 - every write has a scope, so it had a token

            def answer() -> HttpResponse:
                self._check_version(request, caller, keys)
                return run(request, *args, **keys)

            return once(request, caller.token, answer)

        return enter

    def _check_version(self, request: HttpRequest, caller: Caller, keys: Mapping[str, Any]) -> None:
        asked = request.headers.get("If-Match")
        if asked is None or self.version is None:
            return
        if etag_of(self.version(caller, keys)) not in [tag.strip() for tag in asked.split(",")]:
            raise ProblemError(
                "version.changed",
                _("Somebody has changed it since you read it. Read it again, and decide again."),
            )


def etag_of(content: bytes) -> str:
    """The strong validator of an answer."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def caller_of(request: HttpRequest) -> Caller:
    """Who was let in."""
    caller = vars(request)["caller"]
    assert isinstance(caller, Caller)  # noqa: S101 - the door put it there
    return caller


def admit(request: HttpRequest, scope: str) -> Caller:
    """Let a request in that may use operations of the scope.

    Raises:
        ProblemError: The token is not valid, not for this, or has made too many requests.
    """
    on, at = clock.today(), clock.now()
    token = _token(request, on)
    _spend(request, token, at)
    if token is None and (scope != PUBLIC_SCOPE or "Authorization" in request.headers):
        raise _challenge(' error="invalid_token"' if "Authorization" in request.headers else "")
    if token is not None:
        note_use(token, on=on)
        if scope != PUBLIC_SCOPE and scope not in token.scopes:
            raise ProblemError(
                "token.scope",
                _("Your token lacks the scope “%(scope)s”. A lead of your organisation can give one with it.")
                % {"scope": scope},
                headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
            )
    caller = Caller(PUBLIC if token is None else actor_with(token), token, on, at)
    vars(request)["caller"] = caller
    return caller


def _token(request: HttpRequest, on: dt.date) -> Token | None:
    """The token that was sent; None where none was, or none that is valid."""
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    return token_with(key.strip(), on=on) if kind.lower() == "bearer" else None


def _challenge(error: str) -> ProblemError:
    return ProblemError(
        "token.invalid",
        _("Send the header “Authorization: Bearer …” with a token that is neither revoked nor out of date."),
        headers={"WWW-Authenticate": f"Bearer{error}"},
    )


def _spend(request: HttpRequest, token: Token | None, at: dt.datetime) -> None:
    if token is None:
        budget = limits.spend(f"address {address_of(request)}", limits.WITHOUT_TOKEN, at=at)
    else:
        budget = limits.spend(f"token {token.pk}", limits.WITH_TOKEN, at=at)
    vars(request)["budget"] = budget
    if budget.is_spent:
        raise ProblemError(
            "limit.reached",
            _("At most %(limit)s requests a minute. Wait %(reset)s seconds, then go on.")
            % {"limit": budget.limit, "reset": budget.reset},
            headers={"Retry-After": str(budget.reset)},
        )


def _check_accepted(request: HttpRequest) -> None:
    if not (request.accepts("application/json") or request.accepts(MEDIA_TYPE)):
        raise ProblemError("format.unknown", _("Send “Accept: application/json”, or no such header."))


def _check_body(request: HttpRequest) -> None:
    if request.content_type != "application/json" or (
        (request.content_params or {}).get("charset", "utf-8").lower() not in ("utf-8", "utf8")
    ):
        raise ProblemError("body.not_json", _("Send “Content-Type: application/json” with JSON in UTF-8."))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()) or int(length) > LARGEST_BODY:
        raise too_large()


def too_large() -> ProblemError:
    """The problem of a body past the limit."""
    return ProblemError(
        "body.too_large",
        _("A body has at most %(most)s bytes. Send it in several parts.") % {"most": LARGEST_BODY},
    )
