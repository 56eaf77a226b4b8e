"""The words of the never-held list, in English, Chinese and pinyin, and their harmless neighbours.

**Source:** the categories are those of Article 9 of Regulation (EU) 2016/679 that no youth programme needs
(ethnic origin, religion and belief, political opinion), widened by their usual stand-ins (birthplace, mother
tongue, national identity number, household registration, photo, party or league membership) and by records
of views, character or loyalty. The values of political status are those of GB/T 4762-1984.
"""

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ethnicity": ("Nobody’s ethnicity is held.", "不记录任何人的民族或族裔。"),
        "religion": ("Nobody’s religion or belief is held.", "不记录任何人的宗教或信仰。"),
        "politics": ("Nobody’s political view or membership is held.", "不记录任何人的政治观点或党团身份。"),
        "stand-in": (
            "This would give away someone’s origin or identity, so it is not held.",
            "这会透露个人的出身或身份，因此不予记录。",
        ),
        "judgement": ("Nobody’s character or loyalty is judged here.", "不对任何人的品行或忠诚作评判。"),
    }
)
"""Why a category is not held, in English and Chinese, for whoever hands in a column."""

_SCORED = r"(?:character|attitude|behaviou?r|thought|conduct|loyalty|trust)"
ENGLISH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ethnicity": (
            r"ethn|ethnic\w*",
            r"racial\w*",
            r"(?:^|(?<=by )|(?<=of )|(?<=and )|(?<=or ))race(?=$| (?:and|or|code|group)\b)",
            r"tribes?|tribal",
            r"castes?",
            r"ancestry|ancestral \w+",
            r"skin colou?r|complexion",
            r"(?:sur|last |family )?names? (?:origin|inference|group)s?",
        ),
        "religion": (
            r"relig|religio\w*",
            r"faiths?",
            r"creeds?",
            r"belief\w*",
            r"worship\w*",
            r"baptis\w*|denominations?",
        ),
        "politics": (
            r"politic\w*",
            r"pol (?:status|affil\w*|views?|party)",
            r"ideolog\w*",
            r"party (?:member\w*|affiliation|cell|branch)",
            r"league member\w*",
            r"youth league",
            r"communist\w*|cpc members?|ccyl",
            r"young pioneers?",
        ),
        "stand-in": (
            r"birth ?(?:place|town|city|village|country)s?|place of birth|pob|country of birth|born in",
            r"native place|home ?town",
            r"mother tongues?|native (?:languages?|tongues?)|first language|home language",
            r"national (?:identity|id) ?(?:number|card|no)?s?|nid|ssn|social security (?:number|no)",
            r"(?:identity|id|citizen|resident id) cards?(?: number| no)?|identity numbers?|citizen id",
            r"household regist\w*|registered residence",
            r"photos?|photographs?|portraits?|headshots?",
        ),
        "judgement": (
            r"loyal\w*",
            r"watch ?list\w*|black ?list\w*",
            r"patriot\w*",
            rf"{_SCORED} (?:score|rank|grade|rating|flag)\w*",
            rf"{_SCORED} (?:note|survey|report|assessment)\w*",
            r"social credit",
        ),
    }
)
"""Patterns of whole words; a plural or a longer form of the word is named where it occurs."""

GLUED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ethnicity": ("ethnic",),
        "religion": ("religio",),
        "politics": ("political", "ideolog", "partymember", "leaguemember"),
        "stand-in": ("mothertongue", "nativelanguage", "birthplace", "placeofbirth", "nationalidnumber"),
        "judgement": ("loyaltyscore", "watchlist", "blacklist"),
    }
)
"""Words so much their own that they are found inside a name that is written in one piece."""

CHINESE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ethnicity": ("民族", "族别", "族裔", "种族", "族群", "血统", "肤色", "姓氏来源", "姓氏推断"),
        "religion": ("宗教", "信仰", "信教", "教派", "教徒", "受洗", "礼拜"),
        "politics": (
            "政治",
            "政审",
            "党员",
            "党籍",
            "党派",
            "党龄",
            "党组织",
            "党支部",
            "入党",
            "共青团",
            "团籍",
            "团龄",
            "团支部",
            "入团",
            "少先队",
            "意识形态",
        ),
        "stand-in": (
            "籍贯",
            "祖籍",
            "原籍",
            "出生地",
            "出生城市",
            "母语",
            "身份证",
            "身分证",
            "身份号码",
            "户口",
            "户籍",
            "户别",
            "照片",
            "头像",
        ),
        "judgement": (
            "忠诚",
            "思想动态",
            "思想汇报",
            "思想表现",
            "政治表现",
            "现实表现",
            "黑名单",
            "观察名单",
            "重点人员",
            "品行评分",
            "诚信评分",
            "社会信用",
        ),
    }
)
"""Terms that are found anywhere, with blanks and signs inside or without."""

ALONE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"politics": ("团员", "是否团员", "党团", "党团员", "群众", "面貌")}
)
"""Chinese terms that mean it as a whole label; inside longer ones they are everyday words."""

PINYIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ethnicity": ("min zu", "zu bie"),
        "religion": ("zong jiao",),
        "politics": (
            "zheng zhi",
            "zheng zhi mian mao",
            "mian mao",
            "dang yuan",
            "gong qing tuan",
            "zheng shen",
        ),
        "stand-in": ("ji guan", "chu sheng di", "mu yu", "shen fen zheng", "hu kou", "hu ji", "zhao pian"),
    }
)
"""Syllables, as whole words, apart or in one."""

NEIGHBOURS: Mapping[str, str] = MappingProxyType(
    {
        r"\bin good faith\b": "means honestly",
        r"\bphoto ?cop(?:y|ies|ier)\b": "a copy of a sheet of paper",
        r"\bportrait (?:format|orientation|page)\b": "how a page is turned",
        r"\bnative (?:app|code|plants?|species)\b": "software or nature",
        r"民族(?=路|街|大道|大街|村)": "a street or village of that name",
        r"民族(?=大学(?!生)|学院|中学(?!生)|小学(?!生)|出版社|博物馆)": "an institution of that name",
        r"民族(?=舞|音乐|乐器|乐团|歌舞|服饰)": "dance, music and dress, which are arts",
        r"礼拜(?=[一二三四五六日天])": "a day of the week",
    }
)
"""Everyday words in which a term says nothing of anybody, each with what it is. Taken out before looking."""

STATUS_VALUES = frozenset(
    {
        "中共党员",
        "中共预备党员",
        "共青团员",
        "民主党派",
        "无党派人士",
        "群众",
        "少先队员",
    }
)
"""Values of political status (GB/T 4762-1984, shortened), as a cell that says it under any header."""

KIN = frozenset({"家族", "亲族", "宗族", "水族", "贵族", "上班族", "追星族", "月光族"})
"""Words that end like the name of a people and name none."""
