"""The sentence of every finding, by stable code: English, Chinese. Values stand in braces."""

from collections.abc import Mapping
from types import MappingProxyType

from sojourn.plan.sentences.reading import READING
from sojourn.plan.sentences.shares import LIMITS, MONEY, QUOTAS
from sojourn.plan.sentences.targets import STRUCTURE, TARGETS

SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    READING | STRUCTURE | TARGETS | QUOTAS | MONEY | LIMITS
)

NOUNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        word: (word, chinese)
        for word, chinese in {
            "organisation": "机构",
            "component": "项目",
            "target": "目标",
            "track": "业务类型",
            "source": "资金来源",
            "cost category": "费用类别",
            "pair": "结对",
            "coordinating_office": "统筹办公室",
            "regional_office": "地区办公室",
            "receiving_office": "接收地区办公室",
            "year": "年",
            "month": "月",
            "total": "总量",
            "floor_per_period": "每期下限",
            "cumulative": "累计",
            "acceptance": "接受情况",
            "refusal": "拒绝情况",
            "withdrawal": "退出情况",
            "stay-on": "留任情况",
            "named people or households": "具名个人或家庭",
            "views": "观点",
            "ethnicity": "族裔",
            "religion": "宗教信仰",
            "politics": "政治",
            "stand-in": "替代标识",
            "judgement": "对个人的评判",
        }.items()
    }
)
"""Words that stand as values in sentences."""
