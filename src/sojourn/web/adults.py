"""Who is vetted and trained: pages that an institution and its safeguarding leads share.

The audience is said where the page is entered into the URLs; the keeper's pages are those of KEEPERS alone.
"""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sojourn.records.actor import Actor
from sojourn.registry.models import Organisation, Vetting
from sojourn.safeguarding.actions.vetting import record_vetting, revoke_vetting
from sojourn.safeguarding.queries.vetting import adult_of, adults_of, called, records_of
from sojourn.safeguarding.rules.vetting import KEEPERS
from sojourn.web import clock
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.labels import Label

KINDS: dict[str, Label] = {
    Vetting.Kind.CHECK: gettext_lazy("Background check"),
    Vetting.Kind.TRAINING: gettext_lazy("Safeguarding training"),
}
DAY = dt.timedelta(days=1)


class RecordForm(forms.Form):
    """A check or a training that was made; its papers stay with whoever made it."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=list(KINDS.items()))
    starts_on = forms.DateField(label=gettext_lazy("Made on"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(
        label=gettext_lazy("Valid to"),
        help_text=gettext_lazy(
            "Its last day, at most three years later. It has to cover the whole of a stay."
        ),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def values(self) -> dict[str, Any]:
        """As `record_vetting` takes them; the last day becomes an open end."""
        told = self.cleaned_data
        last = min(told["last_day"], dt.date.max - DAY)
        return {"kind": told["kind"], "starts_on": told["starts_on"], "ends_on": last + DAY}


def adults_page(request: HttpRequest) -> HttpResponse:
    """One's own records, and for a keeper the adults of the institution with what is due first."""
    by, on = actor_of(request), clock.today()
    organisation = _kept_by(by)
    shown = {
        "own": records_of(by.account_id, on=on) if by.account_id is not None else [],
        "lines": adults_of(organisation.pk, on=on) if organisation else [],
        "organisation": organisation.names if organisation else None,
        "adult_page": f"{_namespace(request)}:adult",
    }
    return render(request, "safeguarding/adults.html", shown)


def adult_page(request: HttpRequest, account_id: int) -> HttpResponse:
    """The records of one adult, and the form to note another."""
    by, on = actor_of(request), clock.today()
    account, organisation = adult_of(by, account_id, on=on)
    form = RecordForm(request.POST if request.method == "POST" else None, initial={"starts_on": on})
    if form.is_bound and form.is_valid():
        with refusals_shown_in(form):
            record_vetting(by=by, organisation=organisation, account=account, **form.values(), on=on)
            messages.success(request, _("It is noted."))
            return redirect(f"{_namespace(request)}:adult", account_id)
    shown = {
        "name": called(account),
        "records": records_of(account_id, on=on, seen_from=organisation.pk),
        "form": form,
        "adults_page": f"{_namespace(request)}:adults",
        "revoke_page": f"{_namespace(request)}:revoke",
    }
    return render(request, "safeguarding/adult.html", shown)


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End a record at once."""
    vetting = Vetting.objects.filter(pk=number).first()
    if vetting is None:
        raise Http404
    revoke_vetting(by=actor_of(request), vetting=vetting, on=clock.today())
    messages.success(request, _("It does not count any more."))
    return redirect(f"{_namespace(request)}:adult", vetting.account_id)


def _kept_by(by: Actor) -> Organisation | None:
    """The institution whose records the actor keeps; of several the first that was founded."""
    return Organisation.objects.filter(pk__in=by.organisations(*KEEPERS)).order_by("pk").first()


def _namespace(request: HttpRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else ""
