"""For which office somebody acts."""

from dataclasses import dataclass

from django.http import HttpRequest

from sojourn.registry.models import Membership
from sojourn.web.actors import actor_of


@dataclass(frozen=True, slots=True)
class OfficePost:
    """The office whose pages are shown: the coordinating one for its own people, else a regional one."""

    organisation_id: int
    is_programme_office: bool


def office_of(request: HttpRequest) -> OfficePost:
    """The office of the request; of several regional ones the first that was founded."""
    actor = actor_of(request)
    coordinating = actor.organisations(Membership.Role.PROGRAMME_OFFICE)
    regional = actor.organisations(Membership.Role.REGIONAL_OFFICE)
    return OfficePost(min(coordinating or regional), bool(coordinating))
