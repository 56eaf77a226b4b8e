"""The pages of the offices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.web.access import Audience, open_to


@open_to(Audience.OFFICE)
def overview(request: HttpRequest) -> HttpResponse:
    """How far the programme has come."""
    return render(request, "office/overview.html")
