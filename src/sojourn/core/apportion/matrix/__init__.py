"""Biproportional apportionment: a table of seats in proportion to a table of weights, with rows and columns
fixed.
"""

from sojourn.core.apportion.matrix.outcome import Biproportional
from sojourn.core.apportion.matrix.solving import biproportional
from sojourn.core.apportion.matrix.verify import verify_biproportional

__all__ = ["Biproportional", "biproportional", "verify_biproportional"]
