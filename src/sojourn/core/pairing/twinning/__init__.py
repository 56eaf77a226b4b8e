"""Twinning of institutions: a heaviest b-matching of a graph, with a bound that anybody can add up."""

from sojourn.core.pairing.twinning.problem import Blossom, Edge, Institution, Twinning
from sojourn.core.pairing.twinning.solve import twin
from sojourn.core.pairing.twinning.verify import certified_bound, verify_twinning

__all__ = ["Blossom", "Edge", "Institution", "Twinning", "certified_bound", "twin", "verify_twinning"]
