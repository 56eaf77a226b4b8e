"""A group as somebody with its code reads it before joining: what it chose, not who is in it."""

from dataclasses import dataclass

from sojourn.participation.models import Group
from sojourn.participation.queries.applicants.lines import OpeningLine, Texts, opening_line


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The call and the ranked choices of a group, and for how many it has room left."""

    call_code: str
    titles: Texts
    component: Texts
    size: int
    room: int
    choices: tuple[OpeningLine, ...]


def group_with(code: str) -> Group | None:
    """The group whose code was typed, in whatever case and with blanks or hyphens."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    rows = Group.objects.select_related("call__component", "application")
    return rows.filter(join_code=plain).first() if plain else None


def group_page(group: Group) -> GroupPage:
    """What the group applies for, counted and named without its people."""
    size = group.application.members.count()
    choices = group.application.preferences.select_related("opening__host").order_by("rank")
    return GroupPage(
        call_code=group.call.code,
        titles=group.call.titles,
        component=group.call.component.titles,
        size=size,
        room=max(0, group.call.maximum_group - size),
        choices=tuple(opening_line(row.opening) for row in choices),
    )
