"""What a paper slip opens: the minor's own yes and no, the reasons, leaving. Nobody else's anything."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.entrance.models import Slip
from sojourn.entrance.queries import slip_of
from sojourn.entrance.sessions import use_slip
from sojourn.participation.actions.consents import withdraw_consent
from sojourn.participation.actions.offers import leave
from sojourn.participation.queries.applicants import (
    application_page,
    data_held,
    my_place,
    my_yeses,
    own_engagement,
)
from sojourn.plan.models import Component
from sojourn.registry.actions import give_consent
from sojourn.registry.consent_texts import Wording, text_language, version_on
from sojourn.registry.models import Consent, Person
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import SLIP, actor_of
from sojourn.web.limits import guessed
from sojourn.web.why import told_choices

MINUTES = 20


class SlipForm(forms.Form):
    """The code on the slip."""

    code = forms.CharField(
        label=gettext_lazy("Code on your slip"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


@open_to(Audience.PUBLIC)
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code. A wrong one is counted, and tells nothing."""
    form = SlipForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        slip = slip_of(form.cleaned_data["code"], on=clock.today())
        if guessed(request, lambda: slip is not None) and slip is not None:
            return _open(request, slip)
        form.add_error("code", _("No slip has this code, or it has ended. Check it, or ask for a new one."))
    return render(request, "child/enter.html", {"form": form})


def _open(request: HttpRequest, slip: Slip) -> HttpResponse:
    """A session of its own: whoever was logged in on this device is logged out first."""
    request.session.flush()
    request.session[SLIP] = slip.pk
    request.session.set_expiry(MINUTES * 60)
    use_slip(slip, on=clock.today())
    return redirect("child:home")


@open_to(Audience.PUBLIC)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the pages, for the next one at this screen."""
    request.session.flush()
    return redirect("child:enter")


@open_to(Audience.CHILD)
def home(request: HttpRequest) -> HttpResponse:
    """What I said yes to, what became of it, where I take part."""
    by, on = actor_of(request), clock.today()
    mine = my_place(by, on=on)
    held = data_held(by, on=on)[0]
    shown = {
        "name": held.given_name,
        "components": my_yeses(by, on=on)[0].components,
        "applications": [*mine.offers, *mine.applications],
        "stays": [line for line in mine.stays if not line.is_over],
        "reads": held.reads,
    }
    return render(request, "child/home.html", shown)


@open_to(Audience.CHILD)
def why(request: HttpRequest, reference: str) -> HttpResponse:
    """Why there is a place, or none."""
    page = application_page(actor_of(request), reference, on=clock.today())
    return render(request, "child/why.html", {"page": page, "choices": told_choices(page)})


@open_to(Audience.CHILD)
def say_yes(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """Read what it is about, in a child's words, and say the own yes."""
    by, on, component = actor_of(request), clock.today(), _component(code, purpose)
    language = text_language(get_language() or "en")
    if request.method == "POST":
        give_consent(
            by=by,
            person=_child(request),
            kind=Consent.Kind.ASSENT,
            component_code=component.code,
            language=language,
            on=on,
            purpose=purpose,
        )
        messages.success(request, _("Your yes is noted. You can take it back on any day."))
        return redirect("child:home")
    text = version_on(purpose, on).texts[Wording.CHILD][language]
    return render(
        request, "child/yes.html", {"component": component.titles, "purpose": purpose, "text": text}
    )


@open_to(Audience.CHILD)
@require_POST
def say_no(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """Take the yes back."""
    withdraw_consent(
        by=actor_of(request),
        person=_child(request),
        component_code=_component(code, purpose).code,
        on=clock.today(),
        purpose=purpose,
    )
    messages.success(request, _("Your no is noted. It counts, whatever the grown-ups said. Nobody asks why."))
    return redirect("child:home")


@open_to(Audience.CHILD)
@require_POST
def leave_stay(request: HttpRequest, number: int) -> HttpResponse:
    """Leave."""
    by, on = actor_of(request), clock.today()
    leave(by=by, engagement=own_engagement(by, number, on=on), on=on)
    messages.success(request, _("You have left. Nobody asks why."))
    return redirect("child:home")


def _child(request: HttpRequest) -> Person:
    return Person.objects.get(pk=actor_of(request).must_be_person())


def _component(code: str, purpose: str) -> Component:
    component = Component.objects.filter(code=code).first()
    if component is None or purpose not in Consent.Purpose.values:
        raise Http404
    return component
