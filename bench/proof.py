"""The proof of a national draw: written, and recomputed by anyone from its folder alone."""

from collections.abc import Iterator

from bench.draw import national
from bench.measuring import median_time, peak_mib
from bench.row import Row

from sojourn.core.draw import DiceThrows
from sojourn.records.methods import check_proof, encode_inputs, run_draw

TICKETS, OPENINGS = 100_000, 500
SOURCE = DiceThrows(2_000_000_000, 6, 50, ("school-head", "regional-office"))
THROWS = {"throws": [1, 2, 3, 4, 5] * 10}


def measure() -> Iterator[Row]:
    tickets, openings = national(TICKETS, OPENINGS)
    size = f"{TICKETS:,} tickets, {OPENINGS:,} openings"

    def frozen() -> dict[str, bytes]:
        return dict(encode_inputs({"call": "bench"}, openings, tickets, SOURCE, frozen_at=1_000))

    inputs = frozen()
    _draw, files = run_draw(inputs, THROWS)
    report = check_proof(files)
    held = "holds" if report.ok else "does not hold"
    mebibytes = sum(map(len, files.values())) / 2**20
    yield Row("proof", f"freeze, {size}", median_time(frozen, repeat=3))
    yield Row("proof", f"draw and write, {size}", median_time(lambda: run_draw(inputs, THROWS), repeat=3))
    recomputed = median_time(lambda: check_proof(files), repeat=3)
    yield Row(
        "proof", f"recompute, {size}", recomputed, None, peak_mib(), f"{held}, {mebibytes:.1f} MiB of files"
    )
