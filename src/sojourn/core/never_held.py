"""What the system never holds about a person: the words that give it away, in English and Chinese.

**Source:** the categories are those of Article 9 of Regulation (EU) 2016/679 that no youth programme needs
(ethnic origin, religion and belief, political opinion), widened by their usual stand-ins (birthplace, mother
tongue, national identity number, party or league membership) and by records of views, character or loyalty.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

ENGLISH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ethnicity": (
            r"ethnic\w*",
            r"racial\w*",
            r"(?:^|(?<=by )|(?<=of )|(?<=and )|(?<=or ))race(?=$| (?:and|or|code|group)\b)",
            r"tribe|tribal",
            r"caste",
            r"ancestry",
            r"surname (?:origin|inference)",
        ),
        "religion": (r"religio\w*", r"faith", r"creed", r"belief\w*", r"worship\w*"),
        "politics": (
            r"politic\w*",
            r"ideolog\w*",
            r"party (?:member\w*|affiliation|cell)",
            r"league member\w*",
            r"youth league",
        ),
        "stand-in": (
            r"birth ?place|place of birth",
            r"mother tongue|native (?:language|tongue)",
            r"national (?:identity|id) (?:number|card|no)",
            r"(?:identity|id) card(?: number| no)?",
        ),
        "judgement": (
            r"loyal\w*",
            r"watch ?list\w*|black ?list\w*",
            r"patriot\w*",
            r"(?:character|attitude|behaviou?r|thought|conduct) (?:score|rank|grade|rating|flag)\w*",
            r"(?:character|attitude|behaviou?r|thought|conduct) (?:note|survey|report)\w*",
        ),
    }
)

CHINESE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ethnicity": ("民族", "族别", "族裔", "种族", "族群"),
        "religion": ("宗教", "信仰", "信教", "教派", "教徒"),
        "politics": ("政治", "党员", "党籍", "党派", "入党", "共青团", "团籍", "入团", "意识形态"),
        "stand-in": ("籍贯", "出生地", "母语", "身份证", "身份号码"),
        "judgement": (
            "忠诚",
            "思想动态",
            "思想汇报",
            "思想表现",
            "黑名单",
            "观察名单",
            "重点人员",
            "品行评分",
        ),
    }
)

_PATTERNS = tuple(
    (category, re.compile(rf"\b(?:{'|'.join(patterns)})\b")) for category, patterns in ENGLISH.items()
)


def never_held(text: str) -> tuple[str, ...]:
    """Give the categories of the never-held list that a label, column name or title speaks of.

    Args:
        text: A label in English or Chinese, or an identifier (`motherTongue`, `party_membership`); width,
            case, accents of presentation, separators and invisible characters make no difference.

    Returns:
        The categories in alphabetical order (`ethnicity`, `judgement`, `politics`, `religion`, `stand-in`);
        empty when the text is clean. English terms match whole words, Chinese terms match anywhere.
    """
    words = _plain_words(text)
    together = words.replace(" ", "")
    found = {category for category, pattern in _PATTERNS if pattern.search(words)}
    found |= {category for category, terms in CHINESE.items() if any(term in together for term in terms)}
    return tuple(sorted(found))


def _plain_words(text: str) -> str:
    """The text as lower-case words with single blanks: identifiers split, full width and invisible signs
    undone.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    spread = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unicodedata.normalize("NFKC", visible))
    return " ".join(re.sub(r"[\W_]+", " ", spread).casefold().split())
