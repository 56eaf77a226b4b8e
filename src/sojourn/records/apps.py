"""Django's handle on this app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The app `records`."""

    name = "sojourn.records"
