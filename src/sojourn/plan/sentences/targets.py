"""Contradictions in the structure and the targets of a plan."""

STRUCTURE: dict[str, tuple[str, str]] = {
    "P101": (
        "The code “{code}” names {times} things of one kind ({what}). Give each its own.",
        "代码“{code}”重复用于 {times} 个{what}。请使用不同代码。",
    ),
    "P102": (
        "There is no {what} with the code “{code}”.",
        "没有代码为“{code}”的{what}。",
    ),
    "P103": (
        "“{code}” is, over some steps, its own parent: {circle}.",
        "“{code}”的上级构成循环：{circle}。",
    ),
    "P104": (
        "Nobody is responsible for {code}: neither it nor a component above names an organisation.",
        "{code} 没有负责机构：它自身及上级项目均未指定。",
    ),
    "P105": (
        "No track carries out {code}. Name one.",
        "{code} 没有对应的业务类型。请指定。",
    ),
    "P106": (
        "“{code}” is a {is_kind}; here a {kind} is needed.",
        "“{code}”是{is_kind}，此处需要{kind}。",
    ),
    "P107": (
        "The programme ends ({end}) before it has begun ({start}). The end is the first day after it.",
        "计划的结束日（{end}）不晚于开始日（{start}）。结束日是计划期后的第一天。",
    ),
    "P108": (
        "The plan has no component.",
        "计划没有任何项目。",
    ),
}

TARGETS: dict[str, tuple[str, str]] = {
    "P201": (
        (
            "{component}: the floors of {periods} periods add up to {floors}, which is {difference} "
            "short of the total {total}. The floors do not guarantee the total; say when the rest is "
            "due, or raise them."
        ),
        (
            "{component}：{periods} 个周期的下限合计 {floors}，比总目标 {total} 少 {difference}。仅达到下"
            "限不能保证总目标；请说明其余何时完成，或提高下限。"
        ),
    ),
    "P202": (
        (
            "{component}: the floors of {periods} periods add up to {floors}, which is {difference} "
            "more than the total {total}. Lower the floors or raise the total."
        ),
        (
            "{component}：{periods} 个周期的下限合计 {floors}，比总目标 {total} 多 {difference}。请降低下"
            "限或提高总目标。"
        ),
    ),
    "P203": (
        (
            "{component}: the components below promise {children} of {indicator}, it promises {total}. "
            "Make them agree."
        ),
        "{component}：下级项目的 {indicator} 合计 {children}，本级为 {total}。请使两者一致。",
    ),
    "P204": (
        "The target runs from {start} to {end}, the programme only from {from_date} to {to_date}.",
        "目标期为 {start} 至 {end}，超出计划期 {from_date} 至 {to_date}。",
    ),
    "P205": (
        "The target ends ({end}) before it has begun ({start}). The end is the first day after it.",
        "目标的结束日（{end}）不晚于开始日（{start}）。结束日是目标期后的第一天。",
    ),
    "P206": (
        "The time from {start} to {end} is no whole number of periods (every {every}).",
        "{start} 至 {end} 不能整分为若干周期（每{every}）。",
    ),
    "P207": (
        "{component} cannot be measured by “{indicator}”: its tracks ({tracks}) compute {offered}.",
        "{component} 不能用“{indicator}”衡量：其业务类型（{tracks}）可计算 {offered}。",
    ),
    "P208": (
        "The amount {amount} is negative.",
        "数量 {amount} 为负数。",
    ),
    "P209": (
        "The amount {amount} is not a whole number.",
        "数量 {amount} 不是整数。",
    ),
    "P210": (
        "The amount {amount} cannot be used; the largest is {largest}.",
        "数量 {amount} 无法使用；上限为 {largest}。",
    ),
    "P211": (
        (
            "The same target ({component}, {indicator}, {kind}, same period) is stated {times} times. "
            "Keep one."
        ),
        "同一目标（{component}，{indicator}，{kind}，同一时期）出现 {times} 次。请保留一个。",
    ),
    "P212": (
        "{component}: {later} is due after {earlier} of {indicator} were due. Reached numbers only grow.",
        "{component}：{indicator} 的后期累计目标 {later} 低于前期的 {earlier}。累计数只增不减。",
    ),
    "P213": (
        "{component}: the milestone {milestone} of {indicator} contradicts the total {total}.",
        "{component}：{indicator} 的累计目标 {milestone} 与总目标 {total} 矛盾。",
    ),
    "P214": (
        (
            "{component}: the totals of shorter periods add up to {parts} of {indicator}, the whole "
            "says {total}."
        ),
        "{component}：{indicator} 各分期目标合计 {parts}，总目标为 {total}。",
    ),
    "P215": (
        (
            "{component}: this floor of {indicator} overlaps the floor “{other}”. Let periods meet, "
            "not overlap."
        ),
        "{component}：{indicator} 的此下限与“{other}”时间重叠。各期应首尾相接。",
    ),
}
