"""What an office may know of safety below it: counts, none of them small, none that concerns itself."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.monitoring.queries import without_small
from sojourn.safeguarding.queries.incidents import counts_within
from sojourn.safeguarding.queries.vetting import vetting_counts
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.office.posts import office_of

YEAR = dt.timedelta(days=365)


@open_to(Audience.OFFICE)
def safeguarding(request: HttpRequest) -> HttpResponse:
    """Incidents of the last year by state, and how the checks of the adults stand."""
    office = office_of(request).organisation_id
    found = counts_within(office, actor_of(request), since=clock.now() - YEAR)
    adults = vetting_counts(office, on=clock.today())
    waiting, in_hand, closed = without_small([found["waiting"], found["in_hand"], found["closed"]])
    valid, ending, none = without_small([adults.valid, adults.ending, adults.none])
    shown = {
        "incidents": {"waiting": waiting, "in_hand": in_hand, "closed": closed},
        "adults": {"valid": valid, "ending": ending, "none": none},
    }
    return render(request, "office/safeguarding.html", shown)
