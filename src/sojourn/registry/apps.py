"""Django's handle on this app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The app `registry`."""

    name = "sojourn.registry"
