"""Django's handle on this app."""

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """The app `safeguarding`."""

    name = "sojourn.safeguarding"
