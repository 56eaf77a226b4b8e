"""Accept, decline, withdraw, leave: none asks for a reason, and what ends something asks once more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.participation.actions.applications import withdraw_application
from sojourn.participation.actions.offers import accept_offer, decline_offer, leave
from sojourn.participation.queries.applicants import (
    application_page,
    own_application,
    own_engagement,
    own_offer,
    stay_page,
)
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of


@open_to(Audience.PARTICIPANT)
@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the place that is offered."""
    by, on = actor_of(request), clock.today()
    accept_offer(by=by, offer=own_offer(by, reference, on=on), on=on)
    messages.success(request, _("The place is yours. You can still leave at any time, without a reason."))
    return redirect("participant:application", reference)


@open_to(Audience.PARTICIPANT)
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Say no to the place that is offered."""
    by, on = actor_of(request), clock.today()
    offer = own_offer(by, reference, on=on)
    if request.method == "POST":
        decline_offer(by=by, offer=offer, on=on)
        messages.success(request, _("Done. The place goes to the next in line."))
        return redirect("participant:home")
    page = application_page(by, reference, on=on)
    return render(request, "participant/decline.html", {"page": page, "line": page.line})


@open_to(Audience.PARTICIPANT)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an application back."""
    by, on = actor_of(request), clock.today()
    if request.method == "POST":
        withdraw_application(by=by, application=own_application(by, reference, on=on), on=on)
        messages.success(request, _("Your application is withdrawn."))
        return redirect("participant:home")
    page = application_page(by, reference, on=on)
    return render(request, "participant/withdraw.html", {"page": page, "line": page.line})


@open_to(Audience.PARTICIPANT)
def leave_stay(request: HttpRequest, number: int) -> HttpResponse:
    """Leave, before the stay or in the middle of it."""
    by, on = actor_of(request), clock.today()
    if request.method == "POST":
        leave(by=by, engagement=own_engagement(by, number, on=on), on=on)
        messages.success(request, _("Done. Nobody asks why, and nothing else changes for you."))
        return redirect("participant:home")
    page = stay_page(by, number, on=on)
    return render(request, "participant/leave.html", {"page": page, "line": page.line})
