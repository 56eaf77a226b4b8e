"""Django's handle on this app."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The app `plan`."""

    name = "sojourn.plan"
