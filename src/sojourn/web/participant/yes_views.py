"""My yeses: what was said for each purpose, its exact words, and the two ways on: say yes, take it back."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.participation.actions.consents import withdraw_consent
from sojourn.participation.queries.applicants import agreed_lines, my_yeses
from sojourn.participation.queries.names import full_name
from sojourn.plan.models import Component
from sojourn.registry.actions import give_consent
from sojourn.registry.models import Consent, Person
from sojourn.registry.queries import people_acted_for
from sojourn.registry.rules import ADULT_FROM
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.participant.forms import ConsentForm, text_language


@open_to(Audience.PARTICIPANT)
def yeses(request: HttpRequest) -> HttpResponse:
    """Every yes of mine and of the minors in my care, in one place."""
    people = my_yeses(actor_of(request), on=clock.today())
    reads_as_child = any(one.is_self and one.is_minor for one in people)
    return render(request, "participant/yeses.html", {"people": people, "reads_as_child": reads_as_child})


@open_to(Audience.PARTICIPANT)
def say_yes(request: HttpRequest, person_id: int, code: str, purpose: str) -> HttpResponse:
    """Read the text and say a yes that is missing; read what was agreed to before."""
    by, on = actor_of(request), clock.today()
    about = _about(request, person_id, code, purpose)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        by=by,
        people=[about.person],
        component_code=code,
        on=on,
        purpose=purpose,
        all_of_them=False,
    )
    if request.method == "POST" and form.is_valid():
        for kind in sorted(kind for said in form.yes() for kind in said.kinds):
            give_consent(
                by=by,
                person=about.person,
                kind=kind,
                component_code=code,
                language=text_language(),
                on=on,
                purpose=purpose,
            )
        messages.success(request, _("The yes is noted. You can take it back on this page at any time."))
        return redirect("participant:yeses")
    shown = {
        "form": form,
        "about": about,
        "name": full_name(about.person),
        "agreed": agreed_lines(by, about.person, code, purpose, on=on),
        "reads_as_child": about.person.pk == by.person_id and about.person.age(on) < ADULT_FROM,
    }
    return render(request, "participant/yes.html", shown)


@open_to(Audience.PARTICIPANT)
@require_POST
def take_back(request: HttpRequest, person_id: int, code: str, purpose: str) -> HttpResponse:
    """Take back every yes to one purpose in one component."""
    about = _about(request, person_id, code, purpose)
    withdraw_consent(
        by=actor_of(request),
        person=about.person,
        component_code=about.component.code,
        on=clock.today(),
        purpose=about.purpose,
    )
    messages.success(request, _("The yes is taken back. Nobody asks why."))
    return redirect("participant:yeses")


class About(NamedTuple):
    """Whose yes, to which purpose, in which component."""

    person: Person
    component: Component
    purpose: str


def _about(request: HttpRequest, person_id: int, code: str, purpose: str) -> About:
    people = people_acted_for(actor_of(request), on=clock.today())
    person = next((person for person in people if person.pk == person_id), None)
    component = Component.objects.filter(code=code).first()
    if person is None or component is None or purpose not in Consent.Purpose.values:
        raise Http404
    return About(person, component, purpose)
