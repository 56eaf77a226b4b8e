"""The never-held list over everything that could hold or ask for such a thing, in English and Chinese."""

import ast
import csv
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from house.tree import PACKAGE, ROOT, sources
from sojourn.core.never_held import never_held

EXPLAINS = frozenset({"core/never_held.py", "core/plan_check/refusals.py", "core/plan_check/model.py"})
"""Files that name what is refused in order to refuse it."""


def words_of_models() -> Iterator[tuple[str, str]]:
    """Names, labels, help texts and choices of every column of ours."""
    for model in apps.get_models():
        if not model.__module__.startswith("sojourn."):
            continue
        yield model._meta.label, f"{model.__name__} {model._meta.verbose_name}"
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            choices = [f"{value} {label}" for value, label in getattr(field, "flatchoices", [])]
            told = [field.name, str(field.verbose_name), str(field.help_text), *choices]
            yield from ((f"{model._meta.label}.{field.name}", text) for text in told)


def words_of_forms_and_schemas() -> Iterator[tuple[str, str]]:
    """Names of the fields of every class: forms, plan documents, JSON inputs, dataclasses."""
    for source in sources():
        if source.path in EXPLAINS:
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                for line in node.body:
                    targets = (
                        [line.target] if isinstance(line, ast.AnnAssign) else getattr(line, "targets", [])
                    )
                    for target in targets:
                        if isinstance(target, ast.Name):
                            yield f"{source.path}: {node.name}.{target.id}", target.id


def words_of_inputs() -> Iterator[tuple[str, str]]:
    """Names, labels and options of form controls in templates."""
    control = re.compile(r"<(?:input|select|textarea|option|label|legend)\b[^>]*>[^<]*")
    for file in sorted(PACKAGE.rglob("templates/**/*.html")):
        for match in control.finditer(file.read_text(encoding="utf-8")):
            yield file.relative_to(PACKAGE).as_posix(), match[0]


def words_of_examples() -> Iterator[tuple[str, str]]:
    """Columns of every table that is shipped, and of the data register."""
    for file in sorted([*(ROOT / "examples").rglob("*.csv"), ROOT / "docs/data-register.csv"]):
        with file.open(encoding="utf-8", newline="") as lines:
            yield from ((file.name, column) for column in next(csv.reader(lines)))


@pytest.mark.parametrize(
    "words", [words_of_models, words_of_forms_and_schemas, words_of_inputs, words_of_examples]
)
def test_nothing_has_room_for_what_is_never_held(words: object) -> None:
    assert callable(words)
    found = list(words())
    assert len(found) > 10 or words is words_of_inputs
    assert [
        f"{where}: {text!r} speaks of {never_held(text)}" for where, text in found if never_held(text)
    ] == []


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("party_membership", "politics"),
        ("motherTongue", "stand-in"),
        ("宗教信仰", "religion"),
        ("民族", "ethnicity"),
    ],
)
def test_planted_column_is_found(label: str, category: str) -> None:
    field = models.CharField(name=label, verbose_name=label, max_length=1)
    assert category in never_held(str(field.verbose_name))
