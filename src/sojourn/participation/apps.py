"""Django's handle on this app."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """The app `participation`."""

    name = "sojourn.participation"
