"""Contradictions in quotas, money and safeguards, and what is refused."""

QUOTAS: dict[str, tuple[str, str]] = {
    "P301": (
        "{component}: the quotas add up to {quotas}, the target is {total}. Make them agree.",
        "{component}：配额合计 {quotas}，目标为 {total}。请使两者一致。",
    ),
    "P302": (
        (
            "A floor of {floor} for each of {organisations} organisations is {floors}, more than the "
            "target {target} ({total}). Lower the floor."
        ),
        "{organisations} 个机构每家至少 {floor}，合计 {floors}，超过目标 {target}（{total}）。请降低下限。",
    ),
    "P303": (
        (
            "A cap of {cap} for each of {organisations} organisations is {caps}, less than the target "
            "{target} ({total}). Raise the cap."
        ),
        "{organisations} 个机构每家至多 {cap}，合计 {caps}，不足目标 {target}（{total}）。请提高上限。",
    ),
    "P304": (
        "The floor {floor} is above the cap {cap}.",
        "下限 {floor} 高于上限 {cap}。",
    ),
    "P305": (
        (
            "The weight “{weight}” is missing or negative for {count} organisations ({over}: "
            "{organisations}), or 0 for all. Give each organisation of this kind a weight."
        ),
        (
            "权重“{weight}”在 {count} 个机构中缺失或为负（{over}：{organisations}），或全部为 0。请为该类每"
            "个机构填写权重。"
        ),
    ),
    "P306": (
        "{component}: this rule splits nothing: no target of {indicator} is without quotas of its own.",
        "{component}：该规则未用于任何目标：{indicator} 没有需要分配的目标。",
    ),
    "P307": (
        "A floor or cap of {amount} is negative.",
        "下限或上限 {amount} 为负数。",
    ),
    "P308": (
        "{component}: {times} rules split {indicator}. Keep one.",
        "{component}：{indicator} 有 {times} 条分配规则。请保留一条。",
    ),
}

MONEY: dict[str, tuple[str, str]] = {
    "P401": (
        (
            "{component}, {category}: the shares add up to {shares} %, {missing} % are missing. They "
            "have to be 100."
        ),
        "{component}，{category}：分担比例合计 {shares}%，尚差 {missing}%。合计应为 100%。",
    ),
    "P402": (
        "{component}, {category}: nobody bears this cost. Add one rule.",
        "{component}，{category}：该费用无人承担。请添加一条规则。",
    ),
    "P403": (
        "{component}, {category}: {times} rules say who bears this cost. Keep one.",
        "{component}，{category}：该费用有 {times} 条承担规则。请保留一条。",
    ),
    "P404": (
        "The share {share} of {source} is not between 0 and 100 per cent.",
        "{source} 的比例 {share} 不在 0 至 100 之间。",
    ),
    "P405": (
        ("{category} does not arise in {component}. Name the component in the category, or remove the rule."),
        "{component} 不产生 {category} 费用。请在费用类别中列出该项目，或删除此规则。",
    ),
}

LIMITS: dict[str, tuple[str, str]] = {
    "P501": (
        (
            "The target {target} measures {measure}, which nobody may promise. Count places, people "
            "taking part, sessions, pairs, bundles or courses."
        ),
        (
            "目标 {target} 衡量的是“{measure}”，任何人不得为此定指标。请统计名额、参加人数、活动、结对、"
            "信件包或课程。"
        ),
    ),
    "P502": (
        (
            "“{text}” speaks of what is never held about a person ({category}). Choose other words or "
            "leave it out."
        ),
        "“{text}”涉及绝不保存的个人信息（{category}）。请改用其他措辞或删除。",
    ),
    "P601": (
        "{value} is below {least}, the least allowed.",
        "{value} 低于允许的下限 {least}。",
    ),
    "P602": (
        "{value} is above {most}, the most allowed.",
        "{value} 高于允许的上限 {most}。",
    ),
    "P603": (
        (
            "{code}: the ages {youngest} to {oldest} are not within {lowest} to {highest}, or are the "
            "wrong way round."
        ),
        "{code}：年龄 {youngest} 至 {oldest} 岁不在 {lowest} 至 {highest} 岁之内，或前后颠倒。",
    ),
}
