"""A check of pen pals that shares nothing with the solver: plain loops over the records themselves."""

from collections import Counter
from collections.abc import Sequence

from sojourn.core.pairing.pen_pals.people import Person
from sojourn.core.pairing.pen_pals.solve import PenPals
from sojourn.core.pairing.rules import Points, Rules


def verify_pen_pals(
    left: Sequence[Person], right: Sequence[Person], outcome: PenPals, *, rules: Rules, points: Points
) -> list[str]:
    """Everything wrong with the pairs, in words; empty when all rules hold and the figures are right.

    Takes time in proportion to the people. The certificate is checked by `verify_bound`.
    """
    ours, theirs = {person.id: person for person in left}, {person.id: person for person in right}
    uses = Counter(id_ for pair in outcome.pairs for id_ in pair) + Counter(
        outcome.unpaired_left + outcome.unpaired_right
    )
    faults = [f"{id_!r} is told {count} times" for id_, count in uses.items() if count != 1]
    faults += [
        f"{id_!r} is neither paired nor told as unpaired" for id_ in (*ours, *theirs) if id_ not in uses
    ]
    known = [(a, b) for a, b in outcome.pairs if a in ours and b in theirs]
    if len(known) < len(outcome.pairs):
        return [*faults, "a pair names somebody who is not on that side"]
    faults += [
        f"{a!r} and {b!r} may not be paired" for a, b in known if not may_pair(ours[a], theirs[b], rules)
    ]
    houses = Counter((ours[a].institution, theirs[b].institution) for a, b in known)
    if rules.per_institution_pair is not None:
        faults += [
            f"{one!r} and {other!r} have {count} pairs"
            for (one, other), count in houses.items()
            if one is not None and other is not None and count > rules.per_institution_pair
        ]
    total = sum(points_of(ours[a], theirs[b], points) for a, b in known)
    if total != outcome.total:
        faults.append(f"the pairs are worth {total}, not {outcome.total}")
    if outcome.bound < total or outcome.most_pairs < len(known):
        faults.append("a bound lies below what was reached")
    return faults


def verify_bound(
    left: Sequence[Person], right: Sequence[Person], outcome: PenPals, *, rules: Rules, points: Points
) -> list[str]:
    """Everything wrong with the two bounds; compares everybody with everybody, so it takes its time.

    The bound on points is checked through the prices, unless the pairing is exact (its bound is then its
    total and the proof is a solver's optimality, not prices).
    """
    closed = set(outcome.closed_set)
    known = {b.id for a in left if a.id in closed for b in right if may_pair(a, b, rules)}
    faults = []
    if min(len(left), len(right), len(left) - len(closed) + len(known)) != outcome.most_pairs:
        faults.append(f"the closed set does not prove that at most {outcome.most_pairs} pairs exist")
    if outcome.bound > outcome.total:
        best = [
            max(
                (points_of(a, b, points) - outcome.prices[b.id] for b in right if may_pair(a, b, rules)),
                default=None,
            )
            for a in left
        ]
        count = len(outcome.pairs)
        leading = sorted((value for value in best if value is not None), reverse=True)[:count]
        if sum(leading) + sum(sorted(outcome.prices.values(), reverse=True)[:count]) > outcome.bound:
            faults.append(f"the prices do not prove the bound {outcome.bound}")
    return faults


def may_pair(one: Person, other: Person, rules: Rules) -> bool:
    """The hard rules for two people, in words of the call."""
    return (
        bool(one.languages & other.languages)
        and abs(one.age - other.age) <= rules.max_age_gap
        and (one.age >= rules.adult_age) == (other.age >= rules.adult_age)
        and (rules.same_region or one.region != other.region)
    )


def points_of(one: Person, other: Person, points: Points) -> int:
    """What the pair is worth."""
    worth = points.shared_tag * len(one.tags & other.tags)
    worth += points.same_medium * (one.medium is not None and one.medium == other.medium)
    return worth + points.second_language * (len(one.languages & other.languages) > 1)
