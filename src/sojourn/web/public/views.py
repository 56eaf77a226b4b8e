"""The public pages: parse, read, render."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sojourn.core.proof import canonical_json
from sojourn.monitoring.bulletin_pdf import bulletin_pdf
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.public import bulletins as bulletin_readings
from sojourn.web.public import calls as call_readings
from sojourn.web.public import draws as draw_readings
from sojourn.web.public import plans as plan_readings
from sojourn.web.public.forms import TicketForm
from sojourn.web.seeds import seed_in_words


@open_to(Audience.PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """What this programme is, how far it has come, and what one can apply for."""
    cards = call_readings.published_calls(on=clock.today())
    open_calls = [card for card in cards if card.stage == call_readings.Stage.OPEN]
    return render(request, "public/home.html", {"plan": plan_readings.plan_page(), "calls": open_calls})


@open_to(Audience.PUBLIC)
def plan(request: HttpRequest) -> HttpResponse:
    """The plan in force with the numbers reached."""
    return render(request, "public/plan.html", {"plan": plan_readings.plan_page()})


@open_to(Audience.PUBLIC)
def plan_difference(request: HttpRequest, number: int) -> HttpResponse:
    """What a version of the plan changed."""
    before, after, changes = plan_readings.two_versions(number)
    shown = {"before": before, "after": after, "changes": changes}
    return render(request, "public/plan_difference.html", shown)


@open_to(Audience.PUBLIC)
def target(request: HttpRequest, code: str) -> HttpResponse:
    """A target with the quotas that it was split into, and how they were computed."""
    return render(request, "public/target.html", {"target": plan_readings.target_page(code)})


@open_to(Audience.PUBLIC)
def calls(request: HttpRequest) -> HttpResponse:
    """Every published call."""
    return render(request, "public/calls.html", {"calls": call_readings.published_calls(on=clock.today())})


@open_to(Audience.PUBLIC)
def call(request: HttpRequest, code: str) -> HttpResponse:
    """One call: openings, rules, timetable, and where the chance comes from."""
    page = call_readings.call_page(code, on=clock.today())
    seed = seed_in_words(page.round.seed_source) if page.round else None
    is_open = page.card.stage == call_readings.Stage.OPEN
    apply_url = reverse("participant:apply", args=[code]) if is_open else ""
    return render(request, "public/call.html", {"call": page, "seed": seed, "apply_url": apply_url})


@open_to(Audience.PUBLIC)
def draws(request: HttpRequest) -> HttpResponse:
    """Every round whose list is frozen."""
    return render(request, "public/draws.html", {"draws": draw_readings.frozen_rounds()})


@open_to(Audience.PUBLIC)
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """One draw with its proof, and what it said of one ticket."""
    page = draw_readings.draw_page(code)
    form = TicketForm(request.GET if "ticket" in request.GET else None)
    asked = form.is_bound and form.is_valid()
    answer = draw_readings.ticket_answer(code, form.cleaned_data["ticket"].strip()) if asked else None
    shown = {
        "draw": page,
        "seed": seed_in_words(page.seed_source),
        "form": form,
        "asked": asked,
        "answer": answer,
        "folder": draw_readings.folder_name(code),
    }
    return render(request, "public/draw.html", shown)


@open_to(Audience.PUBLIC)
def proof(_request: HttpRequest, code: str) -> HttpResponse:
    """The proof folder of a draw as a zip file."""
    return _zip_file(draw_readings.proof_of_draw(code), draw_readings.folder_name(code))


@open_to(Audience.PUBLIC)
def quota_proof(_request: HttpRequest, code: str) -> HttpResponse:
    """The proof folder of the quotas of a target as a zip file."""
    return _zip_file(plan_readings.proof_of_quotas(code), f"quotas-{code}")


@open_to(Audience.PUBLIC)
def bulletins(request: HttpRequest) -> HttpResponse:
    """Every published bulletin."""
    return render(request, "public/bulletins.html", {"bulletins": bulletin_readings.published_bulletins()})


@open_to(Audience.PUBLIC)
def bulletin(request: HttpRequest, code: str, edition: int) -> HttpResponse:
    """One edition of a bulletin."""
    return render(request, "public/bulletin.html", {"page": bulletin_readings.bulletin_page(code, edition)})


@open_to(Audience.PUBLIC)
def figure(request: HttpRequest, code: str, edition: int, target: str) -> HttpResponse:
    """A printed number, and how it was computed."""
    return render(
        request, "public/figure.html", {"page": bulletin_readings.figure_page(code, edition, target)}
    )


@open_to(Audience.PUBLIC)
def bulletin_document(_request: HttpRequest, code: str, edition: int) -> HttpResponse:
    """The document behind an edition, as its fingerprint was computed."""
    return HttpResponse(
        canonical_json(bulletin_readings.printed(code, edition)), content_type="application/json"
    )


@open_to(Audience.PUBLIC)
def bulletin_sheet(_request: HttpRequest, code: str, edition: int, language: str) -> HttpResponse:
    """An edition as a printed sheet in one language."""
    if language not in {"en", "zh"}:
        raise Http404
    document = bulletin_readings.printed(code, edition)
    content = bulletin_pdf(document, "zh" if language == "zh" else "en")
    headers = {"Content-Disposition": f'inline; filename="{code}-{edition}-{language}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _zip_file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)
