"""What somebody's program does, and what it is told."""

import datetime as dt
import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from apps.factories import TODAY, AccountFactory
from sojourn.connections.actions.tokens import NewKey, give_token
from sojourn.connections.scopes import scopes_of
from sojourn.records.actor import Actor, Post
from sojourn.registry.models import Organisation

ROOT = "/api/v1"
KEYS = itertools.count(1)


def lead(organisation: Organisation, role: str) -> Actor:
    """Somebody with a log-in who leads the organisation."""
    return Actor(account_id=AccountFactory().pk, posts=frozenset({Post(role, organisation.pk)}))


@dataclass
class Program:
    """What somebody's program does: requests with its token, each write with a key of its own."""

    key: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return {**own, **more}

    def get(self, path: str, query: Any = None, **headers: str) -> HttpResponse:
        return self.client.get(ROOT + path, query, headers=self.headers(_dashed(headers)))

    def post(self, path: str, body: Any, *, key: str = "", **headers: str) -> HttpResponse:
        sent = body if isinstance(body, bytes | str) else json.dumps(body)
        named = {"Idempotency-Key": key or f"test-key-{next(KEYS)}"} | _dashed(headers)
        return self.client.post(
            ROOT + path, sent, content_type="application/json", headers=self.headers(named)
        )


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def token(
    organisation: Organisation, role: str, scopes: Iterable[str] | None = None, days: int = 30
) -> NewKey:
    """A token of the organisation with its key."""
    return give_token(
        by=lead(organisation, role),
        organisation=organisation,
        role=role,
        label="A test",
        scopes=sorted(scopes_of(role) if scopes is None else scopes),
        expires_on=TODAY + dt.timedelta(days=days),
        on=TODAY,
    )


def told(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a problem."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    return answer.status_code, json.loads(answer.content)["code"]
