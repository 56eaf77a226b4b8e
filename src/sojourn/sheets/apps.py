"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SheetsConfig(AppConfig):
    """The app `sheets`."""

    name = "sojourn.sheets"

    def ready(self) -> None:
        """Load the background steps, and what the apps declare, each in its own `sheet_kinds.py`."""
        import_module("sojourn.sheets.steps")
        autodiscover_modules("sheet_kinds")
