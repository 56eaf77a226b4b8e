"""A real site: production settings, collected files, and one answer of every kind."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from apps.factories import NOW, TODAY
from security.answers import Answer, every_answer
from security.production import browser, production_settings
from sojourn.web import clock


@pytest.fixture(scope="session")
def settings_of_a_real_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings, with the files collected where they say."""
    made = production_settings(tmp_path_factory.mktemp("site"))
    with override_settings(**made):
        call_command("collectstatic", interactive=False, verbosity=0)
    return made


@pytest.fixture(scope="module")
def _real_site(settings_of_a_real_site: dict[str, Any], django_db_setup: None) -> Iterator[None]:
    """This module runs on a real site."""
    with override_settings(**settings_of_a_real_site), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: TODAY)
        patch.setattr(clock, "now", lambda: NOW)
        yield


@pytest.fixture
def client(_real_site: None, db: None) -> Client:
    """The browser of a stranger."""
    return browser()


@pytest.fixture(scope="module")
def answers(_real_site: None, django_db_blocker: DjangoDbBlocker) -> list[Answer]:
    """Answers of every kind, given once for all tests; what they needed is gone again."""
    with django_db_blocker.unblock(), transaction.atomic():
        given = every_answer()
        transaction.set_rollback(True)
    return given
