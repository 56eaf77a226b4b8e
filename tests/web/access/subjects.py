"""Who asks: one account for each role, and the ones whose right has run out.

This table is written by hand, beside the one in the code, so that each checks the other.
"""

from dataclasses import dataclass

from sojourn.registry.models import Membership
from sojourn.web.access import Audience

Role = Membership.Role

AUDIENCES: dict[Role, frozenset[Audience]] = {
    Role.PROGRAMME_OFFICE: frozenset(
        {Audience.OFFICE, Audience.PROGRAMME_OFFICE, Audience.INVITING, Audience.LEADING}
    ),
    Role.REGIONAL_OFFICE: frozenset({Audience.OFFICE, Audience.INVITING, Audience.LEADING}),
    Role.INSTITUTION: frozenset({Audience.INSTITUTION, Audience.INVITING, Audience.LEADING}),
    Role.LEADER: frozenset({Audience.INSTITUTION}),
    Role.HOST: frozenset({Audience.INSTITUTION}),
    Role.SAFEGUARDING_LEAD: frozenset({Audience.SAFEGUARDING}),
    Role.AUDITOR: frozenset({Audience.AUDITOR}),
}
"""Which pages a post opens, besides those that are open to all."""

HOMES = {Role.PROGRAMME_OFFICE: "root", Role.REGIONAL_OFFICE: "north", Role.AUDITOR: "root"}
"""Where in the tree the post of each role is held; every other one in the school."""

GIVES: dict[tuple[str, str], frozenset[Role]] = {
    ("programme_office", "own"): frozenset({Role.PROGRAMME_OFFICE, Role.AUDITOR, Role.SAFEGUARDING_LEAD}),
    ("programme_office", "child"): frozenset({Role.REGIONAL_OFFICE}),
    ("regional_office", "own"): frozenset({Role.REGIONAL_OFFICE, Role.SAFEGUARDING_LEAD}),
    ("regional_office", "child"): frozenset({Role.INSTITUTION}),
    ("institution", "own"): frozenset({Role.INSTITUTION, Role.LEADER, Role.HOST, Role.SAFEGUARDING_LEAD}),
}
"""By the role and the relation of the organisation: the posts that are given, and ended, there."""


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
    has_slip: bool = False  # of paper, and no account
    has_ended: bool = False  # the post ended yesterday
    lacks_factor: bool = False  # the second factor was not given in this log-in
    is_closed: bool = False  # the account


LOGGED_IN = frozenset({Audience.PUBLIC, Audience.ACCOUNT})
OPEN_TO_PEOPLE = LOGGED_IN | {Audience.PARTICIPANT}


def _posts() -> list[Subject]:
    return [
        Subject(role.value, AUDIENCES[role] | LOGGED_IN, role.value, HOMES.get(role, "school"))
        for role in Role
    ]


SUBJECTS = {
    subject.name: subject
    for subject in [
        Subject("stranger", frozenset({Audience.PUBLIC}), is_logged_in=False),
        *_posts(),
        Subject("participant", OPEN_TO_PEOPLE, person="student", circle=frozenset({"student"})),
        Subject("minor", OPEN_TO_PEOPLE, person="ward", circle=frozenset({"ward"})),
        Subject(
            "child_with_slip",
            frozenset({Audience.PUBLIC, Audience.CHILD}),
            person="ward",
            circle=frozenset({"ward"}),
            has_slip=True,
        ),
        Subject("guardian", OPEN_TO_PEOPLE, person="mother", circle=frozenset({"mother", "ward"})),
        Subject("guardian_of_one_of_age", OPEN_TO_PEOPLE, person="former", circle=frozenset({"former"})),
        Subject("guardian_no_more", OPEN_TO_PEOPLE, person="divorced", circle=frozenset({"divorced"})),
        Subject("without_post", LOGGED_IN),
        Subject(
            "without_second_factor",
            LOGGED_IN | AUDIENCES[Role.INSTITUTION],
            Role.INSTITUTION.value,
            "school",
            lacks_factor=True,
        ),
        Subject("post_ended", LOGGED_IN, Role.INSTITUTION.value, "school", has_ended=True),
        Subject(
            "closed",
            frozenset({Audience.PUBLIC}),
            Role.INSTITUTION.value,
            "school",
            is_logged_in=False,
            is_closed=True,
        ),
    ]
}
