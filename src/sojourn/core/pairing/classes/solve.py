"""Class to class: a sparse graph of classes that fit, an exact assignment on it, small assignments inside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sojourn.core.pairing.classes.inside import pupils_paired
from sojourn.core.pairing.classes.profile import Profiles, fitting, profiles
from sojourn.core.pairing.pen_pals.exchange import exchange
from sojourn.core.pairing.pen_pals.people import Person, encode
from sojourn.core.pairing.pen_pals.problem import Problem
from sojourn.core.pairing.rules import PairingError, Points, Rules


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class that writes together; its pupils' region and institution are the class's."""

    id: str
    pupils: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ClassPair:
    """Two classes, and who writes to whom in them: everybody at least once, nobody to more than two."""

    left: str
    right: str
    pupils: tuple[tuple[str, str], ...]
    points: int


@dataclass(frozen=True, slots=True)
class ClassPairs:
    """All class pairs in order, and the classes for which none was found."""

    pairs: tuple[ClassPair, ...]
    unpaired_left: tuple[str, ...]
    unpaired_right: tuple[str, ...]
    total: int


def pair_classes(
    left: Sequence[SchoolClass],
    right: Sequence[SchoolClass],
    *,
    rules: Rules | None = None,
    points: Points | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> ClassPairs:
    """Pair classes, as many as fit together and then for the most points; and in each pair the pupils.

    Two classes fit when each pupil of one may be paired with each pupil of the other (so nobody can be left
    out) and the larger is at most twice the smaller: the pupils it has more join as third in a trio. The
    classes are paired exactly on a sparse candidate graph (for each class those with most interests in
    common and a sample of all that fit), by a cheap estimate of the points; the pupils inside exactly. The
    limit per institution pair is about individual pairs and is not applied to bundles.

    `progress` hears (class pairs finished, all); when `stop` answers True the remaining class pairs keep
    their partners, but their pupils are paired in the plain order of ids. Ties go to the lower class id.

    Raises PairingError for repeated ids, an empty class, or a class whose pupils are of several regions.
    """
    rules, points = rules or Rules(), points or Points()
    sides = tuple(sorted(side, key=lambda school_class: school_class.id) for side in (left, right))
    _refuse_faults([*sides[0], *sides[1]])
    people = encode(*([pupil for one in side for pupil in one.pupils] for side in sides))
    ours, theirs = (profiles(side, coded) for side, coded in zip(sides, people, strict=True))
    arcs, mates = fitting(ours, theirs, rules, points)
    mates = exchange(arcs, mates, len(theirs)).mates if len(arcs) else mates
    problem = Problem(*people, rules, points)
    rows = np.flatnonzero(mates >= 0).tolist()
    pairs = []
    for done, row in enumerate(rows, start=1):
        pairs.append(
            _class_pair(problem, (ours, row), (theirs, int(mates[row])), plain=bool(stop and stop()))
        )
        if progress is not None:
            progress(done, len(rows))
    taken = set(mates[rows].tolist())
    return ClassPairs(
        tuple(pairs),
        tuple(ours.ids[row] for row in np.flatnonzero(mates < 0).tolist()),
        tuple(id_ for column, id_ in enumerate(theirs.ids) if column not in taken),
        sum(pair.points for pair in pairs),
    )


def _class_pair(
    problem: Problem, one: tuple[Profiles, int], other: tuple[Profiles, int], *, plain: bool
) -> ClassPair:
    (ours, row), (theirs, column) = one, other
    inside, worth = pupils_paired(problem, ours.members[row], theirs.members[column], plain=plain)
    named = sorted((ours.people.ids[a], theirs.people.ids[b]) for a, b in inside)
    return ClassPair(ours.ids[row], theirs.ids[column], tuple(named), worth)


def _refuse_faults(classes: Sequence[SchoolClass]) -> None:
    seen: set[str] = set()
    for school_class in classes:
        if school_class.id in seen:
            raise PairingError(f"class {school_class.id!r} is given twice: make every id unique")
        seen.add(school_class.id)
        if not school_class.pupils:
            raise PairingError(f"class {school_class.id!r} has no pupils: enrol them or leave the class out")
        if len({pupil.region for pupil in school_class.pupils}) > 1:
            raise PairingError(
                f"class {school_class.id!r} has pupils of several regions: a class is in one region"
            )
