"""The public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.web.access import Audience, open_to


@open_to(Audience.PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """What this programme is."""
    return render(request, "public/home.html")
