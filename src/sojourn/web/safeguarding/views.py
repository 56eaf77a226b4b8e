"""The inbox of the safeguarding leads, and each step of handling an incident."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.safeguarding.actions import handling
from sojourn.safeguarding.actions.handling import Reading
from sojourn.safeguarding.models import Incident
from sojourn.safeguarding.queries.incidents import inbox, incident_for, incident_page, who_could_be_involved
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.safeguarding.forms import InvolvedForm, OutcomeForm


@open_to(Audience.SAFEGUARDING)
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What was reported in the activities of one's own organisations; nothing of what was written."""
    return render(request, "safeguarding/inbox.html", {"lines": inbox(actor_of(request))})


@open_to(Audience.SAFEGUARDING)
def incident(request: HttpRequest, number: int) -> HttpResponse:
    """One incident with its trail. Its note is one click further, where the look is kept."""
    return _page(request, incident_for(actor_of(request), number))


@open_to(Audience.SAFEGUARDING)
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """The same page with the words of the reporter, for this one look."""
    by = actor_of(request)
    row = incident_for(by, number)
    reading = handling.read_incident(by=by, incident=row, at=clock.now())
    return _page(request, row, reading=reading)


@open_to(Audience.SAFEGUARDING)
@require_POST
def acknowledge_it(request: HttpRequest, number: int) -> HttpResponse:
    """Take it in hand."""
    by = actor_of(request)
    handling.acknowledge(by=by, incident=incident_for(by, number), at=clock.now())
    messages.success(request, _("You have taken it in hand. It does not climb any more."))
    return redirect("safeguarding:incident", number)


@open_to(Audience.SAFEGUARDING)
@require_POST
def involved(request: HttpRequest, number: int) -> HttpResponse:
    """Name whom it concerns."""
    by = actor_of(request)
    row = incident_for(by, number)
    form = InvolvedForm(request.POST, known=who_could_be_involved(row, on=clock.today()))
    if form.is_valid():
        with refusals_shown_in(form):
            accounts = [int(account) for account in form.cleaned_data["accounts"]]
            handling.name_involved(by=by, incident=row, accounts=accounts, at=clock.now())
            messages.success(request, _("They cannot see it any more."))
            is_mine = by.account_id in accounts
            return redirect("safeguarding:inbox") if is_mine else redirect("safeguarding:incident", number)
    return _page(request, row, involved=form)


@open_to(Audience.SAFEGUARDING)
@require_POST
def hand_it_up(request: HttpRequest, number: int) -> HttpResponse:
    """Bring it to the next organisation up."""
    by = actor_of(request)
    handling.hand_up(by=by, incident=incident_for(by, number), at=clock.now())
    messages.success(request, _("The safeguarding leads above were told."))
    return redirect("safeguarding:incident", number)


@open_to(Audience.SAFEGUARDING)
@require_POST
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the work is done."""
    by = actor_of(request)
    row = incident_for(by, number)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        with refusals_shown_in(form):
            outcome = form.cleaned_data["outcome"]
            handling.propose_closing(by=by, incident=row, outcome=outcome, at=clock.now())
            messages.success(request, _("It is closed as soon as a second lead agrees."))
            return redirect("safeguarding:incident", number)
    return _page(request, row, outcome=form)


@open_to(Audience.SAFEGUARDING)
@require_POST
def send_it_back(request: HttpRequest, number: int) -> HttpResponse:
    """The work is not done."""
    by = actor_of(request)
    handling.send_back(by=by, incident=incident_for(by, number), at=clock.now())
    messages.success(request, _("It is in hand again."))
    return redirect("safeguarding:incident", number)


@open_to(Audience.SAFEGUARDING)
@require_POST
def close_it(request: HttpRequest, number: int) -> HttpResponse:
    """Agree, as the second person."""
    by = actor_of(request)
    handling.close(by=by, incident=incident_for(by, number), at=clock.now())
    messages.success(request, _("It is closed."))
    return redirect("safeguarding:incident", number)


def _page(
    request: HttpRequest,
    row: Incident,
    *,
    reading: Reading | None = None,
    involved: InvolvedForm | None = None,
    outcome: OutcomeForm | None = None,
) -> HttpResponse:
    on = clock.today()
    shown = {
        "page": incident_page(actor_of(request), row, on=on),
        "reading": reading,
        "involved": involved or InvolvedForm(known=who_could_be_involved(row, on=on)),
        "outcome": outcome or OutcomeForm(),
    }
    return render(request, "safeguarding/incident.html", shown)
