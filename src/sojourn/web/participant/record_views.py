"""Correct and erase what is on record about oneself or a minor in one's care; the note for a trip."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.participation.actions.needs import delete_need, write_need
from sojourn.participation.queries.applicants import own_engagement, stay_page
from sojourn.participation.queries.applicants.needs import own_need
from sojourn.participation.queries.names import full_name
from sojourn.privacy.actions.correcting import correct_person
from sojourn.privacy.actions.erasing import erase_person
from sojourn.privacy.queries import goes_along
from sojourn.registry.models import Person
from sojourn.registry.queries import people_acted_for
from sojourn.web import clock
from sojourn.web.access import Audience, fresh, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.participant.forms.records import CorrectForm, NeedForm


@open_to(Audience.PARTICIPANT)
def correct(request: HttpRequest, person_id: int) -> HttpResponse:
    """Correct the names, the language, or the day of birth while nobody relies on it."""
    person = _person(request, person_id)
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=CorrectForm.of(person))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            correct_person(by=actor_of(request), person=person, on=clock.today(), **form.cleaned_data)
            messages.success(request, _("Corrected. Everybody who may read it sees it so from now on."))
            return redirect("participant:data")
    return render(request, "participant/correct.html", {"form": form, "name": full_name(person)})


@open_to(Audience.PARTICIPANT)
@fresh
def erase(request: HttpRequest, person_id: int) -> HttpResponse:
    """Erase oneself, or a minor in one's care: read what goes, then do it."""
    by, on, person = actor_of(request), clock.today(), _person(request, person_id)
    is_self = person.pk == by.person_id
    if request.method == "POST":
        erase_person(by=by, person=person, on=on, at=clock.now())
        if is_self:
            logout(request)
        messages.success(request, _("Erased. Nothing of it can be brought back."))
        return redirect("public:home" if is_self else "participant:data")
    shown = {
        "person": person,
        "name": full_name(person),
        "is_self": is_self,
        "along": goes_along(person, on=on),
    }
    return render(request, "participant/erase.html", shown)


@open_to(Audience.PARTICIPANT)
def need(request: HttpRequest, number: int) -> HttpResponse:
    """What the leaders of a stay have to know: food, medicine. Write it, change it."""
    by, on = actor_of(request), clock.today()
    stay = own_engagement(by, number, on=on)
    kept = own_need(stay)
    form = NeedForm(request.POST if request.method == "POST" else None, initial={"text": kept})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            write_need(by=by, engagement=stay, text=form.cleaned_data["text"], on=on)
            messages.success(request, _("Kept for the leaders of this stay, and for nobody else."))
            return redirect("participant:stay", number)
    page = stay_page(by, number, on=on)
    return render(request, "participant/need.html", {"form": form, "kept": kept, "line": page.line})


@open_to(Audience.PARTICIPANT)
@require_POST
def drop_need(request: HttpRequest, number: int) -> HttpResponse:
    """Delete the note for a stay."""
    by, on = actor_of(request), clock.today()
    delete_need(by=by, engagement=own_engagement(by, number, on=on), on=on)
    messages.success(request, _("The note is deleted."))
    return redirect("participant:stay", number)


def _person(request: HttpRequest, person_id: int) -> Person:
    people = people_acted_for(actor_of(request), on=clock.today())
    found = next((person for person in people if person.pk == person_id), None)
    if found is None:
        raise Http404
    return found
