"""An office works on its calls: draft, complete, publish."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sojourn.participation.actions.calls import add_opening, draft_call, publish_call
from sojourn.participation.actions.rounds import announce_round
from sojourn.registry.models import Organisation
from sojourn.registry.queries import regional_offices
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.labels import SEED_KINDS
from sojourn.web.office.calls import callable_components, own_call, own_calls, workspace
from sojourn.web.office.forms.calls import CallForm, OpeningForm
from sojourn.web.office.forms.seeds import SOURCE_FORMS
from sojourn.web.office.posts import office_of
from sojourn.web.seeds import seed_in_words


@open_to(Audience.OFFICE)
def calls(request: HttpRequest) -> HttpResponse:
    """The calls of one's own offices."""
    return render(request, "office/calls.html", {"calls": own_calls(actor_of(request), on=clock.today())})


@open_to(Audience.OFFICE)
def call(request: HttpRequest, code: str) -> HttpResponse:
    """The workspace of one call: what is done, what comes next."""
    work = workspace(own_call(actor_of(request), code), on=clock.today())
    seed = seed_in_words(work.seed_source) if work.seed_source else None
    return render(request, "office/call.html", {"work": work, "seed": seed})


@open_to(Audience.OFFICE)
def new_call(request: HttpRequest) -> HttpResponse:
    """Draft a call."""
    form = CallForm(request.POST or None, components=callable_components())
    if request.method == "POST" and form.is_valid():
        organiser = Organisation.objects.get(pk=office_of(request).organisation_id)
        with refusals_shown_in(form):
            draft_call(
                by=actor_of(request),
                code=form.cleaned_data["code"],
                organiser=organiser,
                component=form.cleaned_data["component"],
                values=form.values(),
            )
            messages.success(request, _("The draft is saved. Add what one can apply for."))
            return redirect("office:call", form.cleaned_data["code"])
    return render(request, "office/call_form.html", {"form": form})


@open_to(Audience.OFFICE)
def new_opening(request: HttpRequest, code: str) -> HttpResponse:
    """Add an opening to a draft."""
    row = own_call(actor_of(request), code)
    form = OpeningForm(request.POST or None, call=row, regions=regional_offices())
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            add_opening(by=actor_of(request), call=row, values=form.values())
            messages.success(request, _("The opening is added."))
            return redirect("office:call", code)
    return render(request, "office/opening_form.html", {"form": form, "call": row})


@open_to(Audience.OFFICE)
def announce(request: HttpRequest, code: str) -> HttpResponse:
    """Name the source of randomness before anyone can apply."""
    row = own_call(actor_of(request), code)
    kind = request.GET.get("kind", "")
    kind = kind if kind in SOURCE_FORMS else "drand"
    form = SOURCE_FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            announce_round(by=actor_of(request), call=row, seed_source=form.source(), at=clock.now())
            messages.success(request, _("The source of the seed is named."))
            return redirect("office:call", code)
    shown = {"form": form, "call": row, "kind": kind, "kinds": SEED_KINDS}
    return render(request, "office/announce.html", shown)


@open_to(Audience.OFFICE)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once more, then publish."""
    row = own_call(actor_of(request), code)
    if request.method == "POST":
        publish_call(by=actor_of(request), call=row, on=clock.today())
        messages.success(request, _("The call is published. Its rules stay as they are."))
        return redirect("office:call", code)
    return render(request, "office/publish_call.html", {"work": workspace(row, on=clock.today())})
