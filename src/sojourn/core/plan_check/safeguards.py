"""Bounds that no plan may leave, and ages that a track is made for."""

from collections.abc import Iterator

from sojourn.core.plan_check.findings import Code, Finding, Told, found
from sojourn.core.plan_check.model import Catalogue, Plan


def check_safeguards(plan: Plan, catalogue: Catalogue) -> Iterator[Finding]:
    """Settings beyond their bounds, and components for ages outside their track's."""
    for setting in plan.settings:
        if setting.least is not None and setting.value < setting.least:
            yield found(Code.BELOW_BOUND, setting.place, value=setting.value, least=setting.least)
        if setting.most is not None and setting.value > setting.most:
            yield found(Code.ABOVE_BOUND, setting.place, value=setting.value, most=setting.most)
    for component in plan.components:
        track = catalogue.tracks.get(component.track or "")
        if component.ages is None:
            continue
        youngest, oldest = component.ages
        lowest, highest = track.ages if track else component.ages
        if youngest > oldest or youngest < lowest or oldest > highest:
            ages: Told = {"youngest": youngest, "oldest": oldest, "lowest": lowest, "highest": highest}
            yield found(Code.AGES_OUTSIDE_TRACK, f"{component.place}.ages", code=component.code, **ages)
