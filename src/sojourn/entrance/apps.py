"""Django's handle on this app."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """The app `entrance`."""

    name = "sojourn.entrance"
