"""The declarations of all pages as a page of the manual: who opens what, and which role does what."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.records.roles import VERBS as VERBS_OF
from sojourn.records.roles import Role
from sojourn.web.access import ROLES as POSTS_OF
from sojourn.web.access import Audience
from sojourn.web.operations import SCOPES
from sojourn.web.roles import ROLES
from sojourn.web.scopes import Reach, Scope, Shows
from sojourn.web.verbs import VERBS

AUDIENCES: Mapping[Audience, str | Promise] = {
    Audience.PUBLIC: _("Everybody"),
    Audience.ACCOUNT: _("Whoever is logged in"),
    Audience.CHILD: _("Children with a paper slip"),
    Audience.PARTICIPANT: _("Young people, and guardians of minors"),
    Audience.INSTITUTION: _("Institutions, group leaders and hosts"),
    Audience.OFFICE: _("Programme office and regional offices"),
    Audience.PROGRAMME_OFFICE: _("Programme office alone"),
    Audience.LEADING: _("Offices and leads of institutions, about programs"),
    Audience.INVITING: _("Offices and institutions that give posts"),
    Audience.SAFEGUARDING: _("Safeguarding leads"),
    Audience.AUDITOR: _("Auditors"),
}
REACHES: Mapping[Reach, str | Promise] = {
    Reach.NONE: _("the same for all"),
    Reach.PUBLISHED: _("whatever is published"),
    Reach.PROGRAMME: _("the programme as a whole"),
    Reach.OWN: _("of one’s own organisation, and of no other"),
    Reach.BELOW: _("of one’s own organisation and of those below it"),
    Reach.FAMILY: _("of oneself and of the minors in one’s care"),
    Reach.WARDS: _("of the minors in one’s care"),
    Reach.LOG_IN: _("one’s own log-in"),
    Reach.LINK: _("what the link opens, for whoever has it"),
    Reach.GIVEN: _("the posts that one gives"),
    Reach.DEMONSTRATION: _("invented people; nothing on a real site"),
}
SHOWN: Mapping[Shows, str | Promise] = {
    Shows.TEXTS: _("no people, no counts"),
    Shows.COUNTS: _("counts only"),
    Shows.POSTS: _("who holds which post"),
    Shows.PEOPLE: _("people by name"),
    Shows.REPORT: _("what was reported, for one look"),
    Shows.ONESELF: _("oneself and one’s own minors"),
}


def access_page() -> str:
    """The page in the current language, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f"# {_('Who may open what')}"
    yield ""
    yield str(
        _(
            "This page is printed from what each page of the site declares of itself, by `sojourn access`; "
            "nobody writes it. A test asks for every page, as every role, for things of one’s own and of "
            "others, and fails where a page opens more or less than it declares. Whatever a page does not "
            "open answers as if it did not exist."
        )
    )
    for audience, label in AUDIENCES.items():
        pages = [(name, scope) for name, scope in SCOPES.items() if scope.audience is audience]
        if pages:
            yield from _section(str(label), pages)
    yield from ("", f"## {_('What each role may do')}", "")
    yield str(_("Whoever has no row for an act is told nothing, as if what it is about did not exist."))
    heads = (_("role"), _("what for"), _("pages"), _("acts"))
    yield from ("", *_table(heads, _role_rows()))


def _section(label: str, pages: Iterable[tuple[str, Scope]]) -> Iterator[str]:
    yield from ("", f"## {label}", "")
    rows = [(scope.does, REACHES[scope.reach], SHOWN[scope.shows], f"`{name}`") for name, scope in pages]
    yield from _table([_("what one does there"), _("which"), _("how near to people"), _("page")], rows)


def _role_rows() -> Iterator[tuple[str | Promise, ...]]:
    for role, words in ROLES.items():
        opened = [str(label) for audience, label in AUDIENCES.items() if _opens(Role(role), audience)]
        acts = [str(VERBS[verb]) for verb in sorted(VERBS_OF[Role(role)])]
        yield words.label, words.purpose, "; ".join(opened) or "–", "; ".join(acts) or "–"


def _opens(role: Role, audience: Audience) -> bool:
    if audience is Audience.PUBLIC:
        return role is not Role.SYSTEM
    if audience is Audience.ACCOUNT:
        return role not in {Role.SYSTEM, Role.PUBLIC, Role.CHILD}
    if audience is Audience.CHILD:
        return role is Role.CHILD
    if audience is Audience.PARTICIPANT:
        return role in {Role.PARTICIPANT, Role.GUARDIAN}
    return role.value in {post.value for post in POSTS_OF.get(audience, ())}


def _table(heads: Iterable[str | Promise], rows: Iterable[Iterable[str | Promise]]) -> Iterator[str]:
    titles = [str(head) for head in heads]
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
