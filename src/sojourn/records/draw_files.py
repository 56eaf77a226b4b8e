"""A draw as canonical files: what is frozen before it, and what comes out of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sojourn.core.draw import (
    Draw,
    DrawError,
    Opening,
    Place,
    Reserve,
    SeedSource,
    Ticket,
    check_unknowable,
    input_faults,
    source_from_dict,
    source_to_dict,
)
from sojourn.core.proof import ProofError, canonical_csv, canonical_json, read_csv, read_json

RULES = "rules.json"
OPENINGS = "openings.json"
ENTRIES = "entries.csv"
SEED_SOURCE = "seed_source.json"

ORDER = "order.csv"
PLACES = "places.csv"
WAITING = "waiting.csv"
RELEASED = "released.csv"

_COLUMNS = {
    ENTRIES: ["ticket", "size", "choices", "tags"],
    ORDER: ["place", "ticket"],
    PLACES: ["ticket", "opening", "rank", "reserve"],
    WAITING: ["opening", "position", "ticket"],
    RELEASED: ["opening", "reserve", "seats"],
}


@dataclass(frozen=True, slots=True)
class DrawInputs:
    """Everything that is frozen before a draw."""

    method: str
    rules: Mapping[str, object]
    openings: tuple[Opening, ...]
    tickets: tuple[Ticket, ...]
    seed_source: SeedSource
    frozen_at: int | None


def write_inputs(frozen: DrawInputs) -> dict[str, bytes]:
    """The input files by name, openings and tickets ascending by id; refuses what could not be drawn."""
    _refuse_unsound(frozen)
    rules = {"method": frozen.method, "frozen_at": frozen.frozen_at, "rules": frozen.rules}
    openings = [
        {
            "id": opening.id,
            "seats": opening.seats,
            "reserves": [{"code": reserve.code, "seats": reserve.seats} for reserve in opening.reserves],
        }
        for opening in sorted(frozen.openings, key=lambda opening: opening.id)
    ]
    entries: Iterable[list[str | int]] = (
        [ticket.id, ticket.size, " ".join(ticket.choices), " ".join(sorted(ticket.tags))]
        for ticket in sorted(frozen.tickets, key=lambda ticket: ticket.id)
    )
    return {
        RULES: canonical_json(rules),
        OPENINGS: canonical_json(openings),
        ENTRIES: canonical_csv(_COLUMNS[ENTRIES], entries),
        SEED_SOURCE: canonical_json(source_to_dict(frozen.seed_source)),
    }


def read_inputs(files: Mapping[str, bytes], method: str) -> DrawInputs:
    """The frozen inputs of exactly the four input files; ValueError says which file is wrong, and how."""
    if set(files) != {RULES, OPENINGS, ENTRIES, SEED_SOURCE}:
        raise ProofError(f"the inputs of a draw are {RULES}, {OPENINGS}, {ENTRIES} and {SEED_SOURCE}")
    match _json(files, RULES):
        case {"method": str(named), "rules": dict(rules), "frozen_at": int() | None as frozen_at, **others}:
            if named != method or others:
                raise ProofError(f"{RULES}: the method must be {method}, beside rules and frozen_at only")
        case _:
            raise ProofError(f"{RULES} must hold method, rules and frozen_at")
    source = source_from_dict(_json(files, SEED_SOURCE))
    frozen = DrawInputs(method, rules, _openings(files), _tickets(files), source, frozen_at)
    rewritten = write_inputs(frozen)
    if different := sorted(name for name in files if files[name] != rewritten[name]):
        raise ProofError(
            f"{', '.join(different)}: not as it is written at a freeze (order, or defaults left out)"
        )
    return frozen


def outcome_files(draw: Draw) -> dict[str, bytes]:
    """The files of an outcome by name: order, places in drawn order, waiting lists, released seats."""
    places = [draw.places[id_] for id_ in draw.order if id_ in draw.places]
    tables: dict[str, Iterable[list[str | int]]] = {
        ORDER: ([at, ticket] for at, ticket in enumerate(draw.order, start=1)),
        PLACES: ([place.ticket, place.opening, place.rank, place.reserve or ""] for place in places),
        WAITING: (
            [opening, at, ticket]
            for opening, tickets in sorted(draw.waiting.items())
            for at, ticket in enumerate(tickets, start=1)
        ),
        RELEASED: ([opening, code, seats] for (opening, code), seats in sorted(draw.released.items())),
    }
    return {name: canonical_csv(_COLUMNS[name], rows) for name, rows in tables.items()}


def read_outcome(files: Mapping[str, bytes], openings: Iterable[Opening]) -> Draw:
    """The outcome that the files state, as they state it; ValueError where they cannot be read."""
    if set(files) != {ORDER, PLACES, WAITING, RELEASED}:
        raise ProofError(f"the outcome of a draw is {ORDER}, {PLACES}, {WAITING} and {RELEASED}")
    waiting: dict[str, list[str]] = {opening.id: [] for opening in openings}
    for opening, _, ticket in _table(files, WAITING):
        waiting.setdefault(opening, []).append(ticket)
    return Draw(
        tuple(ticket for _, ticket in _table(files, ORDER)),
        {
            ticket: Place(ticket, opening, _whole(rank, PLACES), reserve or None)
            for ticket, opening, rank, reserve in _table(files, PLACES)
        },
        {opening: tuple(tickets) for opening, tickets in waiting.items()},
        {(opening, code): _whole(seats, RELEASED) for opening, code, seats in _table(files, RELEASED)},
    )


def seats_placed(files: Mapping[str, bytes]) -> dict[str, int]:
    """How many seats a draw gave away in each opening, by its files, whatever became of them afterwards."""
    sizes = {id_: _whole(size, ENTRIES) for id_, size, _choices, _tags in _table(files, ENTRIES)}
    placed: Counter[str] = Counter()
    for ticket, opening, _rank, _reserve_code in _table(files, PLACES):
        placed[opening] += sizes[ticket]
    return dict(placed)


def _refuse_unsound(frozen: DrawInputs) -> None:
    faults = input_faults(frozen.tickets, frozen.openings)
    codes = {reserve.code for opening in frozen.openings for reserve in opening.reserves}
    faults += [
        f"{name!r} holds a blank: opening ids and reserve codes are listed between blanks in {ENTRIES}"
        for name in sorted({opening.id for opening in frozen.openings} | codes)
        if len(name.split()) != 1
    ]
    if frozen.frozen_at is not None:
        faults += check_unknowable(frozen.seed_source, frozen.frozen_at)
    if faults:
        raise DrawError(faults)


def _openings(files: Mapping[str, bytes]) -> tuple[Opening, ...]:
    raw = _json(files, OPENINGS)
    if not isinstance(raw, list):
        raise ProofError(f"{OPENINGS} must be a list")
    return tuple(_opening(entry) for entry in raw)


def _opening(raw: object) -> Opening:
    match raw:
        case {"id": str(id_), "seats": int(seats), "reserves": list(reserves), **others} if not others:
            return Opening(id_, seats, tuple(_reserve(entry) for entry in reserves))
        case _:
            raise ProofError(f"{OPENINGS}: each entry holds id, seats and reserves, nothing else")


def _reserve(raw: object) -> Reserve:
    match raw:
        case {"code": str(code), "seats": int(seats), **others} if not others:
            return Reserve(code, seats)
        case _:
            raise ProofError(f"{OPENINGS}: each reserve holds code and seats, nothing else")


def _tickets(files: Mapping[str, bytes]) -> tuple[Ticket, ...]:
    return tuple(
        Ticket(id_, _whole(size, ENTRIES), tuple(choices.split()), frozenset(tags.split()))
        for id_, size, choices, tags in _table(files, ENTRIES)
    )


def _json(files: Mapping[str, bytes], name: str) -> object:
    try:
        return read_json(files[name])
    except ProofError as error:
        raise ProofError(f"{name}: {error}") from error


def _table(files: Mapping[str, bytes], name: str) -> list[list[str]]:
    try:
        header, rows = read_csv(files[name])
    except ProofError as error:
        raise ProofError(f"{name}: {error}") from error
    if header != _COLUMNS[name]:
        raise ProofError(f"{name}: the columns must be {', '.join(_COLUMNS[name])}")
    return rows


def _whole(text: str, name: str) -> int:
    """A whole number in plain ASCII digits: not `１２`, not `1_000`."""
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise ProofError(f"{name}: {ascii(text)[:40]} is not a whole number in plain digits")
    return int(text)
