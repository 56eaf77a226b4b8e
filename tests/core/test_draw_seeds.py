"""Seed sources: what they accept, when they are known, how they read back."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

import pytest

from sojourn.core.draw import (
    DiceThrows,
    DrandRound,
    DrawError,
    LotteryDraw,
    NistPulse,
    SeedSource,
    check_unknowable,
    known_from,
    seed_bytes,
    source_from_dict,
    source_to_dict,
)

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
DRAND = DrandRound(QUICKNET, 1692803367, 3, 1000)
NIST = NistPulse(1_700_000_040)
LOTTERY = LotteryDraw("Lotto", 1_700_000_000, ((6, 49), (1, 10)))
DICE = DiceThrows(1_700_000_000, 6, 50, ("school-head", "regional-office"))
SIGNATURE = "ab" * 48
VALUES: list[tuple[SeedSource, Mapping[str, object], int]] = [
    (DRAND, {"randomness": "0f" * 32}, 32),
    (DRAND, {"randomness": sha256(bytes.fromhex(SIGNATURE)).hexdigest(), "signature": SIGNATURE}, 32),
    (NIST, {"outputValue": "0F" * 64}, 64),
    (LOTTERY, {"numbers": [[1, 2, 3, 4, 5, 49], [10]]}, 32),
    (DICE, {"throws": [6, 1] * 25}, 32),
]


@pytest.mark.parametrize(("source", "value", "length"), VALUES)
def test_published_value_gives_a_seed(source: SeedSource, value: Mapping[str, object], length: int) -> None:
    assert len(seed_bytes(source, value)) == length


@pytest.mark.parametrize("source", [DRAND, NIST, LOTTERY, DICE])
def test_source_survives_json(source: SeedSource) -> None:
    assert source_from_dict(source_to_dict(source)) == source


@pytest.mark.parametrize(
    ("source", "second"),
    [(DRAND, 1692803367 + 999 * 3), (NIST, 1_700_000_040), (LOTTERY, 1_700_000_000), (DICE, 1_700_000_000)],
)
def test_seed_must_become_known_strictly_after_the_freeze(source: SeedSource, second: int) -> None:
    assert known_from(source) == second
    assert check_unknowable(source, second - 1) == []
    [refusal] = check_unknowable(source, second)
    assert refusal.startswith(f"the seed can be known from second {second}")
    assert check_unknowable(source, True) != []


@pytest.mark.parametrize(
    ("source", "value", "fault"),
    [
        (DRAND, {}, "randomness is missing"),
        (DRAND, {"randomness": "0f" * 31}, "32 bytes"),
        (DRAND, {"randomness": "０" * 64}, "32 bytes"),
        (DRAND, {"randomness": "0f" * 32, "round": 999}, "of round 999"),
        (DRAND, {"randomness": "0f" * 32, "signature": SIGNATURE}, "SHA-256 of signature"),
        (DRAND, {"randomness": "0f" * 32, "signature": ""}, "SHA-256 of signature"),
        (DRAND, {"randomness": "0f" * 32, "colour": 1}, "'colour' is unknown"),
        (NIST, {"outputValue": "0f" * 32}, "64 bytes"),
        (NIST, {"outputValue": " " + "0f" * 64}, "64 bytes"),
        (LOTTERY, {"numbers": [[1, 2, 3, 4, 5, 50], [10]]}, "pool 1"),
        (LOTTERY, {"numbers": [[1, 2, 3, 4, 5, 5], [10]]}, "pool 1"),
        (LOTTERY, {"numbers": [[1, 2, 3, 4, 5, 6], [0]]}, "pool 2"),
        (LOTTERY, {"numbers": [["１", 2, 3, 4, 5, 6], [1]]}, "pool 1"),
        (LOTTERY, {"numbers": [[1, 2, 3, 4, 5, 6]]}, "2 lists"),
        (LOTTERY, {"numbers": "123456"}, "2 lists"),
        (DICE, {"throws": [7] * 50}, "from 1 to 6"),
        (DICE, {"throws": [1] * 49}, "list of 50"),
        (DICE, {"throws": [True] * 50}, "list of 50"),
        (DICE, {"throws": "1" * 50}, "list of 50"),
    ],
)
def test_value_that_the_source_cannot_have_published_is_refused(
    source: SeedSource, value: Mapping[str, object], fault: str
) -> None:
    with pytest.raises(DrawError, match=fault):
        seed_bytes(source, value)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (replace(DRAND, round=0), "round is 0"),
        (replace(DRAND, genesis=1), "genesis 1692803367"),
        (replace(DRAND, period=30), "period 3"),
        (replace(DRAND, chain_hash="00" * 32), "no known chain"),
        (replace(DRAND, chain_hash="00" * 32, public_key="zz", group_hash="00"), "no known chain"),
        (NistPulse(61), "full minute"),
        (NistPulse(-60), "full minute"),
        (replace(LOTTERY, name=" "), "printable name"),
        (replace(LOTTERY, drawn_at=-1), "Unix second"),
        (replace(LOTTERY, pools=((1, 49),)), "5.6 bits of chance, 20 are needed"),
        (replace(LOTTERY, pools=((7, 6),)), "pairs"),
        (replace(LOTTERY, pools=()), "pairs"),
        (replace(DICE, throws=49), "give 50 to 1000"),
        (replace(DICE, faces=10, throws=38), "give 39 to 1000"),
        (replace(DICE, faces=1), "2 to 100"),
        (replace(DICE, throws=10**9), "give 50 to 1000"),
        (replace(DICE, witnesses=("auditor", "auditor")), "two different roles"),
        (replace(DICE, witnesses=("Jo Smith", "auditor")), "two different roles"),
    ],
)
def test_source_that_cannot_be_trusted_is_refused(source: SeedSource, fault: str) -> None:
    with pytest.raises(DrawError, match=fault):
        known_from(source)
    assert any(fault in found for found in check_unknowable(source, 0))


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"kind": "weather"},
        {"kind": ["dice"]},
        {"kind": "nist-beacon"},
        {"kind": "nist-beacon", "pulse_at": 60, "extra": 1},
        {"kind": "nist-beacon", "pulse_at": "60"},
        {"kind": "drand", "chain_hash": {}, "genesis": 1, "period": 1, "round": 1},
        {"kind": "drand", "chain_hash": [1], "genesis": 1, "period": 1, "round": 1},
        {"kind": "lottery", "name": "x", "drawn_at": 1, "pools": [[6, 49], 3]},
        {"kind": "dice", "thrown_at": 1, "faces": 6, "throws": 50, "witnesses": [["a"], {}]},
    ],
)
def test_faulty_json_of_a_source_is_refused(raw: object) -> None:
    with pytest.raises(DrawError):
        source_from_dict(raw)


def test_a_chain_of_ones_own_needs_its_information() -> None:
    own = DrandRound("", 1_700_000_000, 60, 5, "ab" * 48, "cd" * 32, "ours")
    named = replace(own, chain_hash=str(own.chain_information_hash()))
    assert known_from(named) == 1_700_000_240
    with pytest.raises(DrawError, match="no known chain"):
        known_from(replace(named, period=61))
