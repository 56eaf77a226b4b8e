"""Draws against published ones."""

import hmac
from dataclasses import replace
from hashlib import sha256

import pytest

from sojourn.core.draw import (
    DrandRound,
    LotteryDraw,
    draw_order,
    draw_rfc3797,
    known_from,
    seed_bytes,
)


def test_rfc_3797_worked_example() -> None:
    """RFC 3797, section 6: 16 drawn of 25; first the lottery numbers as announced, unsorted."""
    drawn = draw_rfc3797(25, 16, [9319, [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]])
    assert drawn.key == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert drawn.order == (17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4)


def test_ietf_nominating_committee_of_2022() -> None:
    """IETF NomCom 2022-2023, 10 of 267 volunteers, as published by its chair; the sources were EuroMillions
    of 2 August, Powerball of 1 August, TattsLotto of 30 July and Loto 7 of 29 July 2022."""
    drawn = draw_rfc3797(
        267,
        10,
        [
            [7, 18, 28, 40, 48, 8, 11],
            [15, 21, 31, 36, 65, 16],
            [17, 21, 12, 26, 8, 42, 35, 13],
            [1, 10, 13, 14, 16, 25, 27, 5, 21],
        ],
    )
    assert drawn.key == (
        "7.8.11.18.28.40.48./15.16.21.31.36.65./8.12.13.17.21.26.35.42./1.5.10.13.14.16.21.25.27./"
    )
    assert drawn.order == (171, 245, 68, 190, 70, 126, 110, 128, 138, 173)


@pytest.mark.parametrize(
    ("key", "data", "digest"),
    [
        (b"\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe",
            "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            b"\xaa" * 131,
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ],
)
def test_scores_are_the_hmac_sha_256_of_rfc_4231(key: bytes, data: str, digest: str) -> None:
    """RFC 4231, test cases 1, 2 and 6: an entry stands exactly where its published digest stands."""
    others = [f"e{n}" for n in range(40)]
    scores = {name: hmac.digest(key, name.encode(), "sha256").hex() for name in others} | {data: digest}
    assert draw_order([*others, data], key) == tuple(sorted(scores, key=scores.__getitem__))


DEFAULT = DrandRound(
    chain_hash="8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
    genesis=1595431050,
    period=30,
    round=1,
    public_key="868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a5699"
    "37c529eeda66c7293784a9402801af31",
    group_hash="176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a",
)
QUICKNET = DrandRound(
    chain_hash="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    genesis=1692803367,
    period=3,
    round=1,
    public_key="83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    group_hash="f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e",
    beacon_id="quicknet",
)
DEFAULT_FIRST = {
    "round": 1,
    "randomness": "101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec",
    "signature": "8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c0465"
    "66c9f7f3c6f3b10104990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca19268375e659c2a2352b4655",
    "previous_signature": "176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a",
}
QUICKNET_THIRD = {
    "round": 3,
    "randomness": "7ef4621ace1c6da4eb2eee7cd901f81385bca5b189771ec0f08d0d2566dd1a21",
    "signature": "b3fab6df720b68cc47175f2c777e86d84187caab5770906f515ff1099cb01e4d"
    "eaa027075d860823e49477b93c72bd64",
}


@pytest.mark.parametrize(
    ("source", "value", "second"),
    [
        (DEFAULT, DEFAULT_FIRST, 1595431050),
        (replace(QUICKNET, round=3), QUICKNET_THIRD, 1692803373),
    ],
)
def test_drand_beacons_as_published(source: DrandRound, value: dict[str, object], second: int) -> None:
    """Beacons of the League of Entropy's two main chains, as its relays serve them."""
    assert seed_bytes(source, value).hex() == value["randomness"]
    assert known_from(source) == second


@pytest.mark.parametrize("source", [DEFAULT, QUICKNET])
def test_drand_chain_hash_binds_genesis_and_period(source: DrandRound) -> None:
    """Chain information of both chains, as the relays serve it at /info."""
    assert source.chain_information_hash() == source.chain_hash
    assert replace(source, period=source.period + 1).chain_information_hash() != source.chain_hash
    assert replace(source, genesis=source.genesis - 1).chain_information_hash() != source.chain_hash


def test_lottery_seed_is_what_sha256sum_prints() -> None:
    """`printf 'lottery|Lotto 6aus49|1660413600|4.8.15.16.23.42./7./' | sha256sum`, typed in by hand."""
    source = LotteryDraw("Lotto 6aus49", 1660413600, ((6, 49), (1, 10)))
    told = b"lottery|Lotto 6aus49|1660413600|4.8.15.16.23.42./7./"
    assert seed_bytes(source, {"numbers": [[42, 4, 8, 16, 15, 23], [7]]}) == sha256(told).digest()
