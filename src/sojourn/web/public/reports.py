"""Report a worry, in three steps, with an account or without; follow it by its receipt."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sojourn.records.actor import PUBLIC
from sojourn.registry.queries import people_acted_for
from sojourn.safeguarding.actions.incidents import report_incident
from sojourn.safeguarding.codes import in_groups, receipt_of
from sojourn.safeguarding.queries.incidents import activity_of, own_activities, state_of_report
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.limits import Limit, OverLimitError, guessed, take_place
from sojourn.web.public.forms import ReceiptForm
from sojourn.web.public.report_form import STEPS, ReportForm, place_of, signed_place
from sojourn.web.sources import source_of

REPORTS = Limit("reports", 40, 3600)
"""Wide enough for a whole school behind one address on its worst day."""


@open_to(Audience.PUBLIC)
def report(request: HttpRequest, code: str = "") -> HttpResponse:
    """One page, three steps; nothing is kept before the last one is sent."""
    if request.method != "POST":
        return _show(request, _form(request, initial={"code": code}), 1)
    data = request.POST.copy()
    step = {"1": 1, "2": 2, "3": 3}.get(str(data.get("step")), 1)
    if data.get("go") == "back":
        return _show(request, _form(request, initial=_said(data)), max(1, step - 1))
    warning = _look_up(request, data) if step == 1 else ""
    form = _form(request, data=data)
    if warning:
        form.add_error("code", warning)
    faulty = form.faulty_step(step)
    if faulty is not None:
        return _show(request, form, faulty)
    return _send(request, form) if step == len(STEPS) else _show(request, form, step + 1)


@open_to(Audience.PUBLIC)
def report_state(request: HttpRequest) -> HttpResponse:
    """How far a report is handled, by its receipt."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_bound and form.is_valid():
        found = state_of_report(form.cleaned_data["receipt"])
        if not guessed(request, lambda: found is not None):
            form.add_error("receipt", _("No report has this receipt. Look at it again, letter by letter."))
    return render(request, "public/report_state.html", {"form": form, "state": found})


def _form(request: HttpRequest, **named: object) -> ReportForm:
    by, on = actor_of(request), clock.today()
    people = [person.pk for person in people_acted_for(by, on=on)]
    own = own_activities(by, people, on=on) if by.account_id is not None else []
    return ReportForm(own=own, is_known=by.account_id is not None, **named)


def _show(request: HttpRequest, form: ReportForm, step: int) -> HttpResponse:
    names = [_("What happened"), _("In your own words"), _("Look again and send")]
    shown = {
        "form": form,
        "shown": form.shown(step),
        "carried": form.carried(step),
        "step": step,
        "step_names": names,
        "is_last": step == len(STEPS),
        "lines": form.lines if step == len(STEPS) and "kind" in form.cleaned_data else [],
    }
    return render(request, "public/report.html", shown)


def _said(data: QueryDict) -> dict[str, str]:
    """What the form had said, to start from; a hidden box that was not ticked says False."""
    return {name: str(value) for name, value in data.items() if value != "False"}


def _look_up(request: HttpRequest, data: QueryDict) -> str:
    """Find the activity of a typed code once, so that codes cannot be tried out; a sentence when it fails."""
    code = str(data.get("code", "")).replace("\x00", "")
    if not code.strip() or place_of(data.get("place", ""), code) is not None:
        return ""
    opening = activity_of(code)
    try:
        right = guessed(request, lambda: opening is not None)
    except OverLimitError:
        return _("Too many wrong codes came from here. Leave it empty, and write where it was.")
    if right and opening is not None:
        data["place"] = signed_place(opening, code)
        return ""
    return _("No activity has this code. Look at the sheet again, or leave it empty.")


def _send(request: HttpRequest, form: ReportForm) -> HttpResponse:
    """Keep the report and show its receipt; when it cannot be taken now, the words stay on the page."""
    by = actor_of(request) if form.cleaned_data.get("known") else PUBLIC
    try:
        take_place(REPORTS, source_of(request))
    except OverLimitError as limit:
        minutes = limit.wait // 60 + 1
        sentence = ngettext(
            "Very many reports came from here. Send it again in %(minutes)s minute, or call a number.",
            "Very many reports came from here. Send it again in %(minutes)s minutes, or call a number.",
            minutes,
        )
        form.add_error(None, sentence % {"minutes": minutes})
        return _show(request, form, len(STEPS))
    receipt = receipt_of(form.fingerprint())
    with refusals_shown_in(form):
        report_incident(by=by, report=form.report(), receipt=receipt, at=clock.now())
    if not form.is_valid():
        return _show(request, form, form.faulty_step(len(STEPS)) or len(STEPS))
    shown = {"receipt": in_groups(receipt), "state": state_of_report(receipt)}
    return render(request, "public/report_sent.html", shown)
