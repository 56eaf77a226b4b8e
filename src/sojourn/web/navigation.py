"""The menus of a request: the public pages for all, and the pages of each audience one belongs to."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from sojourn.records.actor import Actor
from sojourn.web.access import Audience, belongs_to
from sojourn.web.actors import actor_of
from sojourn.web.auditor.menu import SECTION as AUDITOR
from sojourn.web.institution.menu import SECTION as INSTITUTION
from sojourn.web.menu import Entry, Section
from sojourn.web.office.menu import SECTION as OFFICE
from sojourn.web.participant.menu import SECTION as PARTICIPANT
from sojourn.web.public.menu import SECTION as PUBLIC
from sojourn.web.safeguarding.menu import SECTION as SAFEGUARDING

PRIVATE_SECTIONS = (OFFICE, SAFEGUARDING, INSTITUTION, AUDITOR, PARTICIPANT)


@dataclass(frozen=True, slots=True)
class Link:
    """A menu entry as it stands on the page."""

    label: str | Promise
    href: str
    icon: str
    is_current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Menus:
    """The main menu, the doors to one's own sections, and the menu of the section that one is in."""

    public: tuple[Link, ...]
    sections: tuple[Link, ...]
    inside: tuple[Link, ...]
    inside_label: str | Promise


def menus(request: HttpRequest) -> Menus:
    """The menus of this request."""
    actor = actor_of(request)
    match = request.resolver_match
    namespace = match.namespace if match else ""
    own = sections_of(actor)
    view = match.view_name if match else ""
    current = next(
        (section for section in own if section.namespace == namespace or section.leads_to(view)), None
    )
    return Menus(
        public=_links(PUBLIC, request.path, actor),
        sections=tuple(
            Link(section.label, _home(section), section.icon, section is current, _waiting(section, actor))
            for section in own
        ),
        inside=_links(current, request.path, actor) if current else (),
        inside_label=current.label if current else "",
    )


def sections_of(actor: Actor) -> list[Section]:
    """The private sections that the actor belongs to and that have a page."""
    return [
        section for section in PRIVATE_SECTIONS if section.entries and belongs_to(actor, section.audience)
    ]


def home_of(actor: Actor) -> str:
    """The page that somebody lands on after logging in."""
    own = sections_of(actor)
    return _home(own[0]) if own else reverse("public:home")


def _home(section: Section) -> str:
    return reverse(section.entries[0].url_name)


def _links(section: Section, path: str, actor: Actor) -> tuple[Link, ...]:
    entries = [entry for entry in section.entries if _may_open(entry, actor)]
    addresses = [reverse(entry.url_name) for entry in entries]
    # The deepest entry whose address the path begins with is the current one.
    current = max((address for address in addresses if path.startswith(address)), key=len, default="")
    return tuple(
        Link(entry.label, address, entry.icon, address == current, entry.count(actor) if entry.count else 0)
        for entry, address in zip(entries, addresses, strict=True)
    )


def _waiting(section: Section, actor: Actor) -> int:
    return sum(entry.count(actor) for entry in section.entries if entry.count)


def _may_open(entry: Entry, actor: Actor) -> bool:
    return entry.audience is None or belongs_to(actor, Audience(entry.audience))
