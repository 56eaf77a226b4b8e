"""Rounds of the drand randomness beacon."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from sojourn.core.draw.model import DrawError
from sojourn.core.draw.seeds.values import entry_faults, hex_bytes, is_count, is_hex, refuse

# Chains of the League of Entropy, as its relays serve them: chain hash -> (genesis, period) in seconds.
_CHAINS = {
    "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce": (1_595_431_050, 30),  # default
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971": (1_692_803_367, 3),  # quicknet
}


@dataclass(frozen=True, slots=True)
class DrandRound:
    """A round of a drand chain; its seed is the round's randomness, 32 bytes.

    `genesis` (Unix second of round 1) and `period` (seconds) decide when the round comes out, so they must
    be true: either the chain is one of the two well-known ones (`default`, `quicknet`), or `public_key`,
    `group_hash` and `beacon_id` are given and hash to `chain_hash`. The published value is
    `{"randomness": hex}`, with `round` and `signature` (hex) where known: randomness must then be the
    SHA-256 of the signature. The BLS signature itself is not verified here; any drand client does it
    against the chain's public key.

    **Source:** drand specification: beacon chain information, randomness from the signature.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"public_key", "group_hash", "beacon_id"})

    chain_hash: str
    genesis: int
    period: int
    round: int
    public_key: str = ""
    group_hash: str = ""
    beacon_id: str = "default"

    def faults(self) -> list[str]:
        """Why this names no round of a chain that can be checked."""
        numbers = {"genesis": self.genesis, "period": self.period, "round": self.round}
        faults = [
            f"{name} is {number!r}: give a whole number from 1"
            for name, number in numbers.items()
            if not is_count(number)
        ]
        if faults:
            return faults
        if not is_hex(self.chain_hash):
            return ["chain_hash is not in hexadecimal: copy it from a relay"]
        if self.chain_hash in _CHAINS:
            genesis, period = _CHAINS[self.chain_hash]
            sound = (self.genesis, self.period) == (genesis, period)
            return [] if sound else [f"this chain has genesis {genesis} and period {period}: correct them"]
        if self.chain_hash != self.chain_information_hash():
            return ["chain_hash is of no known chain, nor the hash of the entries: copy them from a relay"]
        return []

    def known_at(self) -> int:
        """When the round is due: the beacon's nodes sign it only then."""
        return self.genesis + (self.round - 1) * self.period

    def seed(self, value: Mapping[str, object]) -> bytes:
        """The round's randomness."""
        refuse(entry_faults(value, {"randomness"}, {"round", "signature", "previous_signature"}))
        if value.get("round", self.round) != self.round:
            raise DrawError([f"the value is of round {value['round']!r}, but {self.round} was named"])
        randomness = hex_bytes(value["randomness"], "randomness", 32)
        signature = value.get("signature")
        if signature is not None:
            signed = bytes.fromhex(signature) if isinstance(signature, str) and is_hex(signature) else b""
            if sha256(signed).digest() != randomness:
                raise DrawError(
                    ["randomness is not the SHA-256 of signature: copy both from the relay again"]
                )
        return randomness

    def chain_information_hash(self) -> str | None:
        """The name that drand gives to a chain with this information; None where it cannot be hashed."""
        if not is_hex(self.public_key) or not is_hex(self.group_hash) or not isinstance(self.beacon_id, str):
            return None
        if self.period >= 2**32 or not self.beacon_id.isascii():
            return None
        named = b"" if self.beacon_id in {"", "default"} else self.beacon_id.encode()
        keys = bytes.fromhex(self.public_key) + bytes.fromhex(self.group_hash)
        return sha256(struct.pack(">Iq", self.period, self.genesis) + keys + named).hexdigest()
