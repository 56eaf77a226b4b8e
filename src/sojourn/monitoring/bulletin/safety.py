"""Which counts of people a bulletin may show, beside all that earlier editions showed.

Readers can add and subtract: regions make up the whole, parts make up a component, months make up a longer
span, so that a figure to date minus last time's is what came in between. All of these counts and sums,
printed or not, go to core/disclosure as one problem.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sojourn.core.disclosure import Cell, Sum, Tables, suppress, verify_disclosure
from sojourn.monitoring.bulletin.counts import Count, Grid, Key


class UnsafeEditionError(RuntimeError):
    """The independent check found a hidden figure that could be worked out."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be printed, and every count of the edition for the sake of later ones."""

    hidden: frozenset[Key]
    counts: tuple[Count, ...]


def protect(
    grid: Grid, own: Collection[Key], printed: Collection[Key], earlier: Sequence[Sequence[Count]], k: int
) -> Protected:
    """Hide few of the `printed` counts so that no count of 1 to k - 1 can be worked out.

    `own` are all counts of this edition, printed or not; `earlier` those of each published edition. A count
    that has been revised since is another fact than today's. Raises CannotProtectError (core/disclosure) when
    the earlier editions give a small count away whatever is hidden now, UnsafeEditionError if the
    independent check of the outcome fails.
    """
    before = {count.key for edition in earlier for count in edition}
    today = {key: grid.count(key) for key in grid.tied({*own, *before})}
    counts = {key.cell(): value for key, value in today.items() if value}
    sums = set(_sums(grid, today, {key: key.cell() for key in today}))
    shown_before: set[Cell] = set()
    for number, edition in enumerate(earlier, 1):
        then = {count.key: count.value for count in edition}
        revised = {key for key, value in then.items() if today[key] != value}
        names = {key: key.cell(str(number) if key in revised else "") for key in then}
        counts |= {names[key]: value for key, value in then.items() if value}
        shown_before |= {names[count.key] for count in edition if count.shown and count.value}
        if revised:
            sums |= set(_sums(grid, then, names))
    hidden = _hidden(Tables(counts, tuple(sorted(sums, key=_order))), shown_before, k)
    blank = frozenset(key for key in printed if key.cell() in hidden)
    shown = frozenset(printed) - blank
    return Protected(blank, tuple(Count(key, today[key], key in shown) for key in sorted(own)))


def _hidden(tables: Tables, shown_before: Collection[Cell], k: int) -> frozenset[Cell]:
    if not any(value < k for value in tables.counts.values()):
        return frozenset()  # nothing small among them: nothing to hide
    outcome = suppress(tables, k, shown_before=shown_before)
    faults = verify_disclosure(tables, outcome.published, k, outcome.witnesses)
    if faults:
        raise UnsafeEditionError("; ".join(faults[:3]))
    return outcome.hidden


def _sums(grid: Grid, values: Mapping[Key, int], names: Mapping[Key, Cell]) -> Iterator[Sum]:
    """The sums that hold among the values; parts that are zero say nothing and are left out."""
    for whole, pieces in grid.sums(values):
        parts = tuple(sorted(names[key] for key in pieces if values[key]))
        if (
            values[whole]
            and values[whole] == sum(values[key] for key in pieces)
            and names[whole] not in parts
        ):
            yield Sum(names[whole], parts)


def _order(tie: Sum) -> tuple[Cell, tuple[Cell, ...]]:
    return tie.total, tie.parts
