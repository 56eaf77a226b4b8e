"""What of this app can be imported as a sheet."""

from sojourn.registry.sheet_kinds.organisations import ORGANISATIONS, sheet_actor

__all__ = ["ORGANISATIONS", "sheet_actor"]
