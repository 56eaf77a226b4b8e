"""The columns of a sheet of organisations."""

from django.utils.translation import gettext_lazy as _

from sojourn.sheets.columns import Choice, Column, Identifier, Text, Whole

COLUMNS = (
    Column(
        "code",
        _("Number in the register"),
        Identifier(),
        synonyms=(
            "urn",
            "id",
            "institution code",
            "institutional code",
            "school id",
            "学校代码",
            "机构代码",
            "编号",
            "代码",
            "学校标识码",
        ),
        help=_("What the register calls it; leading zeros stay. Empty: it is known by its name and town."),
        examples=("103120", "00042"),
    ),
    Column(
        "kind",
        _("Kind"),
        Choice(
            {
                "school": _("School"),
                "university": _("University"),
                "employer": _("Employer"),
                "training_centre": _("Training centre"),
                "local_office": _("Local office"),
            },
            {
                "school": ("primary school", "secondary school", "小学", "中学"),
                "university": ("college", "学院", "高等学校"),
                "employer": ("company", "企业", "公司"),
                "local_office": ("district", "city", "区县", "市", "教育局"),
            },
        ),
        needed=True,
        synonyms=("type", "school type", "类型", "学校类型", "机构类型"),
        help=_("What each row is; one value for all rows will do."),
        examples=("school", "university"),
    ),
    Column(
        "name",
        _("Name"),
        Text(),
        synonyms=(
            "school name",
            "institution",
            "institution name",
            "name of organisation",
            "english name",
            "学校名称",
            "名称",
            "机构名称",
            "英文名称",
        ),
        help=_("The English name, or the only one."),
        examples=("Bordesley Green School", "University of Bath"),
    ),
    Column(
        "name_zh",
        _("Chinese name"),
        Text(),
        synonyms=("name zh", "中文名", "中文校名"),
        examples=("博德斯利绿地学校", "巴斯大学"),
    ),
    Column(
        "office",
        _("Office"),
        Identifier(longest=40),
        synonyms=(
            "region",
            "regional office",
            "office code",
            "parent",
            "所属办公室",
            "上级",
            "地区",
            "办公室",
        ),
        help=_("The code of the office that it belongs to. Empty: your own."),
        examples=("birmingham", "bath"),
        refers=True,
    ),
    Column(
        "level",
        _("Level"),
        Choice(
            {"primary": _("Primary"), "secondary": _("Secondary")},
            {"primary": ("小学阶段",), "secondary": ("中学阶段",)},
        ),
        synonyms=("phase", "学段"),
        help=_("Schools only."),
        examples=("primary", ""),
    ),
    Column(
        "town",
        _("Town"),
        Text(80),
        synonyms=("city", "place", "城市", "市镇", "所在地"),
        examples=("Birmingham", "Bath"),
    ),
    Column(
        "easting",
        _("Easting"),
        Whole(0, 700_000),
        help=_("Whole metres of the British National Grid."),
        examples=(412786, ""),
    ),
    Column("northing", _("Northing"), Whole(0, 1_300_000), examples=(286672, "")),
)
