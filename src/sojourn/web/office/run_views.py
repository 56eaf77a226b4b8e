"""An office runs a round: freeze the list, type in the published seed, draw. Each step asks once more."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sojourn.participation.actions.rounds import draw_round, freeze_round
from sojourn.participation.models import Call, Round
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.office.calls import own_call, workspace
from sojourn.web.office.forms.seeds import SeedValueForm
from sojourn.web.seeds import seed_in_words


def round_of(call: Call) -> Round:
    """The round of a call whose draw is announced.

    Raises:
        Http404: No draw is announced.
    """
    round_ = getattr(call, "round", None)
    if not isinstance(round_, Round):
        raise Http404
    return round_


@open_to(Audience.OFFICE)
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze the list and publish its fingerprint."""
    row = own_call(actor_of(request), code)
    round_ = round_of(row)
    if request.method == "POST":
        freeze_round(by=actor_of(request), round=round_, at=clock.now())
        messages.success(request, _("The list is frozen and its fingerprint is public."))
        return redirect("office:call", code)
    shown = {"work": workspace(row, on=clock.today()), "seed": seed_in_words(round_.seed_source)}
    return render(request, "office/freeze.html", shown)


@open_to(Audience.OFFICE)
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Type in the published value of the seed, and draw."""
    row = own_call(actor_of(request), code)
    round_ = round_of(row)
    form = SeedValueForm(request.POST or None, kind=str(round_.seed_source["kind"]))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            draw_round(by=actor_of(request), round=round_, seed_value=form.value(), at=clock.now())
            messages.success(request, _("The places are drawn, checked and offered."))
            return redirect("public:draw", code)
    shown = {
        "form": form,
        "work": workspace(row, on=clock.today()),
        "seed": seed_in_words(round_.seed_source),
    }
    return render(request, "office/draw.html", shown)
