"""Pen pals, person to person: hard rules, published points, a certified bound."""

from sojourn.core.pairing.pen_pals.people import Person
from sojourn.core.pairing.pen_pals.solve import PenPals, Progress, pair_people
from sojourn.core.pairing.pen_pals.verify import verify_bound, verify_pen_pals

__all__ = ["PenPals", "Person", "Progress", "pair_people", "verify_bound", "verify_pen_pals"]
