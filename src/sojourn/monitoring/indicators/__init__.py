"""What counts: each indicator's definition in words, and the records behind it by component and place."""

from sojourn.monitoring.indicators.counting import Counted, counted
from sojourn.monitoring.indicators.definitions import DEFINITIONS, About, Definition
from sojourn.monitoring.indicators.tallying import Cell, Tally, Trees, tally

__all__ = ["DEFINITIONS", "About", "Cell", "Counted", "Definition", "Tally", "Trees", "counted", "tally"]
