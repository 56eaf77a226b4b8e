"""An attacker reads every printed table of every bulletin, and knows only what anyone can know."""

import datetime as dt
import itertools
import random

import pytest

from sojourn.core.disclosure import Published, Sum, attack
from sojourn.monitoring.bulletin.counts import Count, Grid, Key, pieces, with_pieces
from sojourn.monitoring.bulletin.ledger import Span
from sojourn.monitoring.bulletin.safety import protect

K = 10
DAYS = [dt.date(2026, 9, 1), dt.date(2027, 1, 1), dt.date(2027, 5, 1), dt.date(2027, 9, 1)]
PERIODS = [Span(*days) for days in itertools.pairwise(DAYS)]
REGIONS = ["north", "east", "south", "west"]
LEAVES = ["A2", "A3"]


def facts(seed):
    """People by leaf, region and period."""
    chance = random.Random(seed)
    return {
        (leaf, region, period): chance.choice([0, 2, 5, 11, 14, 30, 60])
        for leaf in LEAVES
        for region in REGIONS
        for period in PERIODS
    }


def count(known, key):
    """Any count as a sum of facts."""
    leaves = LEAVES if key.component == "A" else [key.component]
    regions = [key.region] if key.region else REGIONS
    periods = [period for period in PERIODS if key.span[0] <= period[0] and period[1] <= key.span[1]]
    return sum(known.get(place, 0) for place in itertools.product(leaves, regions, periods))


def editions(known):
    """Each bulletin: people by region in its period, and A, A2, A3 to date; each beside those before."""
    grid = Grid(
        lambda key: count(known, key),
        {"A": ["A2", "A3", "A·own"]},
        ["A", "A2", "A3", "A·own"],
        LEAVES,
        REGIONS,
    )
    earlier: list[tuple[Count, ...]] = []
    for period in PERIODS:
        to_date = Span(DAYS[0], period.ends_on)
        printed = {Key(name, "", to_date) for name in ("A", "A2", "A3")}
        printed |= {Key(leaf, region, period) for leaf in LEAVES for region in ("", *REGIONS)}
        protected = protect(grid, grid.over([to_date], [period]), printed, earlier, K)
        yield printed, protected
        earlier.append(protected.counts)


def adding(total, parts):
    return Sum(total.cell(), tuple(part.cell() for part in parts))


def everything_known(known):
    """What readers hold after the last bulletin, with the sums that anybody can write down."""
    figures: dict = {}
    for printed, protected in editions(known):
        for key in printed:
            value = None if key in protected.hidden else count(known, key)
            figures[key.cell()] = value if value is not None else figures.get(key.cell())
    sums = [
        adding(Key(leaf, "", period), [Key(leaf, region, period) for region in REGIONS])
        for period in PERIODS
        for leaf in LEAVES
    ]
    ends = [Span(DAYS[0], period.ends_on) for period in PERIODS]
    sums += [adding(Key("A", "", span), [Key(leaf, "", span) for leaf in LEAVES]) for span in ends]
    sums += [
        adding(Key(leaf, "", after), [Key(leaf, "", before), Key(leaf, "", period)])
        for before, after, period in zip(ends, ends[1:], PERIODS[1:], strict=False)
        for leaf in LEAVES
    ]
    return Published(figures, tuple(sums))


@pytest.mark.parametrize("seed", range(8))
def test_no_small_count_follows_from_all_bulletins_together(seed):
    known = facts(seed)
    seen = everything_known(known)
    intervals = attack(seen, least_hidden=1)
    assert intervals
    for cell, interval in intervals.items():
        assert interval.protects(K), (cell, interval)
    shown = [value for value in seen.figures.values() if value is not None]
    assert [value for value in shown if 0 < value < K] == []
    assert len(shown) > len(intervals) / 2


def test_a_bulletin_beside_no_other_hides_less():
    known = facts(3)
    alone = next(editions(known))[1]
    assert len(alone.hidden) <= len(alone.counts)
    assert {row.key for row in alone.counts if row.shown}.isdisjoint(alone.hidden)


def test_a_span_is_cut_by_the_days_of_others():
    whole = Span(DAYS[0], DAYS[3])
    assert pieces(whole, [whole, PERIODS[1]]) == PERIODS
    assert with_pieces([whole, PERIODS[1]]) == {whole, *PERIODS}


def test_a_count_survives_being_stored():
    stored = Count(Key("A2", "north", PERIODS[0]), 7, shown=False)
    assert Count.from_json(stored.as_json()) == stored
