"""The demonstration's calls: which component, when, for whom, how large. Days count from today."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoCall:
    """One call of the demonstration.

    `opens`, `closes`, `draws` and the first day of each stay in `stays` count days from today, so that the
    site always shows a call that is over, one being answered and one that is open.
    """

    code: str
    component: str
    titles: dict[str, str]
    summaries: dict[str, str]
    opens: int
    closes: int
    draws: int | None
    stays: tuple[int, ...]
    nights: int
    hosts: int
    seats: int
    ages: tuple[int, int]
    households: int
    group: int
    host_kind: str

    @property
    def is_over(self) -> bool:
        """Whether its stays have begun, so that there are sessions to show."""
        return self.stays[0] < 0


CALLS = (
    DemoCall(
        code="school-stays-autumn",
        component="A2",
        titles={"en": "Autumn school stays", "zh": "秋季学校访学"},
        summaries={
            "en": "Five days at a school by the other river: lessons together, an afternoon outdoors, music.",
            "zh": "到另一条河畔的学校生活五天：一起上课，一个下午的户外活动，一个音乐之夜。",
        },
        opens=-82,
        closes=-62,
        draws=-60,
        stays=(-46, -39, -32, -25, -18, -11),
        nights=5,
        hosts=4,
        seats=24,
        ages=(8, 12),
        households=800,
        group=3,
        host_kind="school",
    ),
    DemoCall(
        code="winter-camps",
        component="A3",
        titles={"en": "Winter camps at universities", "zh": "大学冬令营"},
        summaries={
            "en": "A week in laboratories and workshops, guided by students who remember being your age.",
            "zh": "在实验室和工作坊度过一周，由不久前还和你同龄的大学生带领。",
        },
        opens=-40,
        closes=-12,
        draws=-5,
        stays=(45, 52),
        nights=6,
        hosts=6,
        seats=18,
        ages=(13, 17),
        households=400,
        group=2,
        host_kind="university",
    ),
    DemoCall(
        code="spring-study-teams",
        component="A4",
        titles={"en": "Spring study teams", "zh": "春季研学团队"},
        summaries={
            "en": "Teams of students work for ten days on a question that a host region asks.",
            "zh": "学生团队用十天时间研究接待地区提出的一个问题。",
        },
        opens=-20,
        closes=16,
        draws=None,
        stays=(110, 124),
        nights=10,
        hosts=5,
        seats=12,
        ages=(18, 26),
        households=340,
        group=4,
        host_kind="university",
    ),
    DemoCall(
        code="school-stays-spring",
        component="A2",
        titles={"en": "Spring school stays", "zh": "春季学校访学"},
        summaries={
            "en": "Five days at a school by the other river, when the fields are green again.",
            "zh": "万物返青的时节，到另一条河畔的学校生活五天。",
        },
        opens=-8,
        closes=24,
        draws=None,
        stays=(120, 127, 134),
        nights=5,
        hosts=4,
        seats=24,
        ages=(8, 12),
        households=110,
        group=3,
        host_kind="school",
    ),
)
