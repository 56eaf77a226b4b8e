"""Why a file cannot be read as a plan."""

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
