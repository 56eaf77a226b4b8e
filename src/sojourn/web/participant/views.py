"""What concerns me and the minors in my care: my place, one application with its reasons, one stay."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.participation.queries.applicants import application_page, certificate_of, my_place, stay_page
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.seeds import seed_in_words
from sojourn.web.why import told_choices, told_drawn


@open_to(Audience.PARTICIPANT)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me."""
    return render(request, "participant/home.html", {"mine": my_place(actor_of(request), on=clock.today())})


@open_to(Audience.PARTICIPANT)
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """One application: how far it has come, and after the draw why."""
    page = application_page(actor_of(request), reference, on=clock.today())
    shown = {"page": page, "line": page.line, "choices": told_choices(page)}
    return render(request, "participant/application.html", shown)


@open_to(Audience.PARTICIPANT)
def certificate(request: HttpRequest, reference: str) -> HttpResponse:
    """The certificate of the draw, to print or to keep."""
    paper = certificate_of(actor_of(request), reference, on=clock.today())
    shown = {"paper": paper, "seed": seed_in_words(paper.seed_source), "choices": told_drawn(paper)}
    return render(request, "participant/certificate.html", shown)


@open_to(Audience.PARTICIPANT)
def stay(request: HttpRequest, number: int) -> HttpResponse:
    """One stay: when, where, what has happened."""
    page = stay_page(actor_of(request), number, on=clock.today())
    return render(request, "participant/stay.html", {"page": page, "line": page.line})
