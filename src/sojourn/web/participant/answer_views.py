"""Accept, decline, withdraw, leave: none asks for a reason, and what ends something asks once more."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.participation.actions.applications import withdraw_application
from sojourn.participation.actions.offers import accept_offer, decline_offer, leave
from sojourn.participation.queries.applicants import (
    ApplicationPage,
    SeatLine,
    application_page,
    own_application,
    own_engagement,
    own_offer,
    own_people,
    stay_page,
)
from sojourn.registry.models import Person
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of


@open_to(Audience.PARTICIPANT)
@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the seat that is offered: one's own, or that of a minor in one's care."""
    by, on = actor_of(request), clock.today()
    offer = own_offer(by, reference, on=on)
    for person in _meant(request, own_people(by, offer.application, on=on)):
        accept_offer(by=by, offer=offer, person=person, on=on)
    messages.success(request, _("The place is yours. You can still leave at any time, without a reason."))
    return redirect("participant:application", reference)


@open_to(Audience.PARTICIPANT)
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Say no to the seat that is offered; the others of a group keep theirs."""
    by, on = actor_of(request), clock.today()
    offer = own_offer(by, reference, on=on)
    if request.method == "POST":
        for person in _meant(request, own_people(by, offer.application, on=on)):
            decline_offer(by=by, offer=offer, person=person, on=on)
        messages.success(request, _("Done. The place goes to the next in line."))
        return redirect("participant:home")
    page = application_page(by, reference, on=on)
    shown = {"page": page, "line": page.line, "seats": _seats_meant(request, page)}
    return render(request, "participant/decline.html", shown)


@open_to(Audience.PARTICIPANT)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take oneself, or a minor in one's care, out of an application; the others of a group stay in it."""
    by, on = actor_of(request), clock.today()
    if request.method == "POST":
        application = own_application(by, reference, on=on)
        people = _meant(request, own_people(by, application, on=on))
        withdraw_application(by=by, application=application, people=people, on=on)
        messages.success(request, _("Done: it is withdrawn. Nobody asks why."))
        return redirect("participant:home")
    page = application_page(by, reference, on=on)
    return render(request, "participant/withdraw.html", {"page": page, "line": page.line})


def _meant(request: HttpRequest, people: list[Person]) -> list[Person]:
    """Those of one's own people whom the pressed button names; all of them where it names nobody."""
    named = request.POST.get("person")
    meant = [person for person in people if named in {None, str(person.pk)}]
    if not meant:
        raise Http404
    return meant


def _seats_meant(request: HttpRequest, page: ApplicationPage) -> list[SeatLine]:
    seats = page.line.offer.seats if page.line.offer else ()
    named = request.GET.get("person")
    return [seat for seat in seats if named in {None, str(seat.person_id)}]


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
