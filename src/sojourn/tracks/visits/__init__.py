"""Visits: school stays, camps and study teams of groups that travel together."""

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
from sojourn.tracks.visits.eligibility import REASONS, Traveller, VisitRules, why_not
from sojourn.tracks.visits.reserves import CRITERIA, Entry, Reserve, holds_reserve

__all__ = [
    "CRITERIA",
    "REASONS",
    "VISITS",
    "Entry",
    "Reserve",
    "Traveller",
    "VisitRules",
    "holds_reserve",
    "why_not",
]

VISITS = Track(
    code="visits",
    titles=Text("Visits and camps", "访学与营地"),
    outcome="offers",
    indicators=(
        PLACES_OFFERED,
        PEOPLE_TAKING_PART,
        SESSIONS_HELD,
        Indicator(
            "visits_held",
            Text("Visits held", "成行的访学次数"),
            "sessions",
            Text(
                "Groups that arrived at their host, counted once each.",
                "已抵达接待方的团组，每团计一次。",
            ),
        ),
        Indicator(
            "days_of_stay",
            Text("Days of stay", "停留人日数"),
            "days",
            Text(
                "People present, added up over the days of each visit.",
                "每次访学期间每日在场人数之和。",
            ),
        ),
        Indicator(
            "hosts_taking_part",
            Text("Hosts taking part", "参与接待的机构数"),
            "organisations",
            Text(
                "Distinct organisations that held a session of a visit.",
                "举办过访学活动的机构，每家计一次。",
            ),
        ),
    ),
    openings=(
        OpeningKind("school_stay", Text("School stay", "学校访学")),
        OpeningKind("camp_week", Text("Camp week", "营地周")),
        OpeningKind("study_team", Text("Study team", "研学团队")),
    ),
    ages=Ages(6, 30),
    rules=MappingProxyType(
        {"group_at_least": 1, "group_at_most": 45, "choices_at_most": 5, "answer_days": 7}
    ),
    reserve_criteria=tuple(CRITERIA),
)
