"""A browser for each audience, and a day that stands still."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from apps.factories import NOW, TODAY, AccountFactory, CoordinatingOfficeFactory, MembershipFactory
from sojourn.plan.actions import load_plan, publish_plan
from sojourn.plan.document import load_plan as read_plan
from sojourn.plan.models import Plan
from sojourn.records.actor import SYSTEM
from sojourn.registry.models import Membership, Organisation
from sojourn.web import clock
from web.given import logged_in_as

EXAMPLE = Path(__file__).parents[2] / "examples/two-rivers/plan.toml"
LogIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.SECURE_SSL_REDIRECT = False
    settings.STATIC_ROOT = tmp_path
    settings.DEMO = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def log_in(db) -> LogIn:
    """Log in somebody who holds a role in an organisation, or nobody's role at all, with every factor."""

    def logged_in(role: str = "", organisation: Organisation | None = None, person=None) -> Client:
        account = AccountFactory(person=person)
        if role:
            MembershipFactory(account=account, organisation=organisation, role=role)
        return logged_in_as(account)

    return logged_in


@pytest.fixture
def office(db) -> Organisation:
    return CoordinatingOfficeFactory()


@pytest.fixture
def officer(log_in: LogIn, office: Organisation) -> Client:
    return log_in(Membership.Role.PROGRAMME_OFFICE, office)


@pytest.fixture
def plan(db) -> Plan:
    """The reference programme in force."""
    document = read_plan(EXAMPLE).document
    row = load_plan(by=SYSTEM, document=document, on=dt.date(2026, 8, 1))
    return publish_plan(by=SYSTEM, plan=row, on=dt.date(2026, 8, 3))
