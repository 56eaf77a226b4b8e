"""A program with a token, and a day that stands still."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from api.programs import Program, token
from apps.factories import NOW, TODAY, CoordinatingOfficeFactory
from sojourn.api import clock
from sojourn.registry.models import Membership, Organisation

Connect = Callable[..., Program]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.SECURE_SSL_REDIRECT = False
    settings.STATIC_ROOT = settings.DATA = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def connect(db) -> Connect:
    """A program of the organisation, in one of its posts."""

    def connected(organisation: Organisation, role: str, scopes: Iterable[str] | None = None) -> Program:
        return Program(token(organisation, role, scopes)[1])

    return connected


@pytest.fixture
def anyone(db) -> Program:
    return Program()


@pytest.fixture
def office(db) -> Organisation:
    return CoordinatingOfficeFactory()


@pytest.fixture
def officer(connect: Connect, office: Organisation) -> Program:
    return connect(office, Membership.Role.PROGRAMME_OFFICE)
