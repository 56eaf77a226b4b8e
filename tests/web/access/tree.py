"""The organisations and the people of the world that is walked, and how they stand to one another."""

from sojourn.registry.models import Organisation
from web.access.subjects import Role, Subject

Kind = Organisation.Kind
ORGANISATIONS = {
    "root": (Kind.COORDINATING_OFFICE, None),
    "north": (Kind.REGIONAL_OFFICE, "root"),
    "south": (Kind.REGIONAL_OFFICE, "root"),
    "school": (Kind.SCHOOL, "north"),
    "other": (Kind.SCHOOL, "north"),
    "branch": (Kind.SCHOOL, "school"),
    "far": (Kind.SCHOOL, "south"),
}
"""Each with the one above it."""

OFFICE_POSTS = (Role.REGIONAL_OFFICE, Role.SAFEGUARDING_LEAD)
POSTS = {
    Kind.COORDINATING_OFFICE: (Role.PROGRAMME_OFFICE, Role.AUDITOR, Role.SAFEGUARDING_LEAD),
    Kind.REGIONAL_OFFICE: OFFICE_POSTS,
    Kind.SCHOOL: (Role.INSTITUTION, Role.LEADER, Role.HOST, Role.SAFEGUARDING_LEAD),
}
"""The posts that there are in each kind of organisation."""

PEOPLE = {
    "student": 20,
    "former": 50,  # was the student's guardian, while there was need of one
    "mother": 40,
    "ward": 15,  # hers
    "divorced": 41,  # was a guardian of the ward until last year
    "keeper": 42,  # guardian of all the minors but the ward
    "fellow": 15,  # stays together with the ward, on one ticket
    "mate": 15,  # of the same school
    "outsider": 15,  # of a school in another region
}
"""Each with the age."""

FELLOWS = {"ward": ("ward", "fellow")}
"""Whose application covers others too."""


def above(organisation: str) -> list[str]:
    """The organisations above one, the nearest first."""
    parent = ORGANISATIONS[organisation][1]
    return [] if parent is None else [parent, *above(parent)]


def relation(subject: Subject, owner: str) -> str:
    """How an organisation or a person stands to somebody who asks: own, child, sibling and so on."""
    if owner in PEOPLE:
        return _kinship(subject, owner)
    if not subject.home or (subject.has_ended and owner != subject.home):
        return "foreign"
    if subject.has_ended:
        return "own no more"
    if owner == subject.home:
        return "own"
    if owner in above(subject.home):
        return "parent"
    if subject.home in above(owner):
        return "child" if above(owner)[0] == subject.home else "grandchild"
    return "sibling" if above(owner)[:1] == above(subject.home)[:1] else "foreign"


KINSHIP = {
    ("mother", "ward"): "child",
    ("ward", "mother"): "parent",
    ("ward", "fellow"): "sibling",
    ("ward", "mate"): "sibling",
    ("student", "former"): "parent",
    ("former", "student"): "grown child",
    ("divorced", "ward"): "former child",
}


def _kinship(subject: Subject, owner: str) -> str:
    return "own" if owner == subject.person else KINSHIP.get((subject.person, owner), "foreign")
