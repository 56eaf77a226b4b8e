"""The strict harness: what would pass by luck fails.

Warnings are errors (pyproject.toml), so a naive datetime raises. Here: an unknown template variable raises,
a query without an order comes back shuffled, and only the loopback interface can be reached.
"""

import ipaddress
import os
import random
import socket
from collections.abc import Iterator
from unittest import mock
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db.models import QuerySet
from django.test import override_settings

os.environ["FAIL_INVALID_TEMPLATE_VARS"] = "true"  # read by pytest-django when its fixtures start

SHUFFLED = random.Random(20260901)


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    """Refuse to open a connection to another machine."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and not is_loopback(str(host)):
            pytest.fail(f"a test tried to connect to {host}: only loopback is allowed")
        connect(self, address)

    with mock.patch.object(socket.socket, "connect", checked):
        yield


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def _shuffled_unless_ordered() -> Iterator[None]:
    """Give rows back in a random order unless the query states one."""
    fetch = QuerySet._fetch_all

    def fetch_and_shuffle(self: QuerySet) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered:
            SHUFFLED.shuffle(self._result_cache)

    with mock.patch.object(QuerySet, "_fetch_all", fetch_and_shuffle):
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Hash the passwords of invented people cheaply."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path_factory: pytest.TempPathFactory, settings: LazySettings) -> None:
    """Erasures of tests stand in no ledger but their own."""
    settings.ERASURE_LEDGER = tmp_path_factory.getbasetemp() / f"{uuid4().hex}.ledger"
