"""One world for each module that walks it; whatever a request does to it is undone at once."""

import logging
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import transaction
from django.test import override_settings

from sojourn.web import limits
from web.access.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """The walk is faster than anyone may be, and most of what it meets is meant to be refused."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(
            ACCOUNT_REAUTHENTICATION_TIMEOUT=10**6, SECURITY_CONTACT="mailto:a@example.org"
        ),  # what was given stays fresh
        mock.patch.object(limits, "take_place", return_value=""),
        mock.patch.object(logging.getLogger("django.request"), "disabled", new=True),
    ):
        yield build()
        transaction.set_rollback(True)
