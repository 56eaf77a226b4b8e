"""The coordinating office loads, checks and publishes the plan, and splits its targets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.plan.actions import load_plan, publish_plan, split_target
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.office.forms.plans import PlanUploadForm
from sojourn.web.office.plans import (
    FindingLine,
    draft_page,
    plan_version,
    read_upload,
    target_in_force,
    totals,
    versions,
)


@open_to(Audience.PROGRAMME_OFFICE)
def plan(request: HttpRequest) -> HttpResponse:
    """Every version, and the form that loads the next one; a file with errors is not kept."""
    form = PlanUploadForm(request.POST or None, request.FILES or None)
    found: tuple[FindingLine, ...] = ()
    if request.method == "POST" and form.is_valid():
        loaded, found = read_upload(form.cleaned_data["file"])
        if loaded and not any(line.is_error for line in found):
            with refusals_shown_in(form):
                row = load_plan(by=actor_of(request), document=loaded.document, on=clock.today())
                messages.success(
                    request, _("The version is loaded as a draft. Read what it changes, then publish it.")
                )
                return redirect("office:plan-version", row.version)
    return render(request, "office/plan.html", {"form": form, "findings": found, "versions": versions()})


@open_to(Audience.PROGRAMME_OFFICE)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """A version with its findings and its changes, and the button that publishes the newest draft."""
    row = plan_version(number)
    if request.method == "POST":
        publish_plan(by=actor_of(request), plan=row, on=clock.today())
        messages.success(request, _("The plan is in force. Split its targets next."))
        return redirect("office:quotas")
    return render(request, "office/plan_version.html", {"page": draft_page(row)})


@open_to(Audience.PROGRAMME_OFFICE)
def quotas(request: HttpRequest) -> HttpResponse:
    """The totals of the plan in force, and which of them are split."""
    return render(request, "office/quotas.html", {"totals": totals()})


@open_to(Audience.PROGRAMME_OFFICE)
@require_POST
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Split a total over the offices by the rule of the plan."""
    split_target(by=actor_of(request), target=target_in_force(code), at=clock.now())
    messages.success(request, _("The quotas are computed, and their proof is public."))
    return redirect("office:quotas")
