"""Public lotteries, their numbers typed in by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import comb, log2
from unicodedata import is_normalized

from sojourn.core.draw.model import DrawError
from sojourn.core.draw.seeds.values import entry_faults, is_count, is_second, numbers_between, refuse

_LEAST_BITS = 20
_LARGEST_POOL = 1000


@dataclass(frozen=True, slots=True)
class LotteryDraw:
    """A public lottery: its name, the Unix second of its drawing, and its pools in order.

    A pool is (numbers drawn, of how many); 6 of 49 and a bonus number of 10 are `((6, 49), (1, 10))`. The
    published value is `{"numbers": [[...], [...]]}`, one list per pool; the order of drawing inside a pool
    does not matter. The seed is the SHA-256 of `lottery|name|drawn_at|1.2.3./4./`, each pool ascending.

    The pools together must hold 20 bits of chance: nobody can steer a public lottery, and over 2**20
    outcomes a list prepared beforehand could shift nobody's chances by more than about a thousandth.
    """

    name: str
    drawn_at: int
    pools: tuple[tuple[int, int], ...]

    def faults(self) -> list[str]:
        """Why this is no lottery with enough chance in it."""
        faults = []
        if not _is_name(self.name):
            faults.append(f"the lottery's name is {self.name!r}: give a printable name in Unicode form NFC")
        if not is_second(self.drawn_at):
            faults.append(f"drawn_at is {self.drawn_at!r}: give a Unix second")
        if not isinstance(self.pools, tuple) or not self.pools or not all(map(_is_pool, self.pools)):
            faults.append(f"pools are {self.pools!r}: give pairs (numbers drawn, of at most {_LARGEST_POOL})")
        elif (bits := sum(log2(comb(of, drawn)) for drawn, of in self.pools)) < _LEAST_BITS:
            faults.append(f"the pools hold {bits:.1f} bits of chance, {_LEAST_BITS} are needed: add a draw")
        return faults

    def known_at(self) -> int:
        """When the numbers are drawn."""
        return self.drawn_at

    def seed(self, value: Mapping[str, object]) -> bytes:
        """The hash of the name, the date and the numbers in canonical form."""
        refuse(entry_faults(value, {"numbers"}, ()))
        drawn = value["numbers"]
        if not isinstance(drawn, list | tuple) or len(drawn) != len(self.pools):
            raise DrawError([f"numbers must be a list of {len(self.pools)} lists, one per pool"])
        told, faults = "", []
        for at, (raw, (count, of)) in enumerate(zip(drawn, self.pools, strict=True), start=1):
            numbers = numbers_between(raw, 1, of)
            if numbers is None or len(numbers) != count or len(set(numbers)) != count:
                faults.append(f"pool {at} must be {count} different whole numbers from 1 to {of}: read again")
            else:
                told += "".join(f"{number}." for number in sorted(numbers)) + "/"
        refuse(faults)
        return sha256(f"lottery|{self.name}|{self.drawn_at}|{told}".encode()).digest()


def _is_name(name: object) -> bool:
    printable = isinstance(name, str) and name.strip() != "" and name.isprintable()
    return printable and is_normalized("NFC", str(name))


def _is_pool(pool: object) -> bool:
    if not isinstance(pool, tuple) or len(pool) != 2 or not all(map(is_count, pool)):
        return False
    drawn, of = pool
    return bool(drawn <= of <= _LARGEST_POOL)
