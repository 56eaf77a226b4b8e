"""A real site as the tests reach it: its settings, read from settings.py, and a browser behind its proxy."""

import os
import runpy
from pathlib import Path
from typing import Any
from unittest import mock

from django.test import Client

from sojourn.config import settings as present
from sojourn.records.encrypted import new_key
from sojourn.registry.models import Account
from web.given import given

HOST = "youth.example.org"
OWN = {"DATABASES", "CACHES"}
"""What the tests keep: their database."""


def production_settings(folder: Path, **environment: str) -> dict[str, Any]:
    """Every setting whose value on a real site differs from the present one."""
    real = {
        "SOJOURN_SECRET_KEY": "a long text that stands for the secret of a site " * 2,
        "SOJOURN_FIELD_KEYS": new_key(),
        "SOJOURN_HOSTS": HOST,
        "SOJOURN_PROXIES": "1",
        "SOJOURN_SECURITY_CONTACT": "mailto:security@youth.example.org",
        "SOJOURN_DATA": str(folder),
        **environment,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOJOURN_")}
    with mock.patch.dict(os.environ, kept | real, clear=True):
        read = runpy.run_path(str(present.__file__))
    return {
        name: value
        for name, value in read.items()
        if name.isupper() and name not in OWN and value != getattr(present, name)
    }


def browser(account: Account | None = None, *, scheme: str = "https", **options: Any) -> Client:
    """A browser whose requests come through the proxy; of an account, if one is given."""
    forwarded = {"Host": HOST, "X-Forwarded-Proto": scheme, "X-Forwarded-For": "192.0.2.1"}
    made = Client(headers=forwarded, raise_request_exception=False, **options)
    if account is not None:
        given(made, account)
    return made
