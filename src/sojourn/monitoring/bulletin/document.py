"""Composing the document: targets against actuals, people by region, activities; every cell traceable."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sojourn.monitoring.bulletin.counts import Count, Grid, Key
from sojourn.monitoring.bulletin.ledger import Ledger, Slot, Span
from sojourn.monitoring.bulletin.programme import OWN, PEOPLE, Programme
from sojourn.monitoring.bulletin.safety import protect
from sojourn.monitoring.indicators import DEFINITIONS, About
from sojourn.plan.models import Component, Target

FORMAT = "sojourn-bulletin/1"
Json = dict[str, Any]
NOWHERE = "-"
"""Stands in the list of regions for organisations that belong to none."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A composed edition: the document, and every count of people behind it, hidden ones too."""

    document: Json
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the editor's desk while an edition is composed."""

    programme: Programme
    ledger: Ledger
    period: Span
    hidden: frozenset[Key] = frozenset()

    def until_now(self, target: Target) -> Span:
        """The part of the target's period that is over by the end of the bulletin's."""
        return Span(target.starts_on, min(target.ends_on, self.period.ends_on))

    def slot(self, indicator: str, component: str, region: str = "") -> Slot | None:
        """Where the figures of a component and region are; None where there cannot be any."""
        row = self.programme.components.get(component)
        office = self.programme.regions.get(region)
        if row is None or (region and office is None):
            return None
        return Slot(indicator, row.pk, office.pk if office else self.programme.office_id)

    def people(self, key: Key) -> int:
        """A count of people as it stands today; what belongs to no part or no region is the rest."""
        component, region, span = key
        if component.endswith(OWN):
            whole = component.removesuffix(OWN)
            below = [part for part in self.programme.parts().get(whole, []) if part != component]
            return self.people(Key(whole, region, span)) - sum(
                self.people(Key(p, region, span)) for p in below
            )
        if region == NOWHERE:
            told = sum(self.people(Key(component, code, span)) for code in self.programme.regions)
            return self.people(Key(component, "", span)) - told
        slot = self.slot(PEOPLE, component, region)
        return self.ledger.value(slot, span) if slot else 0

    def cell(self, indicator: str, component: str, span: Span, region: str = "") -> Json:
        """One printed cell. A hidden one has no hash: with few records, a hash gives them away."""
        about = DEFINITIONS[indicator].about
        if about is not About.ACTIVITIES and Key(component, region, span) in self.hidden:
            return {"value": None, "records_sha256": None}
        slot = self.slot(indicator, component, region)
        if slot is None:  # the rest that belongs to no region; its records are among those of the total
            return {"value": self.people(Key(component, region, span)), "records_sha256": None}
        value = self.ledger.value(slot, span)
        return {"value": value, "records_sha256": self.ledger.records_sha256(slot, span) if value else None}


def compose(
    *, code: str, edition: int, period: Span, on: dt.date, earlier: Sequence[tuple[str, Sequence[Count]]]
) -> Edition:
    """The document of an edition, from the figures as they stand and all published editions.

    `earlier` holds the SHA-256 and the counts of every published edition. Raises what `protect` raises.
    """
    programme = Programme.now()
    desk = Desk(programme, Ledger.until(period.ends_on), period)
    leaves = [row.code for row in programme.counting(PEOPLE)]
    grid = _grid(desk, leaves)
    targets = [row for row in programme.targets if row.starts_on < period.ends_on]
    of_people = [row for row in targets if _is_about_people(row)]
    own = grid.over({desk.until_now(row) for row in of_people}, [period])
    printed = {Key(row.component.code, "", desk.until_now(row)) for row in of_people}
    printed |= {Key(name, region, period) for name in leaves for region in ("", *grid.regions)}
    k = programme.rules.small_cell_public
    protected = protect(grid, own, printed & own, [counts for _sha256, counts in earlier], k)
    desk = replace(desk, hidden=protected.hidden)
    used = dict.fromkeys([*(row.indicator for row in targets if row.indicator in DEFINITIONS), *DEFINITIONS])
    document = {
        "format": FORMAT,
        "code": code,
        "edition": edition,
        "programme": programme.titles,
        "period": {"starts_on": str(period.starts_on), "ends_on": str(period.ends_on)},
        "drawn_up_on": str(on),
        "plan": {"version": programme.plan.version, "sha256": programme.plan.sha256},
        "threshold": k,
        "definitions": [_definition(indicator) for indicator in DEFINITIONS if indicator in used],
        "targets": [_target_row(desk, row) for row in targets],
        "people": _people_table(desk, leaves, grid.regions),
        "activities": _activities_table(desk),
        "changed_rules": list(programme.changed_rules()),
        "made_safe_with": sorted(sha256 for sha256, _counts in earlier),
        "corrects": None,
    }
    return Edition(document, protected.counts)


def _grid(desk: Desk, leaves: Sequence[str]) -> Grid:
    parts = desk.programme.parts()
    names = [*desk.programme.components, *(whole + OWN for whole in parts)]
    return Grid(_remembered(desk.people), parts, names, leaves, [*desk.programme.regions, NOWHERE])


def _remembered(count: Callable[[Key], int]) -> Callable[[Key], int]:
    known: dict[Key, int] = {}

    def remembered(key: Key) -> int:
        if key not in known:
            known[key] = count(key)
        return known[key]

    return remembered


def _is_about_people(target: Target) -> bool:
    definition = DEFINITIONS.get(target.indicator)
    return definition is not None and definition.about is not About.ACTIVITIES


def _definition(code: str) -> Json:
    found = DEFINITIONS[code]
    return {
        "indicator": code,
        "version": found.version,
        "titles": found.indicator.titles._asdict(),
        "unit": found.indicator.unit,
        "counted": found.counted._asdict(),
        "about": found.about.value,
    }


def _target_row(desk: Desk, target: Target) -> Json:
    """A target and the number reached; None where no indicator of this version computes it yet."""
    code, span = target.component.code, desk.until_now(target)
    computed = target.indicator in DEFINITIONS
    return {
        "target": target.code,
        "component": code,
        "titles": target.component.titles,
        "indicator": target.indicator,
        "definition_version": DEFINITIONS[target.indicator].version if computed else None,
        "kind": target.kind,
        "starts_on": str(target.starts_on),
        "ends_on": str(target.ends_on),
        "amount": target.amount,
        "actual": desk.cell(target.indicator, code, span) if computed else None,
    }


def _people_table(desk: Desk, leaves: Sequence[str], regions: Sequence[str]) -> Json:
    """People by region and component in the period; components and regions without anybody are left out.

    Zero is not a secret: it says that there is nobody.
    """
    columns = [code for code in leaves if desk.people(Key(code, "", desk.period))]

    def cells(region: str) -> list[Json]:
        return [desk.cell(PEOPLE, code, desk.period, region) for code in columns]

    def anybody(region: str) -> bool:
        return any(desk.people(Key(code, region, desk.period)) for code in columns)

    told = [region for region in regions if anybody(region)]
    return {
        "indicator": PEOPLE,
        "definition_version": DEFINITIONS[PEOPLE].version,
        "columns": [_column(desk.programme.components[code]) for code in columns],
        "rows": [{"region": code, "names": _names(desk, code), "cells": cells(code)} for code in told],
        "totals": cells(""),
    }


def _names(desk: Desk, region: str) -> Json:
    if region == NOWHERE:
        return {"en": "Coordinating office", "zh": "协调办公室"}
    return dict(desk.programme.regions[region].names)


def _column(component: Component) -> Json:
    return {"component": component.code, "titles": component.titles}


def _activities_table(desk: Desk) -> Json:
    """What was offered and held in the period, by component. It tells of no person, so nothing is hidden."""
    indicators = [code for code, found in DEFINITIONS.items() if found.about is About.ACTIVITIES]
    rows = []
    for component in desk.programme.components.values():
        cells = [desk.cell(indicator, component.code, desk.period) for indicator in indicators]
        if any(cell["value"] for cell in cells):
            rows.append({**_column(component), "cells": cells})
    columns = [{"indicator": code, "definition_version": DEFINITIONS[code].version} for code in indicators]
    return {"columns": columns, "rows": rows}
