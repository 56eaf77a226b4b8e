"""A check of class pairs that shares nothing with the solver: plain loops over classes and pupils."""

from collections import Counter
from collections.abc import Sequence

from sojourn.core.pairing.classes.solve import ClassPairs, SchoolClass
from sojourn.core.pairing.pen_pals.verify import may_pair, points_of
from sojourn.core.pairing.rules import Points, Rules


def verify_class_pairs(
    left: Sequence[SchoolClass],
    right: Sequence[SchoolClass],
    outcome: ClassPairs,
    *,
    rules: Rules,
    points: Points,
) -> list[str]:
    """Everything wrong with the pairs, in words; empty when the rules hold and nobody is left out."""
    ours, theirs = (
        {one.id: {pupil.id: pupil for pupil in one.pupils} for one in side} for side in (left, right)
    )
    faults = []
    for side, told in (
        (ours, [pair.left for pair in outcome.pairs] + list(outcome.unpaired_left)),
        (theirs, [pair.right for pair in outcome.pairs] + list(outcome.unpaired_right)),
    ):
        if sorted(told) != sorted(side):
            faults.append("a class of one side is told twice, not at all, or is not known")
    if faults:
        return faults
    for pair in outcome.pairs:
        here, there = ours[pair.left], theirs[pair.right]
        where = f"classes {pair.left!r} and {pair.right!r}"
        letters = Counter(a for a, _ in pair.pupils), Counter(b for _, b in pair.pupils)
        if set(letters[0]) != set(here) or set(letters[1]) != set(there):
            faults.append(f"{where}: a pupil is left out, or is not in the class")
            continue
        if (
            len(pair.pupils) != max(len(here), len(there))
            or max([*letters[0].values(), *letters[1].values()]) > 2
        ):
            faults.append(f"{where}: more than a trio, or a pupil of the larger class with two partners")
        faults += [
            f"{where}: {a!r} and {b!r} may not be paired"
            for a, b in pair.pupils
            if not may_pair(here[a], there[b], rules)
        ]
        if sum(points_of(here[a], there[b], points) for a, b in pair.pupils) != pair.points:
            faults.append(f"{where}: the points are wrong")
    if sum(pair.points for pair in outcome.pairs) != outcome.total:
        faults.append("the total is not the sum of the pairs")
    return faults
