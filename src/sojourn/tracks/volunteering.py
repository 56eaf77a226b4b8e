"""Volunteering: terms of service in posts that hosts publish."""

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

VOLUNTEERING = Track(
    code="volunteering",
    titles=Text("Volunteering", "志愿服务"),
    outcome="offers",
    indicators=(
        PLACES_OFFERED,
        PEOPLE_TAKING_PART,
        SESSIONS_HELD,
        Indicator(
            "service_days",
            Text("Days of service", "服务天数"),
            "days",
            Text(
                "Days of assignments, from the first to the last day on which the volunteer was there.",
                "志愿岗位自到岗首日至离岗当日的天数。",
            ),
        ),
    ),
    openings=(
        OpeningKind("long_term", Text("Long-term post", "长期岗位")),
        OpeningKind("short_term", Text("Short-term post", "短期岗位")),
    ),
    ages=Ages(18, 35),
    rules=MappingProxyType({"choices_at_most": 15, "group_at_most": 1, "answer_days": 7}),
    reserve_criteria=("region", "institution", "first_time"),
)
