"""My data: what is held, who has read it, every yes and its end, and a copy to take along."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.participation.queries.applicants import HeldData, data_held
from sojourn.participation.queries.names import full_name
from sojourn.plan.models import Component
from sojourn.registry.actions import give_consent, withdraw_consent
from sojourn.registry.models import Person
from sojourn.registry.queries import people_acted_for
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.participant.forms import ConsentForm, voices
from sojourn.web.participant.forms.consents import text_language


@open_to(Audience.PARTICIPANT)
def data(request: HttpRequest) -> HttpResponse:
    """What is held about me and about the minors in my care."""
    return render(request, "participant/data.html", {"people": _held(request)})


@open_to(Audience.PARTICIPANT)
def copy(request: HttpRequest) -> HttpResponse:
    """All of it as a file to take along."""
    held = {"held_on": clock.today(), "people": [asdict(one) for one in _held(request)]}
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    options = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(held, headers=headers, json_dumps_params=options)


@open_to(Audience.PARTICIPANT)
def consent(request: HttpRequest, person_id: int, code: str) -> HttpResponse:
    """Read the text again and say the yes that is missing."""
    on = clock.today()
    person, component = _person(request, person_id), _component(code)
    sent = request.POST if request.method == "POST" else None
    form = ConsentForm(sent, voices=voices([person], code, on), component=component.titles)
    if request.method == "POST" and form.is_valid():
        for yes in form.yes():
            for kind in sorted(yes.kinds):
                give_consent(
                    by=actor_of(request),
                    person=person,
                    kind=kind,
                    component_code=code,
                    language=text_language(),
                    on=on,
                )
        messages.success(request, _("The yes is noted. You can take it back on this page at any time."))
        return redirect("participant:data")
    shown = {"form": form, "name": full_name(person), "component": component.titles}
    return render(request, "participant/consent.html", shown)


@open_to(Audience.PARTICIPANT)
@require_POST
def withdraw_yes(request: HttpRequest, person_id: int, code: str) -> HttpResponse:
    """Take back every yes to one component."""
    withdraw_consent(
        by=actor_of(request),
        person=_person(request, person_id),
        component_code=_component(code).code,
        on=clock.today(),
    )
    messages.success(request, _("The yes is taken back. Nobody asks why."))
    return redirect("participant:data")


def _held(request: HttpRequest) -> list[HeldData]:
    return data_held(actor_of(request), on=clock.today())


def _person(request: HttpRequest, person_id: int) -> Person:
    people = people_acted_for(actor_of(request), on=clock.today())
    found = next((person for person in people if person.pk == person_id), None)
    if found is None:
        raise Http404
    return found


def _component(code: str) -> Component:
    component = Component.objects.filter(code=code).first()
    if component is None:
        raise Http404
    return component
