"""My data: what is held, who has read it, and a copy to take along."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from sojourn.participation.queries.applicants import HeldData, data_held
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of


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


def _held(request: HttpRequest) -> list[HeldData]:
    return data_held(actor_of(request), on=clock.today())
