"""Django's handle on this app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app `web`."""

    name = "sojourn.web"
