"""Findings in words, English and Chinese: what is wrong, and what to do."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from sojourn.core.plan_check import Finding, Value
from sojourn.plan.sentences import NOUNS, SENTENCES

Language = Literal["en", "zh"]


def in_words(finding: Finding, language: Language) -> str:
    """The sentence of a finding. Numbers are grouped by thousands; an unknown code gives the code and its
    values.
    """
    sentences = SENTENCES.get(finding.code)
    if sentences is None:
        return f"{finding.code}: {dict(finding.params)}"
    english, chinese = sentences
    template = chinese if language == "zh" else english
    shown = {name: _shown(value, language) for name, value in finding.params.items()}
    sentence = template.format_map(shown)
    return sentence + _suggestion(finding.params, language)


def _shown(value: Value, language: Language) -> str:
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return NOUNS[value][1] if language == "zh" and value in NOUNS else value


def _suggestion(params: Mapping[str, Value], language: Language) -> str:
    nearest = params.get("nearest")
    if not nearest:
        return ""
    return f"是否应为“{nearest}”？" if language == "zh" else f" Did you mean “{nearest}”?"


def where(finding: Finding) -> str:
    """The place in the plan and, where known, in the file."""
    in_file = finding.params.get("where")
    return f"{finding.place} ({in_file})" if in_file else finding.place
