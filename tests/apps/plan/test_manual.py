import re
from pathlib import Path

from sojourn.core.plan_check import Code
from sojourn.plan.checking import check_document
from sojourn.plan.document import Fault, read_toml
from sojourn.plan.document.layout import SHEETS

MANUAL = (Path(__file__).parents[3] / "docs" / "manual" / "plan.md").read_text(encoding="utf-8")


def test_plan_in_the_manual_is_sound() -> None:
    [example] = re.findall(r"```toml\n(.*?)```", MANUAL, flags=re.DOTALL)
    assert check_document(read_toml(example.encode()).document) == ()


def test_manual_names_every_key_of_the_schema() -> None:
    named = set(re.findall(r"[a-z_]+", MANUAL))
    keys = {key.partition(".")[0] for columns in SHEETS.values() for key in columns} | set(SHEETS)
    assert sorted(keys - named) == []


def test_manual_tells_every_code() -> None:
    told = set()
    for first, last in re.findall(r"(P\d{3})(?:(?:, | to )(P\d{3}))?", MANUAL):
        told |= {f"P{number:03}" for number in range(int(first[1:]), int((last or first)[1:]) + 1)}
    assert sorted({str(code) for code in (*Code, *Fault)} - told) == []
