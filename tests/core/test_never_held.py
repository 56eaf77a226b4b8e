import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.core.never_held import CHINESE, never_held


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
