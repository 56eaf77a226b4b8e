"""The Django app."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Contact."""

    name = "sojourn.contact"
    label = "contact"
