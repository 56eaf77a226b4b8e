"""One world for each module that walks it; whatever a request does to it is undone at once."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction

from web.access.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        logging.disable(logging.WARNING)  # thousands of 404 that are meant
        yield build()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
