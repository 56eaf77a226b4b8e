"""Django's handle on this app."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """The app `monitoring`."""

    name = "sojourn.monitoring"
