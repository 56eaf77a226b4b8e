"""What each indicator counts, in words. A changed definition gets a new version: old figures keep theirs."""

from dataclasses import dataclass
from enum import StrEnum

from sojourn.tracks import TRACKS
from sojourn.tracks.base import PEOPLE_TAKING_PART, PLACES_OFFERED, SESSIONS_HELD, Indicator, Text
from sojourn.tracks.visits import VISITS


class About(StrEnum):
    """Whom a small count could give away."""

    ACTIVITIES = "activities"  # nobody: published as it is
    PEOPLE = "people"  # a person: small counts are hidden
    STAYS = "stays"  # as people; shown only where the people behind it may be shown


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of an indicator.

    `counted` says in words what one unit is, in which month and region it falls; `record` is the kind of row
    that is counted, by whose ids a figure can be traced.
    """

    indicator: Indicator
    version: int
    counted: Text
    record: str
    about: About

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks whose components offer it."""
        return tuple(track.code for track in TRACKS.values() if self.code in track.indicator_codes)


_OF_VISITS = {indicator.code: indicator for indicator in VISITS.indicators}

_ALL = (
    Definition(
        PLACES_OFFERED,
        1,
        Text(
            "Seats of the openings of published calls that have not been cancelled, in the month of the "
            "opening’s first day and the region of its host.",
            "已发布且未取消的招募中各项目的名额，计入项目首日所在月份和接待机构所在地区。",
        ),
        "opening",
        About.ACTIVITIES,
    ),
    Definition(
        PEOPLE_TAKING_PART,
        1,
        Text(
            "People whose engagement has begun, with a live consent (from age 8 to 17 also the child’s own "
            "yes) on its first day. Each person counts once per component, in the month of the first such "
            "day and the region of the sending organisation; a component that has parts is their sum.",
            "已开始参与、且首日同意书有效的人（8至17岁还须本人同意）。每人在每个项目中只计一次，"
            "计入首次参与所在月份和派出机构所在地区；含分项的项目为各分项之和。",
        ),
        "engagement",
        About.PEOPLE,
    ),
    Definition(
        SESSIONS_HELD,
        1,
        Text(
            "Sessions at which somebody with a live consent on that day was present, in the month of the "
            "session and the region of the host.",
            "当日至少有一名同意书有效者出席的活动场次，计入活动所在月份和接待机构所在地区。",
        ),
        "session",
        About.ACTIVITIES,
    ),
    Definition(
        _OF_VISITS["visits_held"],
        1,
        Text(
            "Openings with at least one session that counts, once each, in the month of the opening’s first "
            "day and the region of the host.",
            "至少举办过一场有效活动的访学项目，每个计一次，计入项目首日所在月份和接待机构所在地区。",
        ),
        "opening",
        About.ACTIVITIES,
    ),
    Definition(
        _OF_VISITS["days_of_stay"],
        1,
        Text(
            "Days on which a person with a live consent on that day was present at a session, each person "
            "and day once, in the month of the day and the region of the sending organisation.",
            "同意书有效者出席活动的人日数，每人每日计一次，计入当日所在月份和派出机构所在地区。",
        ),
        "attendance",
        About.STAYS,
    ),
    Definition(
        _OF_VISITS["hosts_taking_part"],
        1,
        Text(
            "Organisations that held a session that counts, once per component, in the month of the first "
            "such session and the region of the host.",
            "举办过有效活动的机构，每个项目中每家计一次，计入首场此类活动所在月份和机构所在地区。",
        ),
        "session",
        About.ACTIVITIES,
    ),
)

DEFINITIONS: dict[str, Definition] = {definition.code: definition for definition in _ALL}
"""The definitions in force, by the indicator's code, in the order in which they are printed."""
