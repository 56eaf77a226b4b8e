"""The printed words of a bulletin in both languages; the template holds none."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "zh"]

WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "bulletin": "Bulletin",
        "number": "No. {code} · Edition {edition}",
        "period": "{first} to {last}",
        "drawn_up": "Drawn up on {day} from plan version {plan}",
        "targets": "Targets and what was reached",
        "targets_note": "Reached: from the first day of the target’s period to the end of this bulletin’s.",
        "component": "Component",
        "measure": "Measure",
        "target": "Target",
        "actual": "Reached",
        "share": "Share",
        "total": "in all",
        "floor_per_period": "at least, {first} to {last}",
        "cumulative": "by {last}",
        "people": "{title} by region",
        "people_short": "By region",
        "people_note": "{period}: those who began to take part. Regions without anybody are left out.",
        "region": "Region",
        "all_regions": "All regions",
        "nobody": "Nobody began to take part in this period.",
        "activities": "Places and activities",
        "activities_note": "{period}. These count places and events, not people: no small count is hidden.",
        "nothing": "Nothing was offered or held in this period.",
        "definitions": "What is counted",
        "definition": "{title}, definition {version}.",
        "hidden": "[c]  Hidden, because a count of people below {threshold} is here or could be worked out "
        "with it, from this bulletin or together with earlier ones. Zero is always printed.",
        "not_computed": "…  Not computed yet by this version of the software.",
        "changed_rules": "Rules changed from their defaults",
        "changed_rule": "{rule}: {value} (default {default})",
        "no_changed_rules": "Every rule of the programme stands at its default.",
        "corrects": "Corrects edition {edition}",
        "was": "{place}: {before}, now {after}",
        "verify": "How to check this bulletin",
        "verify_note": "The figures are a document in canonical JSON (RFC 8785), published beside this page. "
        "Its SHA-256 is printed below; any tool that computes SHA-256 shows whether a single character was "
        "changed. Each printed figure carries in it the hash of the records that were counted.",
        "page": "Page {page} of {pages}",
    },
    "zh": {
        "bulletin": "公报",
        "number": "{code} · 第 {edition} 版",
        "period": "{first}至{last}",
        "drawn_up": "编制日期：{day}；依据计划第 {plan} 版",
        "targets": "目标与完成情况",
        "targets_note": "完成数：自目标期首日起，至本公报所涉时期末止。",
        "component": "项目",
        "measure": "指标",
        "target": "目标",
        "actual": "完成",
        "share": "完成率",
        "total": "总计",
        "floor_per_period": "至少，{first}至{last}",
        "cumulative": "截至{last}",
        "people": "各地区{title}",
        "people_short": "各地区",
        "people_note": "{period}开始参与者。无人参加的地区未列出。",
        "region": "地区",
        "all_regions": "全部地区",
        "nobody": "本期无人开始参加。",
        "activities": "名额与活动",
        "activities_note": "{period}。此表统计名额和活动而非个人，小数目无需隐去。",
        "nothing": "本期未提供名额，也未举办活动。",
        "definitions": "指标说明",
        "definition": "{title}（定义第 {version} 版）：",
        "hidden": "[c]  已隐去：此处人数少于 {threshold}，"
        "或凭此数可结合本期或往期公报推算出少于 {threshold} 的人数。零一律公布。",
        "not_computed": "…  本版软件尚不计算该指标。",
        "changed_rules": "与默认值不同的规则",
        "changed_rule": "{rule}：{value}（默认 {default}）",
        "no_changed_rules": "项目各项规则均为默认值。",
        "corrects": "更正第 {edition} 版",
        "was": "{place}：原为 {before}，现为 {after}",
        "verify": "如何核对本公报",
        "verify_note": "公报数据为规范化 JSON 文件（RFC 8785），与本页一同发布。其 SHA-256 值见下；"
        "用任何 SHA-256 工具即可查验是否有一个字符被改动。文件中每个公布的数字均附有所计记录的哈希值。",
        "page": "第 {page} 页，共 {pages} 页",
    },
}

RULES: Mapping[str, Mapping[str, str]] = {
    "answer_days": {"en": "Days to answer an offer", "zh": "答复录取的天数"},
    "small_cell_public": {"en": "Smallest count of people in public", "zh": "对外公布的最小人数"},
    "small_cell_office": {"en": "Smallest count of people for offices", "zh": "办公室可见的最小人数"},
    "age_gap_years": {"en": "Age gap within a pair, in years", "zh": "结对年龄差（岁）"},
    "consent_months": {"en": "Months that a consent lasts", "zh": "同意书有效月数"},
    "unselected_retention_days": {
        "en": "Days that unselected applications are kept",
        "zh": "未录取申请的保存天数",
    },
    "adults_per_session": {
        "en": "Vetted adults at a session with minors",
        "zh": "有未成年人的活动须有的审查合格成年人",
    },
    "ratios": {"en": "Adults per minors by age", "zh": "各年龄段成年人与未成年人比例"},
}

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def printed_day(day: dt.date, language: Language) -> str:
    """A day as it is written: 1 September 2026, 2026年9月1日."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
