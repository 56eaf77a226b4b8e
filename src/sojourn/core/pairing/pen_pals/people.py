"""The people of both sides as arrays: records in, one canonical order and shared code books out."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.rules import PairingError

OLDEST = 150
BITS = 64
NO_MEDIUM = -1


@dataclass(frozen=True, slots=True)
class Person:
    """One person who wants a pen pal; age in whole years, medium and institution perhaps unknown."""

    id: str
    age: int
    languages: frozenset[str]
    tags: frozenset[str]
    region: str
    medium: str | None = None
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """One side of the pairing in canonical order: row k of every array is the person `ids[k]`.

    `ages` in years; `languages` and `tags` are sets as bits, shape (people, words); `tag_ranks` lists the
    same tags as numbers, padded with the number of tags; `regions`, `media`, `institutions` are codes
    shared by both sides (-1: no medium given, or no institution).
    """

    ids: tuple[str, ...]
    ages: NDArray[np.int16]
    languages: NDArray[np.unsignedinteger]
    tags: NDArray[np.unsignedinteger]
    tag_ranks: NDArray[np.int32]
    regions: NDArray[np.int32]
    media: NDArray[np.int32]
    institutions: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: NDArray[np.int64]) -> "People":
        """These people only, in this order."""
        return People(
            tuple(self.ids[row] for row in rows.tolist()),
            self.ages[rows],
            self.languages[rows],
            self.tags[rows],
            self.tag_ranks[rows],
            self.regions[rows],
            self.media[rows],
            self.institutions[rows],
        )


def encode(left: Iterable[Person], right: Iterable[Person]) -> tuple[People, People]:
    """Both sides as arrays under shared code books.

    People are ordered by what the rules and points can see of them, and by id only among twins: neither the
    order of the input nor the ids can then change the total reached. Raises PairingError for a repeated id
    (also across sides, and for ids that differ only in Unicode form) or an impossible age.
    """
    sides = (list(left), list(right))
    _refuse_faults([*sides[0], *sides[1]])
    languages = _shared(sides, "languages")
    tags = _shared(sides, "tags")
    regions = _codes(person.region for side in sides for person in side)
    media = _codes(person.medium for side in sides for person in side)
    institutions = _codes(person.institution for side in sides for person in side)

    def arrays(people: list[Person]) -> People:
        coded = People(
            ids=tuple(person.id for person in people),
            ages=np.array([person.age for person in people], dtype=np.int16),
            languages=_bits([person.languages for person in people], languages),
            tags=_bits([person.tags for person in people], tags),
            tag_ranks=_padded([person.tags for person in people], tags),
            regions=_coded([person.region for person in people], regions),
            media=_coded([person.medium for person in people], media),
            institutions=_coded([person.institution for person in people], institutions),
        )
        return _canonical(coded)

    return arrays(sides[0]), arrays(sides[1])


def _refuse_faults(people: Sequence[Person]) -> None:
    seen: dict[str, str] = {}
    for person in people:
        folded = unicodedata.normalize("NFKC", person.id)
        if folded in seen:
            raise PairingError(
                f"id {person.id!r} is given twice (also as {seen[folded]!r}): make every id unique"
            )
        seen[folded] = person.id
        if not 0 <= person.age <= OLDEST:
            raise PairingError(f"person {person.id!r}: age {person.age} is not between 0 and {OLDEST}")


def _shared(sides: tuple[list[Person], list[Person]], field: str) -> dict[str, int]:
    """Codes of the words that both sides hold; a word of one side alone can never be shared."""
    held = [{word for person in side for word in getattr(person, field)} for side in sides]
    return {word: code for code, word in enumerate(sorted(held[0] & held[1]))}


def _codes(words: Iterable[str | None]) -> dict[str, int]:
    return {word: code for code, word in enumerate(sorted({word for word in words if word is not None}))}


def _coded(words: list[str | None] | list[str], codes: dict[str, int]) -> NDArray[np.int32]:
    return np.array([-1 if word is None else codes[word] for word in words], dtype=np.int32)


def _bits(sets: list[frozenset[str]], codes: dict[str, int]) -> NDArray[np.unsignedinteger]:
    """Sets as bits in the narrowest words that hold them, so that blocks of people fit the cache."""
    words = max(1, -(-len(codes) // BITS))
    bits = np.zeros((len(sets), words), dtype=np.uint64)
    rows, numbers = _memberships(sets, codes)
    np.bitwise_or.at(bits, (rows, numbers // BITS), np.uint64(1) << (numbers % BITS).astype(np.uint64))
    narrow = [
        width for width in (np.uint8, np.uint16, np.uint32) if len(codes) <= 8 * np.dtype(width).itemsize
    ]
    return bits.astype(narrow[0]) if narrow else bits


def _padded(sets: list[frozenset[str]], codes: dict[str, int]) -> NDArray[np.int32]:
    rows, numbers = _memberships(sets, codes)
    sizes = np.bincount(rows, minlength=len(sets))
    padded = np.full((len(sets), int(sizes.max(initial=0))), len(codes), dtype=np.int32)
    padded[rows, np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)] = numbers
    return padded


def _memberships(
    sets: list[frozenset[str]], codes: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and code of each membership, in row and then code order."""
    numbers_of = {words: sorted(codes[word] for word in words if word in codes) for words in set(sets)}
    kept = [numbers_of[words] for words in sets]
    rows = np.repeat(np.arange(len(sets), dtype=np.int64), [len(numbers) for numbers in kept])
    return rows, np.array([number for numbers in kept for number in numbers], dtype=np.int64)


def _canonical(people: People) -> People:
    ids = np.array(people.ids, dtype=object)
    by_id = np.argsort(ids, kind="stable") if len(people) else np.arange(0)
    seen = (
        people.institutions,
        people.media,
        *people.tags.T,
        people.regions,
        *people.languages.T,
        people.ages,
    )
    return people.take(by_id[np.lexsort([column[by_id] for column in seen])])
