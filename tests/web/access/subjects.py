"""Who asks: one account for each role, and the ones whose right has run out.

This table is written by hand, beside the one in the code, so that each checks the other.
"""

from dataclasses import dataclass

from sojourn.registry.models import Membership
from sojourn.web.access import Audience

Role = Membership.Role

AUDIENCES: dict[Role, frozenset[Audience]] = {
    Role.PROGRAMME_OFFICE: frozenset({Audience.OFFICE, Audience.PROGRAMME_OFFICE}),
    Role.REGIONAL_OFFICE: frozenset({Audience.OFFICE}),
    Role.INSTITUTION: frozenset({Audience.INSTITUTION}),
    Role.LEADER: frozenset({Audience.INSTITUTION}),
    Role.HOST: frozenset({Audience.INSTITUTION}),
    Role.SAFEGUARDING_LEAD: frozenset({Audience.SAFEGUARDING}),
    Role.AUDITOR: frozenset({Audience.AUDITOR}),
}
"""Which pages a post opens, besides those that are open to all."""

HOMES = {Role.PROGRAMME_OFFICE: "root", Role.REGIONAL_OFFICE: "north", Role.AUDITOR: "root"}
"""Where in the tree the post of each role is held; every other one in the school."""


@dataclass(frozen=True)
class Subject:
    """Somebody who asks: `home` is the organisation of the post, `person` the key of the own person, `circle`
    the keys of the people acted for.
    """

    name: str
    audiences: frozenset[Audience]
    role: str = ""
    home: str = ""
    person: str = ""
    circle: frozenset[str] = frozenset()
    is_logged_in: bool = True
    has_ended: bool = False  # the post ended yesterday
    is_closed: bool = False  # the account


def _posts() -> list[Subject]:
    return [
        Subject(role.value, AUDIENCES[role] | {Audience.PUBLIC}, role.value, HOMES.get(role, "school"))
        for role in Role
    ]


OPEN_TO_ALL = frozenset({Audience.PUBLIC})
OPEN_TO_PEOPLE = frozenset({Audience.PUBLIC, Audience.PARTICIPANT})

SUBJECTS = {
    subject.name: subject
    for subject in [
        Subject("stranger", OPEN_TO_ALL, is_logged_in=False),
        *_posts(),
        Subject("participant", OPEN_TO_PEOPLE, person="student", circle=frozenset({"student"})),
        Subject("minor", OPEN_TO_PEOPLE, person="ward", circle=frozenset({"ward"})),
        Subject("guardian", OPEN_TO_PEOPLE, person="mother", circle=frozenset({"mother", "ward"})),
        Subject("guardian_of_one_of_age", OPEN_TO_PEOPLE, person="former", circle=frozenset({"former"})),
        Subject("guardian_no_more", OPEN_TO_PEOPLE, person="divorced", circle=frozenset({"divorced"})),
        Subject("without_post", OPEN_TO_ALL),
        Subject("post_ended", OPEN_TO_ALL, Role.INSTITUTION.value, "school", has_ended=True),
        Subject("closed", OPEN_TO_ALL, Role.INSTITUTION.value, "school", is_logged_in=False, is_closed=True),
    ]
}
