import hashlib
import json
import re
from pathlib import Path

import pytest

from sojourn.core.proof import canonical_json, sha256_hex
from sojourn.monitoring import bulletin_pdf as package
from sojourn.monitoring.bulletin_pdf import bulletin_pdf
from sojourn.monitoring.bulletin_pdf.sheet import Writer
from sojourn.monitoring.bulletin_pdf.words import RULES, WORDS
from sojourn.plan.document.schema import Rules, Safeguards

FONTS = Path(package.__file__).parent / "fonts"
TITLES = {"en": "School stays", "zh": "学校访学"}
PERIOD = {"starts_on": "2026-09-01", "ends_on": "2027-01-01"}
TARGET = {
    "target": "A2-total",
    "component": "A2",
    "titles": TITLES,
    "indicator": "people_taking_part",
    "definition_version": 1,
    "kind": "total",
    **PERIOD,
    "amount": 6000,
    "actual": {"value": 1234, "records_sha256": "0" * 64},
}
DOCUMENT = {
    "code": "2026-q4",
    "edition": 1,
    "programme": {"en": "Two Rivers", "zh": "两江"},
    "period": PERIOD,
    "drawn_up_on": "2027-01-04",
    "plan": {"version": 1, "sha256": "0" * 64},
    "threshold": 10,
    "definitions": [
        {
            "indicator": "people_taking_part",
            "version": 1,
            "titles": {"en": "People taking part", "zh": "参加人数"},
            "counted": {"en": "Each person once.", "zh": "每人一次。"},
        }
    ],
    "targets": [
        TARGET,
        {**TARGET, "kind": "floor_per_period", "actual": {"value": None, "records_sha256": None}},
        {**TARGET, "kind": "cumulative", "indicator": "pairs", "actual": None},
    ],
    "people": {
        "indicator": "people_taking_part",
        "columns": [{"component": "A2", "titles": TITLES}],
        "rows": [{"region": "leeds", "names": {"en": "Leeds", "zh": "利兹"}, "cells": [{"value": None}]}],
        "totals": [{"value": 1234}],
    },
    "activities": {"columns": [], "rows": []},
    "changed_rules": [{"rule": "answer_days", "default": 7, "value": 14}],
    "corrects": None,
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bulletin_prints_in_both_languages(language):
    page = bulletin_pdf(DOCUMENT, language)
    assert page.startswith(b"%PDF-")
    assert page == bulletin_pdf(DOCUMENT, language)


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="not in 'fr'"):
        bulletin_pdf(DOCUMENT, "fr")


def test_the_sheet_prints_what_the_document_says():
    sheet = Writer(DOCUMENT, "en").sheet()
    assert sheet["period"] == "1 September 2026 to 31 December 2026"
    assert [row["actual"] for row in sheet["targets"]["rows"]] == ["1,234", "[c]", "…"]
    assert [row["percent"] for row in sheet["targets"]["rows"]] == ["20 %", "", ""]
    assert sheet["people"]["rows"] == [["Leeds", "[c]"]]
    assert sheet["people"]["totals"] == ["All regions", "1,234"]
    assert sheet["changed_rules"]["entries"] == ["Days to answer an offer: 14 (default 7)"]
    assert sheet["sha256"] == sha256_hex(canonical_json(DOCUMENT))


def test_a_correction_says_what_changed():
    change = {"table": "people", "row": "leeds", "column": "A2", "before": None, "after": 1234}
    reasons = {"en": "A list came late.", "zh": "名单晚到。"}
    corrects = {"edition": 1, "sha256": "0" * 64, "reasons": reasons, "changes": [change]}
    told = Writer({**DOCUMENT, "corrects": corrects}, "zh").sheet()["corrects"]
    assert told["reason"] == "名单晚到。"
    assert told["changes"] == ["各地区 · leeds · A2：原为 [c]，现为 1,234"]


def test_both_languages_have_the_same_words_and_values():
    def values(words):
        return {name: set(re.findall(r"\{(\w+)\}", text)) for name, text in words.items()}

    assert values(WORDS["en"]) == values(WORDS["zh"])


def test_every_rule_of_a_plan_has_a_name():
    assert set(RULES) == {*Rules.model_fields, *Safeguards.model_fields, "ratios"}


def test_the_fonts_are_the_recorded_ones_with_their_licence():
    recorded = json.loads((FONTS / "manifest.json").read_text(encoding="utf-8"))
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.otf")}
    assert files == {name: row["sha256"] for name, row in recorded.items()}
    assert "SIL Open Font License, Version 1.1" in (FONTS / "LICENSE").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 3_500_000
