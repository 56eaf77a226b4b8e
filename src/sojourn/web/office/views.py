"""The pages of the offices: parse, one action or query, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.web.access import Audience, open_to
from sojourn.web.office.overview import programme_overview, regional_overview
from sojourn.web.office.posts import office_of


@open_to(Audience.OFFICE)
def overview(request: HttpRequest) -> HttpResponse:
    """How far the programme, or the region's share of it, has come."""
    post = office_of(request)
    if post.is_programme_office:
        page = programme_overview(post.organisation_id, chosen_code=request.GET.get("target", ""))
    else:
        page = regional_overview(post.organisation_id)
    return render(request, "office/overview.html", {"page": page, "post": post})
