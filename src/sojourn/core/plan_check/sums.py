"""Targets against each other: floors, parts, milestones and children against their totals."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sojourn.core.plan_check.findings import Code, Finding, Told, found, natural
from sojourn.core.plan_check.model import Catalogue, Period, Plan, Target
from sojourn.core.plan_check.targets import is_count
from sojourn.core.plan_check.tree import Tree

Group = Sequence[Target]
Groups = dict[tuple[str, str], list[Target]]


def check_sums(plan: Plan, catalogue: Catalogue, tree: Tree) -> Iterator[Finding]:
    """Totals that their floors, parts, milestones or children contradict."""
    groups: Groups = defaultdict(list)
    for target in sorted(plan.targets, key=lambda target: natural(target.place)):
        if is_count(target.amount) and target.period.start < target.period.end:
            groups[target.component, target.indicator].append(target)
    for group in groups.values():
        totals = [target for target in group if target.kind == "total"]
        for total in totals:
            yield from _floors(total, group)
            yield from _parts(total, totals)
            yield from _last_milestone(total, group)
        yield from _milestones(group)
        yield from _overlaps(group)
    for group in groups.values():
        for target in group:
            yield from _children(target, groups, catalogue, tree)


def _floors(total: Target, group: Group) -> Iterator[Finding]:
    """The floors of one rhythm against the total: more is impossible, less leaves the total unguaranteed."""
    rhythms: dict[str | None, list[Target]] = defaultdict(list)
    for floor in group:
        if floor.kind == "floor_per_period" and total.period.holds(floor.period):
            rhythms[floor.every].append(floor)
    for rhythm in sorted(rhythms, key=str):
        floors = rhythms[rhythm]
        counts = [floor.period.count(floor.every) for floor in floors]
        if None in counts or not _apart([floor.period for floor in floors]):
            continue
        promised = sum(int(floor.amount) * (count or 0) for floor, count in zip(floors, counts, strict=True))
        periods = sum(count or 0 for count in counts)
        told: Told = {
            "component": total.component,
            "indicator": total.indicator,
            "floors": promised,
            "periods": periods,
            "total": int(total.amount),
            "difference": abs(int(total.amount) - promised),
        }
        if promised > total.amount:
            yield found(Code.FLOORS_ABOVE_TOTAL, f"{total.place}.amount", **told)
        elif promised < total.amount and _covers([floor.period for floor in floors], total.period):
            yield found(Code.FLOORS_BELOW_TOTAL, f"{total.place}.amount", **told)


def _parts(total: Target, totals: Group) -> Iterator[Finding]:
    """The totals of shorter periods against the total of the longer one that holds them."""
    largest: list[Target] = []
    for part in sorted(totals, key=lambda part: (part.period.start, -part.period.end.toordinal())):
        inside = part.period != total.period and total.period.holds(part.period)
        if inside and (not largest or part.period.end > largest[-1].period.end):
            largest.append(part)
    periods = [part.period for part in largest]
    if not largest or not _apart(periods):
        return
    parts = sum(int(part.amount) for part in largest)
    if parts > total.amount or (parts < total.amount and _covers(periods, total.period)):
        told: Told = {"component": total.component, "indicator": total.indicator}
        yield found(
            Code.PARTS_NOT_WHOLE, f"{total.place}.amount", **told, parts=parts, total=int(total.amount)
        )


def _last_milestone(total: Target, group: Group) -> Iterator[Finding]:
    """A milestone may not pass the total, and has to be it on the day on which both end."""
    for milestone in group:
        if milestone.kind != "cumulative" or milestone.period.start != total.period.start:
            continue
        past = milestone.period.end <= total.period.end and milestone.amount > total.amount
        short = milestone.period.end == total.period.end and milestone.amount < total.amount
        if past or short:
            told: Told = {
                "component": total.component,
                "indicator": total.indicator,
                "total": int(total.amount),
            }
            place = f"{milestone.place}.amount"
            yield found(Code.MILESTONE_NOT_TOTAL, place, **told, milestone=int(milestone.amount))


def _milestones(group: Group) -> Iterator[Finding]:
    """Numbers reached since the same day can only grow."""
    starts: dict[object, list[Target]] = defaultdict(list)
    for target in group:
        if target.kind == "cumulative":
            starts[target.period.start].append(target)
    for milestones in starts.values():
        milestones.sort(key=lambda target: (target.period.end, target.amount))
        for earlier, later in pairwise(milestones):
            if later.amount < earlier.amount:
                told: Told = {"component": later.component, "indicator": later.indicator}
                amounts: Told = {"earlier": int(earlier.amount), "later": int(later.amount)}
                yield found(Code.FALLING_MILESTONE, f"{later.place}.amount", **told, **amounts)


def _overlaps(group: Group) -> Iterator[Finding]:
    """Two floors of one rhythm that promise the same days; the same floor stated twice is told elsewhere."""
    rhythms: dict[str | None, list[Target]] = defaultdict(list)
    for target in group:
        if target.kind == "floor_per_period":
            rhythms[target.every].append(target)
    for floors in rhythms.values():
        floors.sort(key=lambda floor: (floor.period.start, floor.period.end))
        furthest = floors[0]
        for floor in floors[1:]:
            if floor.period != furthest.period and floor.period.meets(furthest.period):
                told: Told = {"component": floor.component, "indicator": floor.indicator}
                yield found(Code.OVERLAPPING_FLOORS, floor.place, **told, other=furthest.code)
            furthest = max(furthest, floor, key=lambda floor: floor.period.end)


def _children(target: Target, groups: Groups, catalogue: Catalogue, tree: Tree) -> Iterator[Finding]:
    """The same promise made by the components below: together neither more than the parent's nor less.

    The nearest promises below count. Less is no contradiction where a component below could still add to the
    measure without a promise of its own.
    """
    promised, complete, amounts = False, True, 0
    waiting = list(tree.children.get(target.component, ()))
    while waiting:
        child = waiting.pop()
        own = [other for other in groups.get((child, target.indicator), []) if _same_promise(other, target)]
        if own:
            promised, amounts = True, amounts + int(own[0].amount)
        elif tree.children[child]:
            waiting.extend(tree.children[child])
        else:
            complete = complete and not _computes(child, target.indicator, catalogue, tree)
    if promised and (amounts > target.amount or (complete and amounts < target.amount)):
        told: Told = {"component": target.component, "indicator": target.indicator, "kind": target.kind}
        place = f"{target.place}.amount"
        yield found(Code.CHILDREN_NOT_PARENT, place, **told, children=amounts, total=int(target.amount))


def _computes(component: str, indicator: str, catalogue: Catalogue, tree: Tree) -> bool:
    track = catalogue.tracks.get(tree.components[component].track or "")
    return track is not None and indicator in track.indicators


def _same_promise(one: Target, other: Target) -> bool:
    return (one.kind, one.period, one.every) == (other.kind, other.period, other.every)


def _apart(periods: Sequence[Period]) -> bool:
    """Whether no two periods share a day."""
    ordered = sorted(periods, key=lambda period: (period.start, period.end))
    return all(not earlier.meets(later) for earlier, later in pairwise(ordered))


def _covers(periods: Sequence[Period], whole: Period) -> bool:
    """Whether periods that are apart fill the whole one to the day."""
    return sum((period.end - period.start).days for period in periods) == (whole.end - whole.start).days
