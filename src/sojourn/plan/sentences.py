"""The sentence of every finding, by stable code: English, Chinese. Values stand in braces."""

from collections.abc import Mapping
from types import MappingProxyType

READING: dict[str, tuple[str, str]] = {
    "P001": (
        "The file {name} cannot be read: {reason}. Check the path and the permissions.",
        "无法读取文件 {name}：{reason}。请检查路径和权限。",
    ),
    "P002": (
        "This is not TOML: {reason}. Mend that place.",
        "文件不是有效的 TOML：{reason}。请修正该处。",
    ),
    "P003": (
        "The file is not UTF-8 (byte {byte}, encoding {encoding}). Save it as UTF-8.",
        "文件不是 UTF-8 编码（第 {byte} 字节，编码 {encoding}）。请另存为 UTF-8。",
    ),
    "P004": (
        "The file is empty. Start from the example plan.",
        "文件为空。请从示例计划开始。",
    ),
    "P005": (
        "This is not an XLSX workbook: {reason}. Save it as XLSX without a password.",
        "文件不是 XLSX 工作簿：{reason}。请另存为不加密的 XLSX。",
    ),
    "P006": (
        "{name} is too large; the limit is {largest}. Remove what is not the plan.",
        "{name} 过大，上限为 {largest}。请删除与计划无关的内容。",
    ),
    "P007": (
        "{name} is of an unknown format. Use one of {formats}.",
        "{name} 的格式无法识别。请使用 {formats}。",
    ),
    "P008": (
        "The sheet “{sheet}” is missing. Add it.",
        "缺少工作表“{sheet}”。请添加。",
    ),
    "P009": (
        "The sheet “{sheet}” is unknown. Rename or delete it; known are {known}.",
        "工作表“{sheet}”无法识别。请改名或删除；可用的有 {known}。",
    ),
    "P010": (
        "The sheet “{sheet}” is hidden and was not read. Show it or delete it.",
        "工作表“{sheet}”已隐藏，未读取。请取消隐藏或删除。",
    ),
    "P011": (
        "The header “{header}” stands more than once in sheet “{sheet}”. Keep one.",
        "工作表“{sheet}”中表头“{header}”重复。请保留一列。",
    ),
    "P012": (
        "The sheet “{sheet}” has no header in its first row. Write the column names there.",
        "工作表“{sheet}”首行没有表头。请填写列名。",
    ),
    "P013": (
        "The cell {cell} of sheet “{sheet}” holds a formula. Paste its value instead.",
        "工作表“{sheet}”的单元格 {cell} 含有公式。请粘贴为数值。",
    ),
    "P014": (
        "The cell holds the error {value}. Enter a value.",
        "单元格为错误值 {value}。请填写有效值。",
    ),
    "P015": (
        "The sheet “{sheet}” needs exactly one row below its header, and has {rows}.",
        "工作表“{sheet}”表头下应恰有一行，实有 {rows} 行。",
    ),
    "P020": (
        "The key “{key}” is unknown. Remove it.",
        "键“{key}”无法识别。请删除。",
    ),
    "P021": (
        "The key “{key}” is missing. Add it.",
        "缺少键“{key}”。请添加。",
    ),
    "P022": (
        "“{value}” is not a number that fits here.",
        "“{value}”不是此处可用的数字。",
    ),
    "P023": (
        "“{value}” is text where a number is needed. Type plain digits, unquoted.",
        "“{value}”是文本，此处需要数字。请输入半角数字，不加引号。",
    ),
    "P024": (
        "“{value}” is not a date. Write 2026-09-01, in a workbook as a date cell.",
        "“{value}”不是日期。请写作 2026-09-01，在工作簿中使用日期单元格。",
    ),
    "P025": (
        "“{value}” is not a text, or an empty one. Write a text.",
        "“{value}”不是文本或为空。请填写文本。",
    ),
    "P026": (
        "“{value}” is no code. Codes begin with a letter and go on with up to 39 letters, digits, - or _.",
        "“{value}”不是有效代码。代码以字母开头，其后最多 39 个字母、数字、- 或 _。",
    ),
    "P027": (
        "“{value}” is not possible here. Use {expected}.",
        "“{value}”在此不可用。请使用 {expected}。",
    ),
    "P028": (
        "“{value}” is out of range: {reason}.",
        "“{value}”超出范围：{reason}。",
    ),
    "P029": (
        "“{key}” has to be a table of its own.",
        "“{key}”应为一个表。",
    ),
    "P030": (
        "“{value}” cannot be used: {reason}.",
        "“{value}”无法使用：{reason}。",
    ),
}

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
