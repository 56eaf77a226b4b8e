"""Slips for the minors of one's own activity, so that each can speak without an e-mail address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.entrance.actions.slips import issue_class_slips
from sojourn.entrance.rules.slips import PRINTS
from sojourn.entrance.tokens import new_code
from sojourn.participation.actions.rosters import read_roster, roster_day
from sojourn.participation.queries.hosts import hosted_opening
from sojourn.records.refusal import UnseenError
from sojourn.registry.rules import ASSENT_FROM, must_hold_post
from sojourn.web import clock
from sojourn.web.access import Audience, fresh, open_to
from sojourn.web.actors import actor_of
from sojourn.web.slips import Paper


@open_to(Audience.INSTITUTION)
@require_POST
@fresh
def print_slips(request: HttpRequest, call_code: str, code: str) -> HttpResponse:
    """Print one for each minor of 8 and over. Their codes are shown this once; the look is noted."""
    by, on = actor_of(request), clock.today()
    row = hosted_opening(by, call_code, code)
    must_hold_post(by, row.host_id, *PRINTS)  # before the roster is read, which is noted
    if row.ends_on <= on:
        raise UnseenError
    roster = read_roster(by=by, opening=row, day=roster_day(row, on))
    codes = {line.number: new_code() for line in roster if line.is_minor and line.age >= ASSENT_FROM}
    slips = issue_class_slips(by=by, opening=row, codes=codes, on=on)
    if not slips:
        messages.warning(request, _("There is nobody of 8 to 17 on the roster."))
        return redirect("institution:opening", call_code, code)
    papers = [
        Paper(line.name, codes[line.number], slips[0].ends_on) for line in roster if line.number in codes
    ]
    return render(request, "slips/print.html", {"papers": papers})
