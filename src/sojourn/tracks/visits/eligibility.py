"""Who may apply to a visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sojourn.tracks.base import Ages, Text

REASONS: Mapping[str, Text] = MappingProxyType(
    {
        "nobody": Text("The application names no traveller.", "申请中没有列出出行人。"),
        "too_young": Text(
            "A traveller is younger than {youngest} on the first day of the visit.",
            "有出行人在访学首日未满 {youngest} 岁。",
        ),
        "too_old": Text(
            "A traveller is older than {oldest} on the first day of the visit.",
            "有出行人在访学首日已超过 {oldest} 岁。",
        ),
        "group_too_small": Text(
            "The group has {size} travellers; at least {at_least} have to go together.",
            "团组有 {size} 名出行人，至少需要 {at_least} 名同行。",
        ),
        "group_too_large": Text(
            "The group has {size} travellers; at most {at_most} can go together.",
            "团组有 {size} 名出行人，最多 {at_most} 名同行。",
        ),
        "own_region": Text("The visit is in a traveller's own region.", "访学地点就在出行人所在地区。"),
    }
)
"""Why an application cannot enter a call, by stable code; the words are shown to the applicant."""


@dataclass(frozen=True, slots=True)
class VisitRules:
    """The published rules of one opening; they are part of the call and never change once it is open.

    `ages` count in completed years on the first day of the visit. A person who travels alone is a group of
    one.
    """

    ages: Ages
    group_at_least: int = 1
    group_at_most: int = 45
    other_region_only: bool = True


@dataclass(frozen=True, slots=True)
class Traveller:
    """What the rules need to know of one person: the age on the first day of the visit, and the region."""

    age: int
    region: str


def why_not(rules: VisitRules, travellers: Sequence[Traveller], host_region: str) -> tuple[str, ...]:
    """Give the reasons for which a group may not apply; none when it may.

    Args:
        rules: The published rules of the opening.
        travellers: Everyone of the application; accompanying adults are staff and not among them.
        host_region: The code of the region where the visit takes place.

    Returns:
        Codes of `REASONS`, each at most once, in the order of that table. Nothing else about the travellers
        is read, and above all not whether they ever refused or left a visit.
    """
    size = len(travellers)
    from_there = any(traveller.region == host_region for traveller in travellers)
    holds = {
        "nobody": size == 0,
        "too_young": any(traveller.age < rules.ages.youngest for traveller in travellers),
        "too_old": any(traveller.age > rules.ages.oldest for traveller in travellers),
        "group_too_small": 0 < size < rules.group_at_least,
        "group_too_large": size > rules.group_at_most,
        "own_region": rules.other_region_only and from_there,
    }
    return tuple(code for code in REASONS if holds[code])
