"""Django's handle on this floor, which owns a template and no table."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app `api`."""

    name = "sojourn.api"
