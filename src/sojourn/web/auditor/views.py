"""The trail of acts, a sheet of the lines shown, and the check of the seals."""

import csv
import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.records.queries import ActLine, acts, trail_heads
from sojourn.records.trails import TRAILS, verify
from sojourn.web.access import Audience, open_to
from sojourn.web.auditor.forms import TrailForm
from sojourn.web.verbs import VERBS

AT_ONCE = 50
COLUMNS = ("number", "at", "verb", "words", "account", "system", "kind", "row", "count")


@open_to(Audience.AUDITOR)
def trail(request: HttpRequest) -> HttpResponse:
    """What was done, the newest first, by kind of act and period."""
    form = TrailForm(request.GET)
    lines = _lines(form)
    shown = {
        "form": form,
        "lines": [(line, VERBS.get(line.verb, line.verb)) for line in lines],
        "sheet": urlencode(_said(form)),
        "older": urlencode(_said(form) | {"before": lines[-1].number}) if len(lines) == AT_ONCE else "",
        "heads": trail_heads(),
    }
    return render(request, "auditor/trail.html", shown)


@open_to(Audience.AUDITOR)
def sheet(request: HttpRequest) -> HttpResponse:
    """The lines that the page of the same address shows, to take along."""
    headers = {"Content-Disposition": 'attachment; filename="acts.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    for line in _lines(TrailForm(request.GET)):
        at = line.at.astimezone(dt.UTC).isoformat(timespec="seconds")
        words = str(VERBS.get(line.verb, line.verb))
        told = (line.account, int(line.by_system), line.kind, line.row, line.count)
        rows.writerow((line.number, at, line.verb, words, *("" if cell is None else cell for cell in told)))
    return response


@open_to(Audience.AUDITOR)
def seals(request: HttpRequest) -> HttpResponse:
    """Recompute both chains from their first seal, and say whether they are whole."""
    verdicts = [verify(name) for name in TRAILS]
    return render(request, "auditor/seals.html", {"verdicts": verdicts})


def _lines(form: TrailForm) -> Sequence[ActLine]:
    return acts(**form.question(), limit=AT_ONCE) if form.is_valid() else []


def _said(form: TrailForm) -> dict[str, str]:
    return {name: form.data[name] for name in form.fields if form.data.get(name)}
