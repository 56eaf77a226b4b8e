"""What a host does for the safety of a group: confirm that it sets out, print the sheet for the wall."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sojourn.participation.actions.departures import confirm_departure
from sojourn.participation.queries.hosts import hosted_line, hosted_opening, last_departure, staff
from sojourn.registry.models import Account
from sojourn.safeguarding.actions.sheets import issue_sheet
from sojourn.safeguarding.codes import in_groups
from sojourn.safeguarding.queries.incidents import code_of
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.institution.forms import DepartureForm


@open_to(Audience.INSTITUTION)
def departure(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """Name the adults who go along; they are checked again, for the whole stay."""
    by, on = actor_of(request), clock.today()
    row = hosted_opening(by, call_code, code)
    form = DepartureForm(request.POST if request.method == "POST" else None, staff=staff(row, on=on))
    if form.is_bound and form.is_valid():
        adults = list(Account.objects.filter(pk__in=form.cleaned_data["adults"]).order_by("pk"))
        with refusals_shown_in(form):
            confirm_departure(by=by, opening=row, adults=adults, on=on)
            messages.success(request, _("The departure is confirmed."))
            return redirect("institution:opening", call_code, code)
    shown = {"line": hosted_line(row, on=on), "form": form, "last": last_departure(row)}
    return render(request, "institution/departure.html", shown)


@open_to(Audience.INSTITUTION)
def sheet(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """The sheet for the wall, in both languages, with the activity’s own code; made when first asked for."""
    by, on = actor_of(request), clock.today()
    row = hosted_opening(by, call_code, code)
    if request.method == "POST":
        issue_sheet(by=by, opening=row)
        return redirect("institution:sheet", call_code, code)
    issued = code_of(row)
    address = (
        request.build_absolute_uri(reverse("public:report-code", args=[in_groups(issued)])) if issued else ""
    )
    shown = {
        "line": hosted_line(row, on=on),
        "code": in_groups(issued),
        "address": request.build_absolute_uri(reverse("public:report")),
        "drawing": drawing(address) if issued else "",
    }
    return render(request, "institution/sheet.html", shown)


def drawing(address: str) -> str:
    """The address as a QR code, as the source of an image."""
    drawn: str = segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=2)
    return drawn
