"""The methods whose runs can be proved: they join core/draw, core/proof and the files between them.

Knows no database, so that `sojourn verify` works on any machine from the folder alone.
"""

from collections.abc import Iterable, Mapping

from sojourn import __version__
from sojourn.core.draw import (
    Draw,
    Opening,
    SeedSource,
    Ticket,
    draw_places,
    seed_bytes,
    verify_draw,
)
from sojourn.core.proof import Method, ProofError, Report, Solved, build, check, commitment
from sojourn.records.apportion_files import WEBSTER
from sojourn.records.draw_files import DrawInputs, outcome_files, read_inputs, read_outcome, write_inputs

DRAW = "draw.hmac-sha256/1"


def encode_inputs(
    rules: Mapping[str, object],
    openings: Iterable[Opening],
    tickets: Iterable[Ticket],
    seed_source: SeedSource,
    *,
    frozen_at: int | None = None,
) -> dict[str, bytes]:
    """The files that are frozen and committed to before a draw, by name.

    `rules` is what the call published, any canonical JSON; `frozen_at` is the Unix second of the freeze, and
    a seed that could be known by then is refused, here and in every later check. The order in which
    openings and tickets are given leaves no trace. Raises `DrawError` or `ProofError` (both ValueError)
    with everything that is wrong.
    """
    return write_inputs(DrawInputs(DRAW, rules, tuple(openings), tuple(tickets), seed_source, frozen_at))


def run_draw(inputs: Mapping[str, bytes], seed_value: Mapping[str, object]) -> tuple[Draw, dict[str, bytes]]:
    """The draw of frozen inputs with the published value of their seed source, and its whole proof.

    Raises ValueError for inputs that `encode_inputs` did not write and for values that their source cannot
    have published.
    """
    frozen = read_inputs(inputs, DRAW)
    seed = seed_bytes(frozen.seed_source, seed_value)
    draw = draw_places(frozen.tickets, frozen.openings, seed)
    told = {"value": seed_value, "seed": seed.hex()}
    outcome = outcome_files(draw)
    proof = build(
        DRAW, inputs, told, outcome, _certificate(frozen, draw, outcome), sojourn_version=__version__
    )
    return draw, proof


def check_proof(files: Mapping[str, bytes], *, published: str | None = None) -> Report:
    """Everything recomputed from a proof's files; see `sojourn.core.proof.check`."""
    return check(files, METHODS, published=published)


def _solve_draw(inputs: Mapping[str, bytes], seed: Mapping[str, object]) -> Solved:
    frozen = read_inputs(inputs, DRAW)
    draw = draw_places(frozen.tickets, frozen.openings, _seed(frozen, seed))
    outcome = outcome_files(draw)
    return Solved(outcome, _certificate(frozen, draw, outcome))


def _verify_draw(
    inputs: Mapping[str, bytes], seed: Mapping[str, object], outcome: Mapping[str, bytes]
) -> list[str]:
    frozen = read_inputs(inputs, DRAW)
    return verify_draw(
        frozen.tickets, frozen.openings, _seed(frozen, seed), read_outcome(outcome, frozen.openings)
    )


def _seed(frozen: DrawInputs, told: Mapping[str, object]) -> bytes:
    """The seed bytes of `seed.json`, made again from the published value."""
    value = told.get("value")
    if set(told) != {"value", "seed"} or not isinstance(value, dict):
        raise ProofError('seed.json must be {"seed": hex, "value": what the source published}')
    seed = seed_bytes(frozen.seed_source, value)
    if told["seed"] != seed.hex():
        raise ProofError(f"seed.json: the published value gives the seed {seed.hex()}, not the one stated")
    return seed


def _certificate(frozen: DrawInputs, draw: Draw, outcome: Mapping[str, bytes]) -> dict[str, object]:
    """Totals that a reader can hold against the outcome files, and one hash for all of these."""
    sizes = {ticket.id: ticket.size for ticket in frozen.tickets}
    admitted = dict.fromkeys((opening.id for opening in frozen.openings), 0)
    last: dict[str, int] = {}
    for place_in_order, id_ in enumerate(draw.order, start=1):
        if id_ in draw.places:
            opening = draw.places[id_].opening
            admitted[opening] += sizes[id_]
            last[opening] = place_in_order
    return {
        "method": DRAW,
        "frozen_at": frozen.frozen_at,
        "tickets": len(draw.order),
        "people": sum(sizes.values()),
        "seats": sum(opening.seats for opening in frozen.openings),
        "tickets_placed": len(draw.places),
        "people_placed": sum(admitted.values()),
        "openings": [
            {
                "opening": opening.id,
                "seats": opening.seats,
                "taken": admitted[opening.id],
                "last_admitted": last.get(opening.id),
            }
            for opening in frozen.openings
        ],
        "outcome_sha256": commitment(outcome),
    }


METHODS: dict[str, Method] = {DRAW: Method(DRAW, _solve_draw, _verify_draw), WEBSTER.code: WEBSTER}
