"""The texts of consent: complete, readable, and for ever what they were when somebody agreed to them."""

import datetime as dt
import hashlib
import re

import pytest

from apps import factories
from apps.factories import TODAY
from apps.outcomes import refused
from apps.participation.world import actor
from sojourn.registry import consent_texts
from sojourn.registry.actions import give_consent
from sojourn.registry.consent_texts import (
    FOLDER,
    LANGUAGES,
    VERSIONS,
    Version,
    Wording,
    agreed_text,
    version_on,
)
from sojourn.registry.models import Consent

DAY = dt.timedelta(days=1)
PUBLISHED = {
    "hear_of_calls/2026-09-01.toml": "1323ff4c34cbee7cb62eedc0e4061792de82e8c454959dc2e98c36b69caf68ce",
    "keep_needs/2026-09-01.toml": "5ba9650c73fc7e3a4ed09f6f494ba73a24c171b3b04adbb9872c3b2ac8347fc8",
    "share_name/2026-09-01.toml": "ae1fa1d99c973c2670e73a5d62722160df141bd3072a361284c0dc73cea4bd95",
    "take_part/2026-09-01.toml": "156c0803aad5579e7dcfa7ad2b7080a8a6d829ae7de2fc1b7d9fc5d35f3f8699",
}
"""Add a line for a new version. A line never changes: somebody has agreed to those words."""


def test_published_texts_are_never_edited() -> None:
    found = {
        file.relative_to(FOLDER).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in FOLDER.rglob("*.toml")
    }
    assert found == PUBLISHED


def every_text(wording: Wording, language: str) -> list[str]:
    return [version.texts[wording][language] for rows in VERSIONS.values() for version in rows]


def test_every_purpose_is_worded_for_everybody_in_both_languages() -> None:
    assert set(VERSIONS) == set(Consent.Purpose.values)
    for wording in Wording:
        english, chinese = (every_text(wording, language) for language in LANGUAGES)
        assert len(set(english)) == len(set(chinese)) == len(PUBLISHED)
        assert not any(re.search("[\u4e00-\u9fff]", text) for text in english)
        assert all(re.search("[\u4e00-\u9fff]", text) for text in chinese)


def test_every_text_says_that_a_no_is_free() -> None:
    for wording, english, chinese in (
        (Wording.OWN, "without giving a reason", "不用说明理由"),
        (Wording.GUARDIAN, "without giving a reason", "不用说明理由"),
        (Wording.CHILD, "I do not have to say why.", "我不用说为什么。"),
    ):
        assert all(english in text for text in every_text(wording, "en"))
        assert all(chinese in text for text in every_text(wording, "zh"))


def test_no_purpose_is_a_condition_of_taking_part() -> None:
    """Every text but that of taking part itself says that one can take part without it."""
    free = {Wording.OWN: "I can take part without this.", Wording.CHILD: "I can join in without this."}
    for wording, sentence in free.items():
        assert sum(sentence in text for text in every_text(wording, "en")) == len(PUBLISHED) - 1


def test_children_of_eight_can_read_the_english_texts() -> None:
    for text in every_text(Wording.CHILD, "en"):
        sentences = [sentence.split() for sentence in re.split(r"[.:]", text) if sentence.strip()]
        assert max(map(len, sentences)) <= 12
        assert max(len(word) for word in re.findall(r"[A-Za-z]+", text)) <= 9


def test_children_of_eight_can_read_the_chinese_texts() -> None:
    """Short sentences of the 3,755 everyday characters of GB 2312, level 1."""
    for text in every_text(Wording.CHILD, "zh"):
        assert max(map(len, re.split(r"[，。：；]", text))) <= 20
        signs = re.findall("[\u4e00-\u9fff]", text)
        rare = [sign for sign in signs if not 0xB0 <= sign.encode("gb2312")[0] <= 0xD7]
        assert rare == []


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    """The text of taking part is replaced in ten days; the day on which the new one comes into force."""
    since = TODAY + 10 * DAY
    texts = {wording: dict.fromkeys(LANGUAGES, f"New {wording}") for wording in Wording}
    rows = (*VERSIONS["take_part"], Version(since.isoformat(), since, texts))
    monkeypatch.setitem(consent_texts.VERSIONS, "take_part", rows)
    return since


def give(person, *, kind: str = "consent", language: str = "en", on: dt.date = TODAY, **about) -> Consent:
    said = {"component_code": "A2"} | about
    return give_consent(by=actor(person), person=person, kind=kind, language=language, on=on, **said)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_exact_words_are_shown_years_later(reworded: dt.date, language: str) -> None:
    person = factories.PersonFactory()
    old, new = give(person, language=language), give(person, language=language, on=reworded)
    assert agreed_text(old) == version_on("take_part", TODAY).texts[Wording.OWN][language]
    assert (agreed_text(new), new.text_version) == ("New own", reworded.isoformat())


@pytest.mark.django_db
def test_words_that_were_changed_afterwards_are_not_passed_off_as_agreed() -> None:
    row = give(factories.PersonFactory())
    row.text_sha256 = "0" * 64
    with pytest.raises(ValueError, match="was changed after it was agreed to"):
        agreed_text(row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("zh", "zh"),
        ("zh-hans", "zh"),
        ("zh_CN", "zh"),
        ("zh-Hant-TW", "zh"),
    ],
)
def test_language_tag_chooses_the_text(tag: str, language: str) -> None:
    assert give(factories.PersonFactory(), language=tag).language == language


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tag",
    ["", " ", "fr", "eng", "english", "zh-", "-zh", "zh\n", "en\u2028", "\uff45\uff4e", "zhhans", "en" * 50],
)
def test_language_without_a_text_is_refused(tag: str) -> None:
    person = factories.PersonFactory()
    with refused("consent.language"):
        give(person, language=tag)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "about",
    [{"kind": ""}, {"kind": "CONSENT"}, {"purpose": ""}, {"purpose": "publish"}, {"purpose": "take_part "}],
)
def test_yes_that_nobody_asks_for_is_refused(about: dict[str, str]) -> None:
    person = factories.PersonFactory()
    with refused("consent.unknown"):
        give(person, **about)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", " A2", "A2\n", "A" * 41, "A2\x00", "Ａ２", "2A", "../A2"])
def test_component_that_cannot_be_one_is_refused(code: str) -> None:
    person = factories.PersonFactory()
    with refused("consent.component"):
        give(person, component_code=code)
