"""The never-held list over everything that could hold or ask for such a thing, in English and Chinese."""

import ast
import csv
import json
import re
import tomllib
from collections.abc import Callable, Iterator

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.db import models
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from house.tree import PACKAGE, ROOT, sources
from sojourn.api.docs import description
from sojourn.core.never_held import never_held

EXPLAINS = frozenset(
    {
        "core/never_held/finding.py",
        "core/never_held/lexicon.py",
        "core/plan_check/model.py",
        "core/plan_check/refusals.py",
    }
)
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


def words_of_templates() -> Iterator[tuple[str, str]]:
    """Every sentence and every attribute that a page or a document says."""
    said = re.compile(
        r">([^<>{}]+)<|(?:label|title|alt|placeholder|name|value)=\"([^\"{}]+)\"|_\(\"([^\"]+)\"\)"
    )
    for file in sorted([*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("*.typ")]):
        for match in said.finditer(file.read_text(encoding="utf-8")):
            yield file.relative_to(PACKAGE).as_posix(), next(part for part in match.groups() if part)


def words_of_catalogues() -> Iterator[tuple[str, str]]:
    """Everything that a reader can see, in English and in Chinese."""
    for file in sorted(PACKAGE.rglob("*.po")):
        with file.open("rb") as lines:
            for message in read_po(lines):
                for text in (message.id, message.string):
                    for one in (text,) if isinstance(text, str) else text:
                        if message.id and message.id not in NAMES_WHAT_IS_REFUSED:
                            yield file.relative_to(PACKAGE).as_posix(), one


def words_of_plans() -> Iterator[tuple[str, str]]:
    """Every key and every text of the plans that are shipped or stand in a manual."""
    for file in sorted([*(ROOT / "examples").rglob("*.toml"), *(ROOT / "examples").rglob("*.json")]):
        read = tomllib.loads if file.suffix == ".toml" else json.loads
        yield from ((file.name, text) for text in texts_in(read(file.read_text(encoding="utf-8"))))
    for file in sorted((ROOT / "examples").rglob("*.xlsx")):
        book = CalamineWorkbook.from_path(str(file))
        for sheet in book.sheet_names:
            for row in book.get_sheet_by_name(sheet).to_python():
                yield from ((f"{file.name}: {sheet}", cell) for cell in row if isinstance(cell, str))


def words_of_api() -> Iterator[tuple[str, str]]:
    """Every name, title and description of the API, in both languages."""
    for language in ("en", "zh-hans"):
        with override(language):
            yield from ((f"api in {language}", text) for text in texts_in(description(language)))


def words_of_imports() -> Iterator[tuple[str, str]]:
    """Every string in the modules that say under which headers a column is known."""
    for source in sources():
        if "sheet_kinds" in source.path or source.path.startswith(("sheets/", "cli/importing/")):
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield source.path, node.value


def texts_in(value: object) -> Iterator[str]:
    """Every key and every text of a nested document."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, str):
        yield value


NAMES_WHAT_IS_REFUSED = {
    "Offices see counts, never people. Nothing is held about belief, origin or opinion. Letters are never "
    "read.": "the home page",
    "An adult writes in private, asks for pictures or for secrets": "what an incident can be about",
}
"""Texts of the catalogue that name what is not held in order to say so, each with its place."""

EVERYWHERE = {
    words_of_models: 300,
    words_of_forms_and_schemas: 500,
    words_of_inputs: 5,
    words_of_examples: 10,
    words_of_templates: 300,
    words_of_catalogues: 1000,
    words_of_plans: 300,
    words_of_api: 1000,
    words_of_imports: 50,
}
"""What is looked through, and at least how many words are found there."""


@pytest.mark.parametrize("words", EVERYWHERE, ids=lambda words: words.__name__)
def test_nothing_has_room_for_what_is_never_held(words: Callable[[], Iterator[tuple[str, str]]]) -> None:
    found = list(words())
    assert len(found) >= EVERYWHERE[words]
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
