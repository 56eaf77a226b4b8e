"""Placements: jobs, internships and secondments.

How many stay on after their service is asked once, is answered freely, and is deliberately no indicator.
"""

from types import MappingProxyType

from sojourn.tracks.base import (
    PEOPLE_TAKING_PART,
    PLACES_OFFERED,
    Ages,
    Indicator,
    OpeningKind,
    Text,
    Track,
)

PLACEMENTS = Track(
    code="placements",
    titles=Text("Placements", "就业与实习"),
    outcome="offers",
    indicators=(
        PLACES_OFFERED,
        PEOPLE_TAKING_PART,
        Indicator(
            "hosts_offering",
            Text("Organisations that offer places", "提供名额的机构数"),
            "organisations",
            Text(
                "Distinct employers and institutions with a published opening.",
                "有已发布招募项目的用人单位和机构，每家计一次。",
            ),
        ),
    ),
    openings=(
        OpeningKind("job", Text("Job", "工作岗位")),
        OpeningKind("internship", Text("Internship", "实习")),
        OpeningKind("secondment", Text("Secondment between paired institutions", "结对机构间借调")),
    ),
    ages=Ages(16, 40),
    rules=MappingProxyType({"choices_at_most": 15, "group_at_most": 1, "answer_days": 7}),
    reserve_criteria=("region", "institution", "first_time"),
)
