"""Who may open a page: every view says it, and a test proves that none forgot.

What a view shows or does inside its audience is decided by the rules of the apps, which see the actor.

Whoever holds a post that can see a minor (records/roles.py) has to give a second factor as well: until then
the session reaches public pages and the pages of the own log-in, where it is set up, and nothing else.
"""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sojourn.records.actor import Actor
from sojourn.records.roles import SEES_MINORS
from sojourn.registry.models import Membership
from sojourn.web import clock
from sojourn.web.actors import actor_of

View = Callable[..., HttpResponse]
Role = Membership.Role
FRESH_FOR = dt.timedelta(minutes=5)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Audience(StrEnum):
    """Whom a page is for."""

    PUBLIC = "public"
    ACCOUNT = "account"  # whoever is logged in, about the own log-in
    CHILD = "child"  # a minor with a paper slip
    PARTICIPANT = "participant"
    INSTITUTION = "institution"
    OFFICE = "office"
    PROGRAMME_OFFICE = "programme_office"
    LEADING = "programs"  # leads, about the programs of their organisation
    INVITING = "inviting"  # whoever can give posts
    SAFEGUARDING = "safeguarding"
    AUDITOR = "auditor"


ROLES = {
    Audience.INSTITUTION: (Role.INSTITUTION, Role.LEADER, Role.HOST),
    Audience.OFFICE: (Role.PROGRAMME_OFFICE, Role.REGIONAL_OFFICE),
    Audience.PROGRAMME_OFFICE: (Role.PROGRAMME_OFFICE,),
    Audience.LEADING: (Role.PROGRAMME_OFFICE, Role.REGIONAL_OFFICE, Role.INSTITUTION),
    Audience.INVITING: (Role.PROGRAMME_OFFICE, Role.REGIONAL_OFFICE, Role.INSTITUTION),
    Audience.SAFEGUARDING: (Role.SAFEGUARDING_LEAD,),
    Audience.AUDITOR: (Role.AUDITOR,),
}
WITHOUT_FACTOR = (Audience.PUBLIC, Audience.ACCOUNT, Audience.CHILD)


def belongs_to(actor: Actor, audience: Audience) -> bool:
    """Whether the actor is one of those whom the page is for."""
    match audience:
        case Audience.PUBLIC:
            return True
        case Audience.ACCOUNT:
            return actor.account_id is not None
        case Audience.CHILD:
            return actor.is_child
        case Audience.PARTICIPANT:
            return actor.person_id is not None and not actor.is_child
    return bool(actor.organisations(*ROLES[audience]))


def open_to(audience: Audience) -> Callable[[View], View]:
    """Open the view to the audience alone: strangers are asked to log in, others learn nothing (404)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponse:
            actor = actor_of(request)
            if belongs_to(actor, audience):
                if audience not in WITHOUT_FACTOR and lacks_second_factor(request):
                    return _ask_for_factor(request)
                return view(request, *args, **arguments)
            if actor.account_id is None and not actor.is_child:
                return redirect_to_login(request.get_full_path())
            raise Http404

        guarded.audience = audience  # type: ignore[attr-defined]  # read by the access test
        return guarded

    return decorate


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether a post lets the actor see minors, and no second factor was given in this session."""
    if not actor_of(request).organisations(*SEES_MINORS):
        return False
    records = get_authentication_records(request, request.user)
    return not any(record["method"] == "mfa" for record in records)


def _ask_for_factor(request: HttpRequest) -> HttpResponse:
    has_one = Authenticator.objects.filter(user_id=actor_of(request).account_id, type__in=FACTORS).exists()
    return redirect_back(request, "mfa_reauthenticate" if has_one else "mfa_index")


def fresh(view: View) -> View:
    """Ask for the password, or a factor, unless it was given again within five minutes.

    For exports, posts and erasure. Goes below `open_to`. A form that was sent too late is not carried out
    afterwards: the person comes back to its page and sends it again. Whoever logs in through a provider alone
    has nothing to type here, and logs in again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponse:
        has_secret = bool(get_reauthentication_flows(request.user))
        if did_recently_reauthenticate(request) if has_secret else _has_just_come(request):
            return view(request, *args, **arguments)
        if has_secret:
            return redirect_back(request, "account_reauthenticate")
        address = redirect_back(request, "account_login")
        logout(request)
        return address

    guarded.is_fresh = True  # type: ignore[attr-defined]  # read by the access test
    return guarded


def _has_just_come(request: HttpRequest) -> bool:
    """Whether the log-in is new; for whoever has neither password nor factor here."""
    since = request.session.get("since")
    return since is not None and clock.now() - dt.datetime.fromisoformat(since) < FRESH_FOR


def redirect_back(request: HttpRequest, url_name: str) -> HttpResponse:
    """Go to a page that leads back to this one; after a form was sent, to the page that showed it."""
    came_from = request.get_full_path()
    if request.method != "GET":
        site = request.build_absolute_uri("/")
        sender = request.headers.get("Referer", "")
        came_from = sender.removeprefix(site.rstrip("/")) if sender.startswith(site) else reverse("home")
    return redirect(f"{reverse(url_name)}?{urlencode({'next': came_from})}")
