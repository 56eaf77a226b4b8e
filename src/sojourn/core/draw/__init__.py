"""A draw that anyone can recompute: who is called when, who gets which place, and why.

The list is frozen and its hash published together with a future public seed source; when the seed is
known, the order of the tickets follows from it alone (`draw_order`), the places follow from the order
(`draw_places`), a separate and simpler program checks both (`verify_draw`), and every applicant can be
told the reason (`explain`, `explain_all`). `seeds` holds the public sources of randomness; `rfc3797` the
older method of that standard, for bodies whose statutes name it.
"""

from sojourn.core.draw.checks import input_faults
from sojourn.core.draw.ids import id_faults
from sojourn.core.draw.listing import ListDraw, draw_list
from sojourn.core.draw.model import Draw, DrawError, Opening, Place, Reserve, Ticket
from sojourn.core.draw.order import draw_order
from sojourn.core.draw.places import draw_places
from sojourn.core.draw.reasons import ChoiceReason, Explanation, Outcome, explain, explain_all
from sojourn.core.draw.rfc3797 import Rfc3797Draw, draw_rfc3797, rfc3797_key
from sojourn.core.draw.seeds import (
    DiceThrows,
    DrandRound,
    LotteryDraw,
    NistPulse,
    SeedSource,
    check_unknowable,
    known_from,
    seed_bytes,
    source_from_dict,
    source_to_dict,
)
from sojourn.core.draw.verify import verify_draw

__all__ = [
    "ChoiceReason",
    "DiceThrows",
    "DrandRound",
    "Draw",
    "DrawError",
    "Explanation",
    "ListDraw",
    "LotteryDraw",
    "NistPulse",
    "Opening",
    "Outcome",
    "Place",
    "Reserve",
    "Rfc3797Draw",
    "SeedSource",
    "Ticket",
    "check_unknowable",
    "draw_list",
    "draw_order",
    "draw_places",
    "draw_rfc3797",
    "explain",
    "explain_all",
    "id_faults",
    "input_faults",
    "known_from",
    "rfc3797_key",
    "seed_bytes",
    "source_from_dict",
    "source_to_dict",
    "verify_draw",
]
