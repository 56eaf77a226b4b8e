"""Pulses of the NIST randomness beacon."""

from collections.abc import Mapping
from dataclasses import dataclass

from sojourn.core.draw.seeds.values import entry_faults, hex_bytes, is_second, refuse


@dataclass(frozen=True, slots=True)
class NistPulse:
    """A pulse of the beacon, version 2, due at a full minute; its seed is `outputValue`, 64 bytes.

    The published value is `{"outputValue": hex}`. The beacon's signature over the pulse is not verified here.

    **Source:** NIST IR 8213 (draft), A Reference for Randomness Beacons.
    """

    pulse_at: int

    def faults(self) -> list[str]:
        """Why this is no moment of a pulse."""
        if not is_second(self.pulse_at) or self.pulse_at % 60:
            return [f"pulse_at is {self.pulse_at!r}: give the Unix second of a full minute"]
        return []

    def known_at(self) -> int:
        """The time stamp of the pulse, before which the beacon does not release it."""
        return self.pulse_at

    def seed(self, value: Mapping[str, object]) -> bytes:
        """The pulse's output value."""
        refuse(entry_faults(value, {"outputValue"}, ()))
        return hex_bytes(value["outputValue"], "outputValue", 64)
