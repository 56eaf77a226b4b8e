import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sojourn.cli.planning import app
from sojourn.core.plan_check import Code, Finding
from sojourn.plan.checking import CATALOGUE, RULE_BOUNDS, check_document
from sojourn.plan.difference import Change, difference
from sojourn.plan.document import Fault, PlanDocument, Rules, load_plan
from sojourn.plan.findings import in_words
from sojourn.plan.sentences import SENTENCES
from sojourn.tracks import TRACKS

EXAMPLE = Path(__file__).parents[3] / "examples" / "two-rivers" / "plan.toml"
PLAN = load_plan(EXAMPLE).document


def changed(**tables: object) -> PlanDocument:
    return PlanDocument.from_json({**PLAN.as_json(), **tables})


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert set(SENTENCES) == {str(code) for code in (*Code, *Fault)}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_speak_of_the_same_values(code: str) -> None:
    english, chinese = (set(re.findall(r"{(\w+)}", sentence)) for sentence in SENTENCES[code])
    assert english == chinese


def test_sentences_group_thousands_and_translate_kinds() -> None:
    sums = {
        "component": "B",
        "indicator": "x",
        "floors": 27000,
        "periods": 3,
        "total": 30000,
        "difference": 3000,
    }
    finding = Finding("P201", "warning", "targets[1].amount", sums)
    assert in_words(finding, "en").startswith(
        "B: the floors of 3 periods add up to 27,000, which is 3,000 short"
    )
    assert in_words(finding, "zh").startswith("B：3 个周期的下限合计 27,000，比总目标 30,000 少 3,000。")


def test_suggestion_follows_an_unknown_code() -> None:
    finding = Finding("P102", "error", "p", {"what": "track", "code": "vists", "nearest": "visits"})
    assert in_words(finding, "en") == "There is no track with the code “vists”. Did you mean “visits”?"
    assert in_words(finding, "zh") == "没有代码为“vists”的业务类型。是否应为“visits”？"


def test_laxer_rules_are_errors_and_stricter_ones_are_not() -> None:
    laxer = changed(rules={"small_cell_public": 9, "consent_months": 13, "answer_days": 14})
    places = [finding.place for finding in check_document(laxer) if finding.severity == "error"]
    assert places == ["rules.consent_months", "rules.small_cell_public"]
    ratio = changed(ratios=[{"youngest": 8, "oldest": 14, "minors_per_adult": 7}])
    assert [finding.code for finding in check_document(ratio)] == ["P602", "P201"]


def test_every_rule_has_bounds_that_its_default_keeps() -> None:
    defaults = Rules().model_dump()
    assert set(RULE_BOUNDS) == set(defaults)
    beyond = [
        name
        for name, (least, most) in RULE_BOUNDS.items()
        if (least is not None and defaults[name] < least) or (most is not None and defaults[name] > most)
    ]
    assert beyond == []


def test_catalogue_offers_what_the_tracks_count() -> None:
    assert {code: offer.indicators for code, offer in CATALOGUE.tracks.items()} == {
        code: track.indicator_codes for code, track in TRACKS.items()
    }


def test_difference_names_what_was_added_removed_and_changed() -> None:
    targets = [target for target in PLAN.as_json()["targets"] if target["code"] != "A1-pairs"]  # type: ignore[attr-defined]  # JSON of our own making
    raised = [{**target, "amount": "10000"} if target["code"] == "B-yearly" else target for target in targets]
    new = changed(targets=list(reversed(raised)), rules={**Rules().model_dump(), "answer_days": 10})
    assert [change for change in difference(PLAN, new) if change.kind != "removed"] == [
        Change("changed", "targets[B-yearly].amount", "9000", "10000"),
        Change("changed", "rules.answer_days", 7, 10),
    ]
    removed = [change for change in difference(PLAN, new) if change.kind == "removed"]
    assert [change.place for change in removed] == ["targets[A1-pairs]"]
    assert [change.place for change in difference(new, PLAN) if change.kind == "added"] == [
        "targets[A1-pairs]"
    ]


def test_difference_of_a_plan_with_itself_in_another_order_is_nothing() -> None:
    stored = PLAN.as_json()
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in stored.items()}
    assert difference(PLAN, PlanDocument.from_json(turned)) == ()


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *arguments])
    return result.exit_code, result.stdout


def test_command_passes_a_plan_with_warnings_only() -> None:
    code, printed = run(str(EXAMPLE), "--json", "--lang", "zh")
    findings = json.loads(printed)["findings"]
    assert (code, [(each["code"], each["severity"], each["place"]) for each in findings]) == (
        0,
        [("P201", "warning", "targets[7].amount")],
    )
    assert findings[0]["message"].startswith("B：3 个周期")


def test_command_fails_a_plan_with_errors(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(
        EXAMPLE.read_text(encoding="utf-8").replace('track = "visits"', 'track = "vists"'), encoding="utf-8"
    )
    code, printed = run(str(plan), "--json", "--lang", "en")
    told = {each["code"]: each["params"].get("nearest") for each in json.loads(printed)["findings"]}
    assert (code, told["P102"]) == (1, "visits")


def test_command_names_an_unreadable_file(tmp_path: Path) -> None:
    code, printed = run(str(tmp_path / "none.toml"), "--json", "--lang", "en")
    assert (code, [each["code"] for each in json.loads(printed)["findings"]]) == (2, ["P001"])


def test_command_prints_a_table_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    code, printed = run(str(EXAMPLE))
    assert (code, printed.splitlines()[0].strip(), printed.splitlines()[-1]) == (
        0,
        "提醒 (1)",
        "0 个错误，1 个提醒。",
    )
