"""Unit costs: distance bands times people, days times a rate with reductions for long stays."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from sojourn.core.sharing.model import BandTable, CostLine, RateTable, SharingError


def travel_cost(table: BandTable, kilometres: int, people: int) -> CostLine:
    """The travel cost of `people` over a distance: the amount of the band that holds it, per person.

    `kilometres` is one way, rounded down to whole ones (a band ends where the next begins, so no distance
    falls between). Below the first band the amount is 0 per person. Raises `SharingError` for tables with
    holes, overlaps or negative amounts, for distances beyond the last band, and for negative numbers.

    **Source:** Erasmus+ Programme Guide, travel support by distance band.
    """
    _refuse(
        *_band_faults(table),
        *_count_faults("kilometres", kilometres),
        *_count_faults("people", people),
    )
    if kilometres < table.bands[0].from_km:
        return CostLine(f"under {table.bands[0].from_km} km", people, 0, 0)
    for band in table.bands:
        if band.to_km is None:
            return CostLine(f"{band.from_km} km or more", people, band.amount, people * band.amount)
        if kilometres <= band.to_km:
            return CostLine(f"{band.from_km}-{band.to_km} km", people, band.amount, people * band.amount)
    raise SharingError([f"{kilometres} km is beyond the last band, which ends at {table.bands[-1].to_km} km"])


def stay_cost(table: RateTable, days: int, people: int) -> tuple[CostLine, ...]:
    """The cost of a stay: one line per stretch of days with one rate, without the empty ones.

    The reduced rate is rounded to the smallest unit, half up, before it is multiplied, so that every line
    can be checked by hand. Raises `SharingError` for reductions out of order or outside 0..1 and for
    negative numbers.

    **Source:** Erasmus+ Programme Guide, individual support (70 % from the 15th day of a stay).
    """
    _refuse(*_rate_faults(table), *_count_faults("days", days), *_count_faults("people", people))
    lines = []
    for first, last, factor in _stretches(table, days):
        unit, quantity = _half_up(table.per_day * factor), (last - first + 1) * people
        lines.append(CostLine(f"days {first}-{last}", quantity, unit, quantity * unit))
    return tuple(lines)


def verify_cost(lines: Sequence[CostLine], total: int) -> list[str]:
    """What is wrong with the lines of a claim and their total; empty when every product and the sum hold."""
    faults = [
        f"line {at} ({line.item}): {line.quantity} x {line.unit} is not {line.amount}"
        for at, line in enumerate(lines, start=1)
        if line.quantity * line.unit != line.amount
    ]
    if (found := sum(line.amount for line in lines)) != total:
        faults.append(f"the lines add up to {found}, not {total}")
    return faults


def _stretches(table: RateTable, days: int) -> Iterator[tuple[int, int, Fraction]]:
    """(first day, last day, factor) of each stretch that the stay reaches."""
    cuts = [(cut.from_day, cut.factor) for cut in table.reductions]
    starts = [(1, Fraction(1)), *cuts, (days + 1, Fraction(0))]
    for (first, factor), (following, _) in pairwise(starts):
        last = min(following - 1, days)
        if first <= last:
            yield first, last, factor


def _half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def _refuse(*faults: str) -> None:
    if faults:
        raise SharingError(faults)


def _count_faults(name: str, number: object) -> list[str]:
    return [] if _count(number) else [f"{name} is {number!r}: give a whole number from 0"]


def _count(number: object) -> bool:
    return type(number) is int and number >= 0


def _band_faults(table: BandTable) -> Iterator[str]:
    if not table.bands:
        yield "the table has no bands: add at least one"
    for at, band in enumerate(table.bands, start=1):
        if not _count(band.from_km) or not _count(band.amount):
            yield f"band {at} needs from_km and amount as whole numbers from 0"
        elif band.to_km is not None and (type(band.to_km) is not int or band.to_km < band.from_km):
            yield f"band {at} ends at {band.to_km!r} km, before it begins: correct to_km"
    for at, (band, following) in enumerate(pairwise(table.bands), start=1):
        if band.to_km is None:
            yield f"band {at} has no end, but another band follows: give it to_km or remove the rest"
        elif _count(band.to_km) and following.from_km != band.to_km + 1:
            kind = "a hole" if _count(following.from_km) and following.from_km > band.to_km else "an overlap"
            yield f"there is {kind} between band {at} and the next: begin that at {band.to_km + 1} km"


def _rate_faults(table: RateTable) -> Iterator[str]:
    if not _count(table.per_day):
        yield f"the rate per day is {table.per_day!r}: give a whole number of smallest units from 0"
    for at, cut in enumerate(table.reductions, start=1):
        if type(cut.from_day) is not int or cut.from_day < 2:
            yield f"reduction {at} begins on day {cut.from_day!r}: give a whole number from 2"
        if not isinstance(cut.factor, Fraction) or not 0 <= cut.factor <= 1:
            yield f"reduction {at} has factor {cut.factor!r}: give a fraction from 0 to 1"
    for at, (cut, following) in enumerate(pairwise(table.reductions), start=1):
        if not cut.from_day < following.from_day:
            yield f"reduction {at} does not begin before the next: sort them by day"
