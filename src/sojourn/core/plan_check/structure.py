"""Codes, the tree and who is responsible."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sojourn.core.plan_check.findings import Code, Finding, Told, found, nearest
from sojourn.core.plan_check.model import Catalogue, Plan
from sojourn.core.plan_check.tree import Tree


def check_structure(plan: Plan, catalogue: Catalogue, tree: Tree) -> Iterator[Finding]:
    """Repeated and unknown codes, circles, components that nobody answers for or that no track can carry
    out.
    """
    if plan.period.start >= plan.period.end:
        yield found(
            Code.EMPTY_PROGRAMME, "programme.end", start=f"{plan.period.start}", end=f"{plan.period.end}"
        )
    if not plan.components:
        yield found(Code.NO_COMPONENT, "components")
    yield from _repeated_codes(plan)
    yield from _unknown_codes(plan, catalogue)
    yield from _pairs_of_the_wrong_kind(plan)
    yield from _components(plan, tree)


def _repeated_codes(plan: Plan) -> Iterator[Finding]:
    tables: tuple[tuple[str, Iterable[tuple[str, str]]], ...] = (
        ("organisation", ((item.code, item.place) for item in plan.organisations)),
        ("component", ((item.code, item.place) for item in plan.components)),
        ("target", ((item.code, item.place) for item in plan.targets)),
        ("source", ((item.code, item.place) for item in plan.sources)),
        ("cost category", ((item.code, item.place) for item in plan.cost_categories)),
        ("pair", ((f"{item.office} - {item.receiving}", item.place) for item in plan.pairs)),
    )
    for what, items in tables:
        listed = list(items)
        times = Counter(code for code, _ in listed)
        for code, place in listed:
            if times[code] > 1:
                yield found(Code.DUPLICATE_CODE, f"{place}.code", what=what, code=code, times=times[code])


Reference = tuple[str, str | None, str]
"""A place, the code it refers to (or None), and what kind of thing has that code."""


def _references(plan: Plan) -> Iterator[Reference]:
    """Every code of the plan that has to be the code of something else."""
    for organisation in plan.organisations:
        yield f"{organisation.place}.parent", organisation.parent, "organisation"
    for pair in plan.pairs:
        yield f"{pair.place}.office", pair.office, "organisation"
        yield f"{pair.place}.receiving", pair.receiving, "organisation"
    for component in plan.components:
        yield f"{component.place}.parent", component.parent, "component"
        yield f"{component.place}.track", component.track, "track"
        yield f"{component.place}.responsible", component.responsible, "organisation"
    for target in plan.targets:
        yield f"{target.place}.component", target.component, "component"
        yield from ((f"{target.place}.quotas.{code}", code, "organisation") for code in target.quotas)
    for rule in plan.quota_rules:
        yield f"{rule.place}.component", rule.component, "component"
    yield from _money_references(plan)


def _money_references(plan: Plan) -> Iterator[Reference]:
    for category in plan.cost_categories:
        yield from ((f"{category.place}.components", code, "component") for code in category.components)
    for cost in plan.cost_rules:
        yield f"{cost.place}.component", cost.component, "component"
        yield f"{cost.place}.category", cost.category, "cost category"
        yield from ((f"{cost.place}.shares.{code}", code, "source") for code in cost.shares)
    for subsidy in plan.subsidies:
        yield f"{subsidy.place}.component", subsidy.component, "component"
        yield f"{subsidy.place}.source", subsidy.source, "source"


def _unknown_codes(plan: Plan, catalogue: Catalogue) -> Iterator[Finding]:
    known = {
        "organisation": {item.code for item in plan.organisations},
        "component": {item.code for item in plan.components},
        "source": {item.code for item in plan.sources},
        "cost category": {item.code for item in plan.cost_categories},
        "track": set(catalogue.tracks),
    }
    for place, code, what in _references(plan):
        if code is not None and code not in known[what]:
            params: Told = {"what": what, "code": code, "nearest": nearest(code, known[what])}
            yield found(Code.UNKNOWN_CODE, place, **params)


def _pairs_of_the_wrong_kind(plan: Plan) -> Iterator[Finding]:
    """A pair joins a regional office and a receiving area, in this order."""
    kinds: dict[str, set[str]] = {}
    for organisation in plan.organisations:
        kinds.setdefault(organisation.code, set()).add(organisation.kind)
    for pair in plan.pairs:
        sides = (
            ("office", pair.office, "regional_office"),
            ("receiving", pair.receiving, "receiving_office"),
        )
        for side, code, kind in sides:
            if code in kinds and kind not in kinds[code]:
                is_kind = ", ".join(sorted(kinds[code]))
                yield found(Code.WRONG_KIND, f"{pair.place}.{side}", code=code, kind=kind, is_kind=is_kind)


def _components(plan: Plan, tree: Tree) -> Iterator[Finding]:
    for component in plan.components:
        circle = tree.circle(component.code)
        if circle:
            yield found(
                Code.CIRCLE, f"{component.place}.parent", code=component.code, circle=" > ".join(circle)
            )
            continue
        if not any(above.responsible for above in tree.upwards(component.code)):
            yield found(Code.NO_RESPONSIBLE, component.place, code=component.code)
        if not tree.tracks(component.code):
            yield found(Code.NO_TRACK, component.place, code=component.code)
    yield from _circling_organisations(plan)


def _circling_organisations(plan: Plan) -> Iterator[Finding]:
    """Organisations that are, over some steps, their own parent."""
    parents = {item.code: item.parent for item in sorted(plan.organisations, key=lambda item: item.place)}
    for organisation in plan.organisations:
        chain = [organisation.code]
        step = parents[organisation.code]
        while step is not None and step in parents and step not in chain:
            chain.append(step)
            step = parents[step]
        if step == organisation.code:
            turn = chain.index(min(chain))
            circle = " > ".join((*chain[turn:], *chain[:turn]))
            yield found(Code.CIRCLE, f"{organisation.place}.parent", code=organisation.code, circle=circle)
