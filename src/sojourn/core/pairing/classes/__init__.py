"""Class to class: letters travel as bundles, so whole classes are paired, and nobody in them is left out."""

from sojourn.core.pairing.classes.solve import ClassPair, ClassPairs, SchoolClass, pair_classes
from sojourn.core.pairing.classes.verify import verify_class_pairs

__all__ = ["ClassPair", "ClassPairs", "SchoolClass", "pair_classes", "verify_class_pairs"]
