"""`sojourn solve draw`: a list drawn by hashed ids, or the selection of RFC 3797."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

from sojourn.cli.solve.faults import Fault, FaultyInput, from_validation, json_path
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.draw import DrawError, draw_list, draw_rfc3797, id_faults, verify_draw

_FORMAT = ConfigDict(extra="forbid", strict=True)
_MOST_PLACES = 10**9


def _hex(value: object) -> bytes:
    if isinstance(value, str) and re.fullmatch(r"(?:[0-9a-fA-F]{2})+", value):
        return bytes.fromhex(value)
    raise PydanticCustomError("hex", "give bytes in hexadecimal: an even number of characters 0-9 a-f")


def _source(value: object) -> list[int]:
    """One whole number, a list of them, or text that holds them between blanks or commas."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}(?:[ ,]+[0-9]{1,18})*", value):
        return [int(number) for number in re.split(r"[ ,]+", value)]
    given = value if isinstance(value, list) else [value]
    numbers = [number for number in given if type(number) is int and 0 <= number < 2**63]
    if not given or len(numbers) < len(given):
        raise PydanticCustomError("source", "give a whole number from 0 (below 2**63) or a list of them")
    return numbers


class Kept(BaseModel):
    """Seats kept first for members."""

    model_config = _FORMAT

    members: list[str]
    seats: Annotated[int, Field(ge=0, le=_MOST_PLACES)]


class ListInput(BaseModel):
    """A list to draw from: docs/manual/solve/draw.md."""

    model_config = _FORMAT

    method: Literal["hmac-sha256"] = "hmac-sha256"
    entries: list[str]
    places: Annotated[int, Field(ge=0, le=_MOST_PLACES)]
    seed: Annotated[bytes, PlainValidator(_hex)]
    groups: list[Annotated[list[str], Field(min_length=1)]] = []
    reserves: list[Kept] = []


class Rfc3797Input(BaseModel):
    """A selection of RFC 3797: docs/manual/solve/draw.md."""

    model_config = _FORMAT

    method: Literal["rfc3797"]
    pool_size: Annotated[int, Field(ge=1, le=65_535)]
    draws: Annotated[int, Field(ge=0)]
    sources: Annotated[list[Annotated[list[int], PlainValidator(_source)]], Field(min_length=1)]


def solve(payload: object) -> dict[str, object]:
    """The drawn order and who is selected, or the RFC's key and order; raises FaultyInput for faults."""
    method = payload.get("method", "hmac-sha256") if isinstance(payload, Mapping) else None
    if not isinstance(method, str) or method not in {"hmac-sha256", "rfc3797"}:
        raise FaultyInput([Fault("$.method", "choose hmac-sha256 or rfc3797")])
    try:
        return _selection(payload) if method == "rfc3797" else _list(payload)
    except ValidationError as error:
        raise from_validation(error) from None
    except DrawError as error:
        raise FaultyInput([Fault("$", message) for message in error.faults]) from None


def _selection(payload: object) -> dict[str, object]:
    given = Rfc3797Input.model_validate(payload)
    if given.draws > given.pool_size:
        message = f"the pool holds only {given.pool_size}: draw at most as many"
        raise FaultyInput([Fault("$.draws", message)])
    drawn = draw_rfc3797(given.pool_size, given.draws, given.sources)
    return {"key": drawn.key, "order": list(drawn.order)}


def _list(payload: object) -> dict[str, object]:
    given = ListInput.model_validate(payload)
    faults = list(_faults(given))
    if faults:
        raise FaultyInput(faults)
    drawn = draw_list(
        given.entries,
        given.places,
        given.seed,
        groups=given.groups,
        reserves=[(kept.members, kept.seats) for kept in given.reserves],
    )
    must_be_proved(verify_draw(drawn.given, [drawn.opening], given.seed, drawn.draw))
    return {"order": list(drawn.order), "selected": list(drawn.selected)}


def _faults(given: ListInput) -> Iterator[Fault]:
    """What only the whole input shows, each with its path."""
    yield from (Fault("$.entries", message) for message in id_faults(given.entries, "entry"))
    known = set(given.entries)
    named = [
        (("groups", at, position), member)
        for at, group in enumerate(given.groups)
        for position, member in enumerate(group)
    ] + [
        (("reserves", at, "members", position), member)
        for at, kept in enumerate(given.reserves)
        for position, member in enumerate(kept.members)
    ]
    for place, member in named:
        if member not in known:
            yield Fault(json_path(place), f"{member!a} is no entry: correct the id or add the entry")
    grouped = Counter(member for group in given.groups for member in group)
    for member in sorted(member for member, times in grouped.items() if times > 1):
        yield Fault("$.groups", f"{member!a} stands in groups {grouped[member]} times: once is allowed")
    reserved = sum(kept.seats for kept in given.reserves)
    if reserved > given.places:
        yield Fault("$.reserves", f"{reserved} seats are reserved of only {given.places}: reserve fewer")
