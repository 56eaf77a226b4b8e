"""Figures of one's own office, each with the activities that its records belong to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sojourn.monitoring.models import Figure
from sojourn.monitoring.queries import figure_trace, figures_of
from sojourn.web.access import Audience, open_to
from sojourn.web.office.posts import office_of


@open_to(Audience.OFFICE)
def figures(request: HttpRequest) -> HttpResponse:
    """The monthly figures of the office, newest month first."""
    return render(request, "office/figures.html", {"lines": figures_of(office_of(request).organisation_id)})


@open_to(Audience.OFFICE)
def figure(request: HttpRequest, number: int) -> HttpResponse:
    """How one figure was computed: counted again, activity by activity. Another office's answers 404."""
    own = Figure.objects.filter(organisation=office_of(request).organisation_id)
    found = get_object_or_404(own.select_related("component"), pk=number)
    return render(request, "office/figure.html", {"figure": found, "trace": figure_trace(found)})
