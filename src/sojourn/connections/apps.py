"""Django's handle on this app."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """The app `connections`."""

    name = "sojourn.connections"
