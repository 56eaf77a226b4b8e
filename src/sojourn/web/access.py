"""Who may open a page: every view says it, and a test proves that none forgot.

What a view shows or does inside its audience is decided by the rules of the apps, which see the actor.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from sojourn.records.actor import Actor
from sojourn.registry.models import Membership
from sojourn.web.actors import actor_of

View = Callable[..., HttpResponse]
Role = Membership.Role


class Audience(StrEnum):
    """Whom a page is for."""

    PUBLIC = "public"
    PARTICIPANT = "participant"
    INSTITUTION = "institution"
    OFFICE = "office"
    PROGRAMME_OFFICE = "programme_office"
    SAFEGUARDING = "safeguarding"
    AUDITOR = "auditor"


ROLES = {
    Audience.INSTITUTION: (Role.INSTITUTION, Role.LEADER, Role.HOST),
    Audience.OFFICE: (Role.PROGRAMME_OFFICE, Role.REGIONAL_OFFICE),
    Audience.PROGRAMME_OFFICE: (Role.PROGRAMME_OFFICE,),
    Audience.SAFEGUARDING: (Role.SAFEGUARDING_LEAD,),
    Audience.AUDITOR: (Role.AUDITOR,),
}


def belongs_to(actor: Actor, audience: Audience) -> bool:
    """Whether the actor is one of those whom the page is for."""
    if audience is Audience.PUBLIC:
        return True
    if audience is Audience.PARTICIPANT:
        return actor.person_id is not None
    return bool(actor.organisations(*ROLES[audience]))


def open_to(audience: Audience) -> Callable[[View], View]:
    """Open the view to the audience alone: strangers are asked to log in, others learn nothing (404)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponse:
            actor = actor_of(request)
            if belongs_to(actor, audience):
                return view(request, *args, **arguments)
            if actor.account_id is None:
                return redirect_to_login(request.get_full_path())
            raise Http404

        guarded.audience = audience  # type: ignore[attr-defined]  # read by the access test
        return guarded

    return decorate
