"""Every rule names tests that exist, every mutation fits the present code, and the page is current."""

import re

import pytest

from house.named_tests import named_tests
from house.rules_index import PAGE, Mutation, Rule, mutations, page, rules
from house.tree import ROOT


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_rule_names_a_test_that_exists_or_says_what_is_missing(rule: Rule) -> None:
    assert rule.tests or rule.open
    assert [test for test in rule.tests if test not in named_tests()] == []
    assert re.fullmatch(r"[A-Z0-9“].*\.", rule.sentence)


def test_no_rule_is_said_twice() -> None:
    known = rules()
    assert len({rule.id for rule in known}) == len({rule.sentence for rule in known}) == len(known) > 60


def test_page_is_made_from_the_present_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run tools/rules-index"


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.rule)
def test_mutation_belongs_to_its_rule_and_its_test(mutation: Mutation) -> None:
    [rule] = [rule for rule in rules() if rule.id == mutation.rule]
    assert mutation.test in rule.tests
    assert mutation.remove != mutation.put


def test_mutations_of_enough_rules_fit_the_present_code() -> None:
    """Those that do not are named by `tools/prove-rules`, which takes them for survivors."""
    assert len({mutation.rule for mutation in mutations() if mutation.fits(ROOT)}) >= 35
