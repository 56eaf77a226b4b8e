"""Apportionment: 3,000 regions, 30,000 and 500,000 places; peers `apportionment` and `votelib`."""

from collections.abc import Iterator
from random import Random
from typing import Any

from bench.measuring import Peer, median_time, time_peer
from bench.row import Row

from sojourn.core.apportion import METHODS, apportion, verify_apportionment

REGIONS = 3_000
PLACES = (30_000, 500_000)
LIMIT_S = 0.005


def regions(count: int = REGIONS) -> dict[str, int]:
    """Invented populations, the same in every run."""
    random = Random(1)
    return {f"r{number:04}": random.randrange(1_000, 3_000_000) for number in range(count)}


def measure() -> Iterator[Row]:
    weights = regions()
    for places in PLACES:
        ours = median_time(lambda places=places: apportion(places, weights))
        size = f"webster, {REGIONS:,} x {places:,}"
        quality = _certified(places, weights)
        peers = _peers(places, weights) or [Peer("", None)]
        for peer in peers:
            yield Row("apportion", size, ours, LIMIT_S, None, quality, peer.name, peer.seconds)
    for method in METHODS[1:]:
        ours = median_time(lambda method=method: apportion(PLACES[-1], weights, method=method))
        yield Row("apportion", f"{method}, {REGIONS:,} x {PLACES[-1]:,}", ours, LIMIT_S)
    checked = apportion(PLACES[-1], weights)
    verifier = median_time(lambda: verify_apportionment(PLACES[-1], weights, checked), repeat=3)
    yield Row("apportion", f"verifier, {REGIONS:,} x {PLACES[-1]:,}", verifier)


def _certified(places: int, weights: dict[str, int]) -> str:
    wrong = verify_apportionment(places, weights, apportion(places, weights))
    return "; ".join(wrong) or "verified"


def _peers(places: int, weights: dict[str, int]) -> list[Peer]:
    def apportionment() -> None:
        from apportionment import methods  # noqa: PLC0415 -- a peer is imported only where it is installed

        methods.compute("saintelague", list(weights.values()), places, parties=list(weights))

    def votelib() -> None:
        from votelib.evaluate.proportional import HighestAverages  # noqa: PLC0415 -- likewise

        HighestAverages("sainte_lague").evaluate(weights, places)

    found: list[Peer | Any] = [
        time_peer("apportionment", apportionment, timeout_s=60),
        time_peer("votelib", votelib, timeout_s=60),
    ]
    return [peer for peer in found if peer is not None]
