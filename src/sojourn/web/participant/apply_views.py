"""Apply, join a group, rank anew."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sojourn.participation.actions.applications import apply, change_choices, join_group
from sojourn.participation.models import Call, Opening
from sojourn.participation.queries.applicants import (
    application_page,
    group_page,
    own_application,
)
from sojourn.participation.rules.applications import must_be_open
from sojourn.registry.models import Person
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.limits import guessed
from sojourn.web.participant.drafts import Draft, Step, applicants_for
from sojourn.web.participant.forms import ConsentForm, GroupForm, RankingForm, text_language

PAGES = {
    Step.WHO: "participant/apply_who.html",
    Step.THROUGH: "participant/apply_through.html",
    Step.CHOICES: "participant/apply_choices.html",
    Step.REVIEW: "participant/apply_review.html",
}


@open_to(Audience.PARTICIPANT)
def apply_page(request: HttpRequest, code: str) -> HttpResponse:
    """Apply in four steps: who, through whom, for what, and the yes."""
    call = _published_call(code)
    must_be_open(call, clock.today())
    draft = Draft(actor_of(request), call, request.GET, clock.today())
    if draft.step is Step.REVIEW:
        return _review(request, draft)
    return render(request, PAGES[draft.step], {"draft": draft, "call": call})


def _review(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Read it once more, say yes, hand it in."""
    by, on, call = actor_of(request), clock.today(), draft.call
    form = _consent_form(request, draft.people, call)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            made = apply(
                by=by,
                call=call,
                people=draft.people,
                sending=draft.sending,
                choices=draft.choices,
                yes=form.yes(),
                language=text_language(),
                on=on,
                as_group=draft.as_group,
            )
            messages.success(request, _("Your application is in. You can change it until the call closes."))
            return redirect("participant:application", made.reference)
    back = {step.name.lower(): draft.address_of(step) for step in PAGES}
    shown = {"draft": draft, "call": call, "form": form, "back": back}
    return render(request, PAGES[Step.REVIEW], shown)


@open_to(Audience.PARTICIPANT)
def join(request: HttpRequest) -> HttpResponse:
    """Join a group by its code: read what it chose, say yes."""
    by, on = actor_of(request), clock.today()
    people = applicants_for(by, on)
    asked = GroupForm(request.GET if "code" in request.GET else None, people=people)
    if not (asked.is_bound and guessed(request, asked.is_valid)):
        return render(request, "participant/join.html", {"form": asked, "people": people})
    group, person = asked.cleaned_data["code"], asked.cleaned_data["person"]
    form = _consent_form(request, [person], group.call)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            made = join_group(
                by=by, group=group, person=person, yes=form.yes(), language=text_language(), on=on
            )
            messages.success(request, _("Done: you share the group’s ticket now."))
            return redirect("participant:application", made.reference)
    shown = {"form": form, "group": group_page(group), "person": person, "query": request.GET}
    return render(request, "participant/join_group.html", shown)


@open_to(Audience.PARTICIPANT)
def choices(request: HttpRequest, reference: str) -> HttpResponse:
    """Rank anew while the call is open."""
    by, on = actor_of(request), clock.today()
    row = own_application(by, reference, on=on)
    must_be_open(row.call, on)
    page = application_page(by, reference, on=on)
    form = RankingForm(
        _sent(request),
        call=row.call,
        openings=Opening.objects.filter(call=row.call).order_by("starts_on", "code"),
        people=[member.person for member in row.members.select_related("person").order_by("pk")],
        sending=row.sending,
        initial={"choices": [choice.opening.code for choice in page.choices]},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            change_choices(by=by, application=row, choices=form.cleaned_data["choices"], on=on)
            messages.success(request, _("Your new choices are saved."))
            return redirect("participant:application", reference)
    return render(request, "participant/choices.html", {"form": form, "page": page, "line": page.line})


def _published_call(code: str) -> Call:
    call = Call.objects.published().select_related("component").filter(code=code).first()
    if call is None:
        raise Http404
    return call


def _consent_form(request: HttpRequest, people: list[Person], call: Call) -> ConsentForm:
    return ConsentForm(
        _sent(request),
        by=actor_of(request),
        people=people,
        component_code=call.component.code,
        on=clock.today(),
    )


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; a form without a single tick sends nothing, and is still sent."""
    return request.POST if request.method == "POST" else None
