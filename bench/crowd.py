"""An invented crowd for the pairing benchmarks: languages and interests of unequal weight."""

import random
from collections.abc import Iterator, Sequence

from sojourn.core.pairing import Person, SchoolClass

LANGUAGES = dict(zip(["en", "zh", "fr", "es", "ar", "ru"], [50, 20, 12, 8, 6, 4], strict=True))
TAGS = {f"interest {number:02}": 1 / number**0.4 for number in range(1, 25)}
MEDIA = ("letter", "e-mail", "video")


def people(size: int, prefix: str, regions: Sequence[int], *, seed: int) -> Iterator[Person]:
    """Pen pals of 8 to 25 years in 1,500 institutions, with up to three languages and five interests."""
    draw = random.Random(f"{prefix} {seed}")
    shared: dict[frozenset[str], frozenset[str]] = {}
    for number in range(size):
        languages = frozenset(draw.choices(list(LANGUAGES), LANGUAGES.values(), k=draw.choice([1, 1, 2, 3])))
        tags = frozenset(draw.choices(list(TAGS), TAGS.values(), k=draw.randint(2, 5)))
        yield Person(
            id=f"{prefix}{number:06}",
            age=draw.randint(8, 25),
            languages=shared.setdefault(languages, languages),
            tags=shared.setdefault(tags, tags),
            region=f"region {draw.choice(regions)}",
            medium=draw.choice(MEDIA),
            institution=f"{prefix} school {draw.randrange(1_500)}",
        )


def classes(count: int, prefix: str, regions: Sequence[int], *, seed: int) -> list[SchoolClass]:
    """Classes of 15 to 30 pupils of one or two ages, with one or two languages that all of them speak."""
    draw = random.Random(f"{prefix} {seed}")
    made = []
    for number in range(count):
        languages = frozenset(draw.choices(list(LANGUAGES), LANGUAGES.values(), k=draw.choice([1, 1, 2])))
        age, region, medium = draw.randint(8, 16), f"region {draw.choice(regions)}", draw.choice(MEDIA)
        pupils = tuple(
            Person(
                id=f"{prefix}{number:05}-{place}",
                age=age + draw.randint(0, 1),
                languages=languages,
                tags=frozenset(draw.choices(list(TAGS), TAGS.values(), k=draw.randint(1, 5))),
                region=region,
                medium=medium,
            )
            for place in range(draw.randint(15, 30))
        )
        made.append(SchoolClass(f"{prefix}{number:05}", pupils))
    return made
