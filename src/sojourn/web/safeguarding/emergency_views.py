"""Emergency access: ask, agree as the second person, look, end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.safeguarding.actions.emergency import (
    approve_access,
    read_record,
    request_access,
    revoke_access,
)
from sojourn.safeguarding.queries.emergency import access_for, accesses, activities_in_reach, person_named
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.limits import Limit, take_place
from sojourn.web.safeguarding.forms import EmergencyForm
from sojourn.web.sources import source_of

NAMES = Limit("names in an emergency", 10, 3600)
"""So that nobody finds out by trying who takes part."""


@open_to(Audience.SAFEGUARDING)
def emergencies(request: HttpRequest) -> HttpResponse:
    """The accesses of one's part of the tree, and the form to ask for one."""
    by, at = actor_of(request), clock.now()
    openings = activities_in_reach(by, on=clock.today())
    form = EmergencyForm(request.POST if request.method == "POST" else None, openings=openings)
    if form.is_bound and form.is_valid():
        take_place(NAMES, source_of(request))
        told = form.cleaned_data
        opening = form.activity()
        person = person_named(opening, told["given_name"], told["family_name"])
        with refusals_shown_in(form):
            request_access(by=by, opening=opening, person=person, purpose=told["purpose"], at=at)
            messages.success(request, _("A second safeguarding lead has to agree within 24 hours."))
            return redirect("safeguarding:emergencies")
    return render(request, "safeguarding/emergencies.html", {"form": form, "lines": accesses(by, at=at)})


@open_to(Audience.SAFEGUARDING)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Agree, as the second person."""
    by = actor_of(request)
    approve_access(by=by, access=access_for(by, number), at=clock.now())
    messages.success(request, _("It is open for both of you for 24 hours. The person can see that."))
    return redirect("safeguarding:emergencies")


@open_to(Audience.SAFEGUARDING)
@require_POST
def record(request: HttpRequest, number: int) -> HttpResponse:
    """The record, for this one look, which the person sees in the own log."""
    by = actor_of(request)
    access = access_for(by, number)
    shown = {"record": read_record(by=by, access=access, at=clock.now()), "access": access}
    return render(request, "safeguarding/emergency_record.html", shown)


@open_to(Audience.SAFEGUARDING)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End it before its time."""
    by = actor_of(request)
    revoke_access(by=by, access=access_for(by, number), at=clock.now())
    messages.success(request, _("It has ended, and the person was told if it had been open."))
    return redirect("safeguarding:emergencies")
