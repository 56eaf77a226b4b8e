"""Every write is an action: permitted by a rule, documented, named in both languages, and nowhere else."""

import ast
import importlib
import inspect
import re

import pytest
from django.utils.translation import override

from house.tree import sources
from sojourn.records.action import ACTIONS, ActionSpec
from sojourn.web.verbs import VERBS

MODULES = sorted(
    "sojourn." + source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for source in sources()
    if "actions" in source.path.removesuffix(".py").split("/")
)
for module in MODULES:
    importlib.import_module(module)

EVERY = pytest.mark.parametrize("spec", ACTIONS.values(), ids=ACTIONS)


@EVERY
def test_action_has_a_rule_that_takes_the_same_arguments(spec: ActionSpec) -> None:
    taken = inspect.signature(spec.rule).parameters
    given = inspect.signature(spec.function).parameters
    assert spec.rule.__module__.split(".")[2] == "rules"
    takes_any = any(parameter.kind is parameter.VAR_KEYWORD for parameter in taken.values())
    named = {name for name, parameter in taken.items() if parameter.kind is not parameter.VAR_KEYWORD}
    assert named <= set(given)
    assert takes_any or named == set(given)


@EVERY
def test_action_takes_keywords_and_its_actor(spec: ActionSpec) -> None:
    parameters = inspect.signature(spec.function).parameters
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert next(iter(parameters)) == "by"


@EVERY
def test_action_says_what_it_does(spec: ActionSpec) -> None:
    told = inspect.getdoc(spec.function) or ""
    assert re.match(r"[A-Z].+\.", told, re.DOTALL)


@EVERY
def test_verb_is_an_object_and_a_verb(spec: ActionSpec) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", spec.verb)


def test_every_verb_has_its_words_and_no_words_are_left_over() -> None:
    assert sorted(VERBS) == sorted(ACTIONS)


def test_words_of_verbs_differ_in_either_language() -> None:
    """That each is in the catalogue, test_translations proves; here the compiled one is read."""
    for language in ("en", "zh-hans"):
        with override(language):
            told = [str(words) for words in VERBS.values()]
        assert len(set(told)) == len(VERBS)
        assert {words.isascii() for words in told} == {language == "en"}


def test_nobody_opens_a_transaction_beside_an_action() -> None:
    """Actions may set savepoints; queries, rules and pages leave transactions to the decorator."""
    apps = ("registry/", "plan/", "participation/", "safeguarding/", "monitoring/", "web/")
    opened = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        if source.path.startswith(apps) and "actions" not in source.path
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "atomic"
    ]
    assert opened == []
