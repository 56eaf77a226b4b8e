"""How the words are found: through width, case, accents, look-alike letters, digits in words, and blanks."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sojourn.core.never_held.lexicon import (
    ALONE,
    CHINESE,
    ENGLISH,
    GLUED,
    KIN,
    NEIGHBOURS,
    PINYIN,
    REASONS,
    STATUS_VALUES,
)

_LETTERS = str.maketrans("аеорсухіѕјӏԁкмтвнοερτυικανωϲɑıⅼ", "aeopcxyisjldkmtbhoeptuikavwcail")
"""Cyrillic, Greek and other letters that look like Latin ones, once they are in lower case."""
_DIGITS = str.maketrans("013457$@", "oieastsa")
_TRADITIONAL = str.maketrans(
    "種黨團貫證戶語誠動態觀單點員評識號碼籍別裔體現審隊齡組織環紹膚會⺠禮",
    "种党团贯证户语诚动态观单点员评识号码籍别裔体现审队龄组织环绍肤会民礼",
)

_PATTERNS = tuple(
    (category, re.compile(rf"\b(?:{'|'.join(patterns)})\b")) for category, patterns in ENGLISH.items()
)
_PINYIN = tuple(
    (category, re.compile(rf"\b(?:{'|'.join(term.replace(' ', ' ?') for term in terms)})\b"))
    for category, terms in PINYIN.items()
)
_NEIGHBOURS = re.compile("|".join(f"(?:{pattern})" for pattern in NEIGHBOURS))
_RESIDENT = re.compile(r"\d{17}[\dX]", re.ASCII)
_INSURED = re.compile(r"[A-CEGHJ-PR-TW-Z]{2}\d{6}[A-D]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PEOPLE = re.compile("[\u4e00-\u9fff]{1,5}族")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One thing that is never held: its category, and the words that gave it away."""

    category: str
    words: str

    @property
    def reason(self) -> tuple[str, str]:
        """Why it is not held, in English and in Chinese."""
        return REASONS[self.category]


def never_held(text: str) -> tuple[str, ...]:
    """Give the categories of the never-held list that a label, column name or title speaks of.

    Args:
        text: A label in English or Chinese, or an identifier (`motherTongue`, `party_membership`); width,
            case, accents, separators, invisible characters, look-alike letters, digits for letters and
            traditional characters make no difference.

    Returns:
        The categories in alphabetical order (`ethnicity`, `judgement`, `politics`, `religion`, `stand-in`);
        empty when the text is clean. English terms match whole words, Chinese terms match anywhere.
    """
    return tuple(sorted({found.category for found in find_never_held(text)}))


def find_never_held(text: str) -> tuple[Found, ...]:
    """Everything in a label that is never held, with the words that gave it away, by category."""
    found: set[Found] = set()
    for words in _readings(text):
        found |= set(_in_words(words))
    return tuple(sorted(found))


def find_never_held_cell(text: str) -> tuple[Found, ...]:
    """What a single value gives away under any header: an identity number, a people's name, a status.

    **Source:** GB 11643-1999 for the check digit of resident identity numbers; HMRC manual NIM39110 for the
    form of National Insurance numbers.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())
    value = plain.upper().translate(_TRADITIONAL)
    found = set()
    if (_RESIDENT.fullmatch(value) and _has_check_digit(value)) or _INSURED.fullmatch(value):
        found.add(Found("stand-in", "identity number"))
    if _PEOPLE.fullmatch(value) and value not in KIN:
        found.add(Found("ethnicity", value))
    if value in STATUS_VALUES:
        found.add(Found("politics", value))
    return tuple(sorted(found))


def _has_check_digit(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return number[17] == "10X98765432"[total % 11]


def _in_words(words: str) -> Iterator[Found]:
    """What one reading of a text speaks of."""
    words = _NEIGHBOURS.sub(" ", words)
    together = words.replace(" ", "")
    for category, pattern in (*_PATTERNS, *_PINYIN):
        yield from (Found(category, match[0]) for match in pattern.finditer(words) if match[0])
    for terms in (GLUED, CHINESE):
        for category, listed in terms.items():
            yield from (Found(category, term) for term in listed if term in together)
    for category, whole in ALONE.items():
        if together in whole:
            yield Found(category, together)


def _readings(text: str) -> set[str]:
    """The text in lower-case words with single blanks, and again with its digits read as letters."""
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    spread = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unicodedata.normalize("NFKC", visible))
    bare = "".join(s for s in unicodedata.normalize("NFD", spread) if unicodedata.category(s) != "Mn")
    plain = unicodedata.normalize("NFC", bare).casefold().translate(_LETTERS).translate(_TRADITIONAL)
    mixed = re.sub(r"\S*[a-z]\S*", lambda word: word[0].translate(_DIGITS), plain)
    return {" ".join(re.sub(r"[\W_]+", " ", reading).split()) for reading in (plain, mixed)}
