"""Training: study visits and courses."""

from types import MappingProxyType

from sojourn.tracks.base import (
    PEOPLE_TAKING_PART,
    PLACES_OFFERED,
    SESSIONS_HELD,
    Ages,
    Indicator,
    OpeningKind,
    Text,
    Track,
)

TRAINING = Track(
    code="training",
    titles=Text("Training", "培训"),
    outcome="offers",
    indicators=(
        PLACES_OFFERED,
        PEOPLE_TAKING_PART,
        SESSIONS_HELD,
        Indicator(
            "courses_held",
            Text("Courses held", "举办的课程数"),
            "courses",
            Text(
                "Courses with at least one session whose attendance has been confirmed.",
                "至少有一场出席情况已确认的课程。",
            ),
        ),
    ),
    openings=(
        OpeningKind("study_visit", Text("Study visit", "考察学习")),
        OpeningKind("course", Text("Course", "课程")),
    ),
    ages=Ages(16, 45),
    rules=MappingProxyType({"choices_at_most": 5, "group_at_most": 1, "answer_days": 7}),
    reserve_criteria=("region", "institution", "first_time"),
)
