"""What of this app can be imported as a sheet."""

from sojourn.participation.sheet_kinds.openings import OPENINGS

__all__ = ["OPENINGS"]
