"""Pairing: matrices, pen pals, classes and institutions, each with hard rules, a verifier and a bound.

- `pair_matrix`: the exact optimum on a matrix of weights with forbidden cells.
- `pair_people`: pen pals, person to person, up to hundreds of thousands a side.
- `pair_classes`: class to class, with trios so that nobody is left out.
- `twin`: institutions with capacities on a general graph.
"""

from sojourn.core.pairing.classes import ClassPair, ClassPairs, SchoolClass, pair_classes, verify_class_pairs
from sojourn.core.pairing.matrix import MatrixPairs, pair_matrix
from sojourn.core.pairing.pen_pals import (
    PenPals,
    Person,
    Progress,
    pair_people,
    verify_bound,
    verify_pen_pals,
)
from sojourn.core.pairing.rules import PairingError, Points, Rules
from sojourn.core.pairing.twinning import (
    Blossom,
    Edge,
    Institution,
    Twinning,
    certified_bound,
    twin,
    verify_twinning,
)
from sojourn.core.pairing.verify_matrix import verify_matrix_pairs

__all__ = [
    "Blossom",
    "ClassPair",
    "ClassPairs",
    "Edge",
    "Institution",
    "MatrixPairs",
    "PairingError",
    "PenPals",
    "Person",
    "Points",
    "Progress",
    "Rules",
    "SchoolClass",
    "Twinning",
    "certified_bound",
    "pair_classes",
    "pair_matrix",
    "pair_people",
    "twin",
    "verify_bound",
    "verify_class_pairs",
    "verify_matrix_pairs",
    "verify_pen_pals",
    "verify_twinning",
]
