"""What of this app can be imported as a sheet."""

from sojourn.registry.sheet_kinds.organisations import ORGANISATIONS

__all__ = ["ORGANISATIONS"]
