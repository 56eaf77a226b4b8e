"""An independent check of a suppression: no solver, only additions over the witnesses."""

from collections.abc import Iterable, Mapping

from sojourn.core.disclosure.tables import Cell, Published, Tables, name_of


def verify_disclosure(
    tables: Tables, published: Published, k: int, witnesses: Iterable[Mapping[Cell, int]]
) -> list[str]:
    """What is wrong with `published` as a safe form of `tables`; an empty list when it is safe.

    Each witness gives other counts to some hidden figures. It is checked to be a table that readers must
    hold possible (whole, not negative, every sum right, every shown figure as shown); then the true
    counts and the witnesses together must set each hidden figure at least k apart and reach k. Also
    checked: every count of 1 to k - 1 is hidden, and no shown figure is wrong. Sufficient, hence strict: a
    missing witness is a fault even if the figure happens to be safe.
    """
    faults = [
        f"{name_of(cell)} is {count} and shown as {published.figures.get(cell)}"
        for cell, count in tables.counts.items()
        if published.figures.get(cell) not in {None, count} or (0 < count < k and cell in _shown(published))
    ]
    hidden = [cell for cell in tables.counts if cell not in _shown(published)]
    least, most = dict(tables.counts), dict(tables.counts)
    for number, witness in enumerate(witnesses):
        possible = {**tables.counts, **witness}
        faults += [f"witness {number}: {fault}" for fault in _impossible(tables, published, possible)]
        for cell in hidden:
            least[cell] = min(least[cell], possible[cell])
            most[cell] = max(most[cell], possible[cell])
    for cell in hidden:
        if most[cell] < k or most[cell] - least[cell] < k:
            faults.append(f"{name_of(cell)}: only {least[cell]} to {most[cell]} is shown to be possible")
    return faults


def _shown(published: Published) -> set[Cell]:
    return {cell for cell, count in published.figures.items() if count is not None}


def _impossible(tables: Tables, published: Published, possible: Mapping[Cell, int]) -> Iterable[str]:
    for cell, count in possible.items():
        if count < 0 or count != int(count):
            yield f"{name_of(cell)} is {count}"
        if published.figures.get(cell) not in {None, count}:
            yield f"{name_of(cell)} is {count} but is shown as {published.figures[cell]}"
    for tie in tables.sums:
        if possible[tie.total] != sum(possible[part] for part in tie.parts):
            yield f"the parts of {name_of(tie.total)} do not add up"
