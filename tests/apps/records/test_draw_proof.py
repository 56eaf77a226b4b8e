"""A draw from freeze to proof, and the forgeries that a proof must not survive."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from core.draw_cases import instances, steady
from sojourn.core.draw import (
    DiceThrows,
    DrawError,
    Opening,
    Reserve,
    Ticket,
    draw_places,
    seed_bytes,
)
from sojourn.core.proof import Code, ProofError, canonical_json, commitment, sha256_hex
from sojourn.records.methods import check_proof, encode_inputs, run_draw

SOURCE = DiceThrows(2_000, 6, 50, ("school-head", "regional-office"))
THROWS = {"throws": [1, 2, 3, 4, 5] * 10}
OPENINGS = [Opening("camp", 3, (Reserve("far", 1),)), Opening("course", 1)]
TICKETS = [
    Ticket(f"t{n}", 1 + n % 2, ("camp", "course"), frozenset({"far"} if n == 3 else ())) for n in range(6)
]


def frozen() -> dict[str, bytes]:
    return encode_inputs({"call": "Summer, été, 夏"}, OPENINGS, TICKETS, SOURCE, frozen_at=1_000)


def reseal(files: dict[str, bytes]) -> dict[str, bytes]:
    """Make hashes, commitment and seal fit again: what a forger of the whole folder would do."""
    told: dict[str, Any] = json.loads(files["manifest.json"])
    told["files"] = {name: sha256_hex(files[name]) for name in files if name != "manifest.json"}
    told["commitment"] = commitment({name: files[name] for name in told["inputs"]})
    del told["seal"]
    return {**files, "manifest.json": canonical_json({**told, "seal": sha256_hex(canonical_json(told))})}


@steady
@given(instances())
def test_every_draw_proves_itself(instance: tuple[list[Ticket], list[Opening]]) -> None:
    tickets, openings = instance
    inputs = encode_inputs({}, openings[::-1], tickets[::-1], SOURCE)
    draw, proof = run_draw(inputs, THROWS)
    assert draw == draw_places(tickets, openings, seed_bytes(SOURCE, THROWS))
    assert inputs == encode_inputs({}, openings, tickets, SOURCE)
    assert check_proof(proof, published=commitment(inputs)).ok


def test_every_changed_byte_of_a_draw_fails() -> None:
    _, proof = run_draw(frozen(), THROWS)
    for name, content in proof.items():
        for at in range(0, len(content), 7):
            forged = bytearray(content)
            forged[at] ^= 2
            assert not check_proof({**proof, name: bytes(forged)}).ok, (name, at)


@pytest.mark.parametrize(
    ("name", "forge", "check", "code"),
    [
        ("places.csv", lambda c: c.replace(b",course,", b",camp,"), "certificate", Code.UNSOUND),
        ("order.csv", lambda c: c.replace(b"1,t", b"1,u"), "replay", Code.DIFFERS),
        ("released.csv", lambda c: c + b"camp,new,1\n", "certificate", Code.UNSOUND),
        ("waiting.csv", lambda c: c.replace(b"camp,1", b"camp,2"), "replay", Code.DIFFERS),
        (
            "certificate.json",
            lambda c: c.replace(b'"tickets":6', b'"tickets":5'),
            "certificate",
            Code.DIFFERS,
        ),
        ("seed.json", lambda c: c.replace(b"[1,2", b"[2,1"), "replay", Code.MALFORMED),
        ("entries.csv", lambda c: c.replace(b"t1,2", b"t1,\xef\xbc\x92"), "replay", Code.MALFORMED),
        ("entries.csv", lambda c: c.replace(b"t1,2", b"t1,1"), "replay", Code.DIFFERS),
        ("entries.csv", lambda c: c.replace(b"camp course", b"camp  course"), "replay", Code.MALFORMED),
        ("entries.csv", lambda c: c.replace(b"ticket,", b"tickets,"), "replay", Code.MALFORMED),
        ("openings.json", lambda c: c.replace(b'"seats":3', b'"seats":true'), "replay", Code.MALFORMED),
        ("openings.json", lambda _: b"{}\n", "replay", Code.MALFORMED),
        ("rules.json", lambda c: c.replace(b":1000", b":2000"), "replay", Code.MALFORMED),
        ("rules.json", lambda c: c.replace(b"sha256/1", b"sha256/2"), "replay", Code.MALFORMED),
        ("seed_source.json", lambda c: c.replace(b'"faces":6', b'"faces":7'), "replay", Code.MALFORMED),
    ],
)
def test_forgery_with_fitting_hashes_is_found(
    name: str, forge: Callable[[bytes], bytes], check: str, code: Code
) -> None:
    _, proof = run_draw(frozen(), THROWS)
    forged = forge(proof[name])
    assert forged != proof[name]
    report = check_proof(reseal({**proof, name: forged}))
    [found] = [made for made in report.checks if made.name == check]
    assert code in {fault.code for fault in found.faults}


def test_seed_known_before_the_freeze_is_refused_at_the_freeze() -> None:
    with pytest.raises(DrawError, match="name a later seed"):
        encode_inputs({}, OPENINGS, TICKETS, SOURCE, frozen_at=2_000)


@pytest.mark.parametrize(
    "openings", [[Opening("summer camp", 1)], [Opening("camp", 1, (Reserve("a b", 1),))]]
)
def test_ids_with_blanks_cannot_be_listed(openings: list[Opening]) -> None:
    with pytest.raises(DrawError, match="holds a blank"):
        encode_inputs({}, openings, [], SOURCE)


def test_inputs_of_other_names_are_refused() -> None:
    with pytest.raises(ProofError, match=r"the inputs of a draw are rules\.json"):
        run_draw({"rules.json": b"{}\n"}, THROWS)
