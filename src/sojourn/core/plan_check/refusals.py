"""What a plan may not ask for: forbidden measures, and words for what is never held about a person.

Targets count places offered, people taking part, sessions, pairs, bundles and courses. How many said yes,
said no, left or stayed on, who they are and what they think is nobody's target: a number promised upwards
becomes pressure downwards.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sojourn.core.plan_check.findings import Code, Finding, found
from sojourn.core.plan_check.model import Catalogue, Component, CostCategory, Named, Plan, Target
from sojourn.core.plan_check.tree import Tree

FORBIDDEN_MEASURES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "acceptance": (
            r"accept\w*",
            r"uptake",
            r"take up",
            r"consent\w*",
            r"yes rate|said yes",
            "接受率",
            "接受人数",
            "同意率",
            "同意人数",
        ),
        "refusal": (r"refus\w*", r"declin\w*", r"rejection\w*", r"said no|no rate", "拒绝", "谢绝", "婉拒"),
        "withdrawal": (
            r"withdr\w*",
            r"drop ?outs?",
            r"leavers?",
            r"attrition|churn|opt(?:s|ed)? outs?",
            "放弃",
            r"quit(?:s|ters?|ting)?",
            r"terminat\w*",
            "退出",
            "中途离开",
            "流失",
        ),
        "stay-on": (
            r"stay(?:ed|ing|s)? on",
            r"retention",
            r"retained",
            r"extend(?:s|ed|ing)? (?:the|their) (?:stay|service|term)",
            "留存",
            "续签",
            "续聘",
            r"remain\w*",
            r"settle\w*",
            "留任",
            "留用",
            "留下",
            "定居",
        ),
        "named people or households": (
            r"named",
            r"names? of|of names",
            r"households?",
            r"famil(?:y|ies)",
            r"rosters?",
            "点名",
            "名单",
            "户数",
            "家庭",
            "住户",
        ),
        "views": (
            r"views?",
            r"opinions?",
            r"attitudes?",
            r"identif(?:y|ies|ication)",
            r"sentiments?",
            r"mindsets?",
            "观点",
            "看法",
            "态度",
            "认同",
            "思想",
        ),
    }
)

Labelled = Component | Target | Named | CostCategory

_PATTERNS = {
    measure: re.compile("|".join(rf"\b(?:{term})\b" if term.isascii() else term for term in terms))
    for measure, terms in FORBIDDEN_MEASURES.items()
}


def measured_refusal(text: str) -> str:
    """The forbidden measure that an indicator or title speaks of (the first in the alphabet), or nothing."""
    words = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold())
    return next((measure for measure in sorted(_PATTERNS) if _PATTERNS[measure].search(words)), "")


def check_refusals(plan: Plan, catalogue: Catalogue, tree: Tree) -> Iterator[Finding]:
    """Targets on what nobody may promise, and titles that speak of what is never held."""
    for target in plan.targets:
        component = tree.components.get(target.component)
        texts = (target.indicator, *target.titles, *(component.titles if component else ()))
        measure = next(filter(None, map(measured_refusal, texts)), "")
        if measure:
            yield found(
                Code.FORBIDDEN_MEASURE, f"{target.place}.indicator", target=target.code, measure=measure
            )
    for place, text in _labels(plan):
        for category in catalogue.never_held(text):
            yield found(Code.NEVER_HELD, place, text=text, category=category)


def _labels(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every label of the plan that says what is counted, split or paid for, with its place."""
    labelled: tuple[Labelled, ...] = (*plan.components, *plan.targets, *plan.sources, *plan.cost_categories)
    for item in labelled:
        yield f"{item.place}.code", item.code
        yield from ((f"{item.place}.titles", title) for title in item.titles)
    for target in plan.targets:
        yield f"{target.place}.indicator", target.indicator
    for organisation in plan.organisations:
        yield from ((f"{organisation.place}.weights.{weight}", weight) for weight in organisation.weights)
