import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.core.never_held import (
    CHINESE,
    NEIGHBOURS,
    REASONS,
    find_never_held,
    find_never_held_cell,
    never_held,
)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("Ethnic group", ("ethnicity",)),
        ("by race", ("ethnicity",)),
        ("motherTongue", ("stand-in",)),
        ("party_membership", ("politics",)),
        ("ＲＥＬＩＧＩＯＮ", ("religion",)),
        ("place-of-birth", ("stand-in",)),
        ("National ID number", ("stand-in",)),
        ("behaviour score", ("judgement",)),
        ("loyalty and faith", ("judgement", "religion")),
        ("民 族", ("ethnicity",)),
        ("政治面貌", ("politics",)),
        ("身份证号", ("stand-in",)),
        ("reli\u200bgion", ("religion",)),
        ("Religions", ("religion",)),
        ("religious-affiliation", ("religion",)),
        ("ReligiousAffiliation", ("religion",)),
        ("studentreligion", ("religion",)),
        ("rel1gion", ("religion",)),
        ("r\u0435ligi\u043en", ("religion",)),  # two Cyrillic letters
        ("r\u00e9ligion", ("religion",)),
        ("relig.", ("religion",)),
        ("宗 教 信 仰", ("religion",)),
        ("Ethn. grp", ("ethnicity",)),
        ("ETHNICITY_CODE", ("ethnicity",)),
        ("skin colour", ("ethnicity",)),
        ("surname origin", ("ethnicity",)),
        ("姓氏推断", ("ethnicity",)),
        ("種族", ("ethnicity",)),
        ("⺠族", ("ethnicity",)),  # a radical for the character
        ("minzu", ("ethnicity",)),
        ("Min Zu", ("ethnicity",)),
        ("zhengzhi_mianmao", ("politics",)),
        ("zhengzhimianmao", ("politics",)),
        ("Political status", ("politics",)),
        ("pol. status", ("politics",)),
        ("政治面貌（党员/团员）", ("politics",)),
        ("黨員", ("politics",)),
        ("团员", ("politics",)),
        ("是否团员", ("politics",)),
        ("Communist Youth League", ("politics",)),
        ("League Members", ("politics",)),
        ("CPC member", ("politics",)),
        ("少先队员", ("politics",)),
        ("籍貫", ("stand-in",)),
        ("出 生 地", ("stand-in",)),
        ("Birthplaces", ("stand-in",)),
        ("birth-town", ("stand-in",)),
        ("POB", ("stand-in",)),
        ("Native languages", ("stand-in",)),
        ("母語", ("stand-in",)),
        ("ID card no", ("stand-in",)),
        ("身分證字號", ("stand-in",)),
        ("shenfenzheng", ("stand-in",)),
        ("戶口所在地", ("stand-in",)),
        ("户籍", ("stand-in",)),
        ("hukou", ("stand-in",)),
        ("Household registration", ("stand-in",)),
        ("Photo (2 inch)", ("stand-in",)),
        ("证件照片", ("stand-in",)),
        ("Watch-list flag", ("judgement",)),
        ("思想汇报", ("judgement",)),
        ("attitude rating", ("judgement",)),
        ("Loyalty score", ("judgement",)),
        ("社会信用", ("judgement",)),
    ],
)
def test_never_held_names_the_categories_of_a_label(text: str, categories: tuple[str, ...]) -> None:
    assert never_held(text) == categories


@pytest.mark.parametrize(
    "text",
    [
        "Relay race",
        "Birthday party",
        "People taking part",
        "Football league table",
        "Language of the letters",
        "团员名额",
        "参加人数",
        "",
        "Scores of schools",
        "Boat race day",
        "third-party insurance",
        "Premier League",
        "Birthday",
        "Date of birth",
        "Born on",
        "Language",
        "Photocopy of the ticket",
        "native app",
        "agreed in good faith",
        "ID",
        "Membership of the club",
        "Youth club",
        "politely",
        "police check",
        "Trace",
        "Grace",
        "embrace",
        "methane",
        "民族路12号",
        "中央民族大学",
        "民族舞",
        "礼拜三",
        "家庭住址",
        "群众体育活动日",
        "团员名单人数",
        "出生日期",
        "参加身份",
        "语言",
        "Xinyang",
        "minute",
    ],
)
def test_never_held_leaves_everyday_words_alone(text: str) -> None:
    assert never_held(text) == ()


@given(
    st.sampled_from([(term, key) for key, terms in CHINESE.items() for term in terms]), st.text(), st.text()
)
def test_never_held_finds_a_chinese_term_inside_any_text(
    term: tuple[str, str], before: str, after: str
) -> None:
    assert term[1] in never_held(f"{before} {term[0]} {after}")


@given(st.text())
def test_never_held_answers_any_text_with_sorted_categories(text: str) -> None:
    assert list(never_held(text)) == sorted(set(never_held(text)))


def test_found_words_come_with_their_reason_in_both_languages() -> None:
    found = find_never_held("Mother tongue and political status")
    assert [one.words for one in found] == ["political", "mother tongue", "mothertongue"]
    assert {one.reason for one in found} == {REASONS["politics"], REASONS["stand-in"]}


def test_label_that_says_it_beside_a_harmless_word_is_found_still() -> None:
    """A neighbour takes only itself out."""
    assert never_held("民族路 民族") == ("ethnicity",)
    assert never_held("民族大学生") == ("ethnicity",)
    assert never_held("礼拜三 礼拜") == ("religion",)
    assert all(NEIGHBOURS.values())


@pytest.mark.parametrize(
    ("cell", "categories"),
    [
        ("11010519491231002X", ["stand-in"]),  # the example of GB 11643-1999
        ("１１０１０５１９４９１２３１００２ｘ", ["stand-in"]),
        ("110105 19491231 002X", ["stand-in"]),
        ("110105194912310021", []),  # wrong check digit: some other number
        ("QQ 12 34 56 C", []),  # never issued
        ("AB 12 34 56 C", ["stand-in"]),
        ("汉族", ["ethnicity"]),
        ("维吾尔族", ["ethnicity"]),
        ("滿族", ["ethnicity"]),
        ("家族", []),
        ("中共党员", ["politics"]),
        ("群众", ["politics"]),
        ("123456", []),
        ("Lee", []),
        ("", []),
        ("\u00b2" * 16 + "X", []),
    ],
)
def test_cell_gives_itself_away_under_any_header(cell: str, categories: list[str]) -> None:
    assert [found.category for found in find_never_held_cell(cell)] == categories


@given(st.text())
def test_any_cell_is_answered(text: str) -> None:
    assert {found.category for found in find_never_held_cell(text)} <= set(REASONS)
