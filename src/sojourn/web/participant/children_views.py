"""The minors in my care: add one, print a slip with which the child can speak alone, end it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.entrance.actions.people import add_child
from sojourn.entrance.actions.slips import issue_slip, revoke_slip
from sojourn.entrance.models import Slip
from sojourn.entrance.queries import children_of
from sojourn.entrance.tokens import new_code
from sojourn.participation.queries.names import full_name
from sojourn.registry.models import Person
from sojourn.web import clock
from sojourn.web.access import Audience, fresh, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import WhoForm, refusals_shown_in
from sojourn.web.slips import Paper


@open_to(Audience.PARTICIPANT)
def children(request: HttpRequest) -> HttpResponse:
    """The minors in my care, each with the slips that work now."""
    lines = children_of(actor_of(request), on=clock.today())
    return render(request, "participant/children.html", {"children": lines})


@open_to(Audience.PARTICIPANT)
def add(request: HttpRequest) -> HttpResponse:
    """Add a minor in my care."""
    form = WhoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            add_child(by=actor_of(request), **form.cleaned_data, on=clock.today())
            messages.success(request, _("Added. You can apply together now."))
            return redirect("participant:children")
    return render(request, "participant/child_form.html", {"form": form})


@open_to(Audience.PARTICIPANT)
@require_POST
@fresh
def print_slip(request: HttpRequest, person_id: int) -> HttpResponse:
    """Print a slip. Its code is shown this once."""
    child, code = get_object_or_404(Person, pk=person_id), new_code()
    slip = issue_slip(by=actor_of(request), child=child, code=code, on=clock.today())
    papers = [Paper(full_name(child), code, slip.ends_on)]
    return render(request, "slips/print.html", {"papers": papers})


@open_to(Audience.PARTICIPANT)
@require_POST
def end_slip(request: HttpRequest, number: int) -> HttpResponse:
    """End a slip, whoever printed it."""
    slip = get_object_or_404(Slip.objects.select_related("child"), pk=number)
    revoke_slip(by=actor_of(request), slip=slip, on=clock.today())
    messages.success(request, _("The slip has ended."))
    return redirect("participant:children")
