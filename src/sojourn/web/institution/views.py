"""What a host sees and does: its openings in counts, the roster, the sessions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sojourn.participation.actions.needs import read_needs
from sojourn.participation.actions.rosters import read_letters, read_roster, roster_day
from sojourn.participation.actions.sessions import record_session
from sojourn.participation.queries.hosts import (
    hosted_line,
    hosted_opening,
    hosted_openings,
    last_departure,
    sessions_of,
    vetted_staff,
)
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.institution.forms import DayForm, SessionForm
from sojourn.web.institution.letters import letters_pdf


@open_to(Audience.INSTITUTION)
def home(request: HttpRequest) -> HttpResponse:
    """The openings of one's own institution."""
    openings = hosted_openings(actor_of(request), on=clock.today())
    return render(request, "institution/home.html", {"openings": openings})


@open_to(Audience.INSTITUTION)
def opening(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """One opening in counts, with its sessions; names are one click further, where the look is noted."""
    row = hosted_opening(actor_of(request), call_code, code)
    shown = {
        "line": hosted_line(row, on=clock.today()),
        "sessions": sessions_of(row),
        "departure": last_departure(row),
        "day": DayForm(opening=row, on=clock.today()),
    }
    return render(request, "institution/opening.html", shown)


@open_to(Audience.INSTITUTION)
def roster(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """Who takes part. Each look at a minor's record is noted, and the family sees it."""
    by, on = actor_of(request), clock.today()
    row = hosted_opening(by, call_code, code)
    day = roster_day(row, on)
    shown = {
        "line": hosted_line(row, on=on),
        "day": day,
        "people": read_roster(by=by, opening=row, day=day),
    }
    return render(request, "institution/roster.html", shown)


@open_to(Audience.INSTITUTION)
def letters(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """Letters to print for those whom no mail reaches; each is noted like a look at the roster."""
    by, on = actor_of(request), clock.today()
    row = hosted_opening(by, call_code, code)
    people = read_letters(by=by, opening=row, day=roster_day(row, on))
    if not people:
        messages.info(request, _("Everybody who takes part is reached by mail."))
        return redirect("institution:roster", call_code, code)
    headers = {"Content-Disposition": f'attachment; filename="letters-{code}.pdf"'}
    content = letters_pdf(hosted_line(row, on=on), people)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@open_to(Audience.INSTITUTION)
def needs(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """What those who take part need on the trip, for its leaders alone. Each look is noted."""
    by, on = actor_of(request), clock.today()
    row = hosted_opening(by, call_code, code)
    lines = read_needs(by=by, opening=row, on=on)
    return render(request, "institution/needs.html", {"line": hosted_line(row, on=on), "needs": lines})


@open_to(Audience.INSTITUTION)
def new_session(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """Note a session of one day: choose the day, then tick who led it and who was there."""
    by, on = actor_of(request), clock.today()
    row = hosted_opening(by, call_code, code)
    asked = DayForm(request.GET if "day" in request.GET else None, opening=row, on=on)
    shown = {"line": hosted_line(row, on=on), "asked": asked}
    if not (asked.is_bound and asked.is_valid()):
        return render(request, "institution/session_day.html", shown)
    day = asked.cleaned_data["day"]
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        staff=vetted_staff(row, on=day),
        roster=read_roster(by=by, opening=row, day=day),
        initial={"held_on": day},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            record_session(by=by, opening=row, **form.values(), on=on)
            messages.success(request, _("The session is noted."))
            return redirect("institution:opening", call_code, code)
    return render(request, "institution/session_form.html", shown | {"form": form, "day": day})
