"""What one is told: the messages, how they come, and the calendar link; muting by the link of a mail."""

from django import forms
from django.conf import settings
from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sojourn.contact.actions import choose_contact, link_calendar, mute, try_address_again, unlink_calendar
from sojourn.contact.gathering import preference_of
from sojourn.contact.kinds import KINDS
from sojourn.contact.models import Preference
from sojourn.contact.queries import calendar_account, has_calendar_link, messages_of
from sojourn.contact.rules import muted_by
from sojourn.contact.zones import zones
from sojourn.records.actor import PUBLIC
from sojourn.registry.models import Account
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.account.calendars import calendar_of
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.limits import guessed

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class ContactForm(forms.Form):
    """How one wants to be told; the messages stand on the page in any case."""

    rhythm = forms.ChoiceField(
        label=_("Mails"),
        widget=forms.RadioSelect,
        choices=[
            (Preference.Rhythm.AT_ONCE, _("As things happen")),
            (Preference.Rhythm.DAILY, _("At most one a day")),
        ],
    )
    quiet_from = forms.TypedChoiceField(label=_("No mails from"), coerce=int, choices=HOURS)
    quiet_until = forms.TypedChoiceField(label=_("until"), coerce=int, choices=HOURS)
    zone = forms.ChoiceField(label=_("Time zone"), required=False)
    language = forms.ChoiceField(
        label=_("Language of mails"),
        required=False,
        choices=[("", _("That of my data")), *settings.LANGUAGES],
    )
    muted = forms.MultipleChoiceField(
        label=_("Not by mail, on this page only"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, kind.title) for code, kind in KINDS.items() if kind.may_be_muted],
        help_text=_("What has a deadline behind it is always mailed."),
    )

    def __init__(self, data: object, preference: Preference) -> None:
        initial = {name: getattr(preference, name) for name in self.base_fields}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        site = str(_("That of the site (%(zone)s)")) % {"zone": settings.TIME_ZONE}
        self.fields["zone"].choices = [("", site), *((zone, zone) for zone in zones())]  # type: ignore[attr-defined]


@open_to(Audience.ACCOUNT)
def messages(request: HttpRequest) -> HttpResponse:
    """What I was told, and how I want to be told."""
    account = _own(request)
    form = ContactForm(request.POST if request.method == "POST" else None, preference_of(account))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            choose_contact(by=actor_of(request), account=account, **form.cleaned_data)
            notes.success(request, _("Noted. It holds from the next message on."))
            return redirect("messages")
    return _page(request, account, form)


@open_to(Audience.ACCOUNT)
@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Mail to my address again."""
    try_address_again(by=actor_of(request), account=_own(request))
    notes.success(request, _("Mails go to your address again, from the next message on."))
    return redirect("messages")


@open_to(Audience.ACCOUNT)
@require_POST
def new_link(request: HttpRequest) -> HttpResponse:
    """A new secret calendar address, shown once; the former one ends."""
    account = _own(request)
    secret = link_calendar(by=actor_of(request), account=account, on=clock.today())
    address = f"{settings.SITE_URL}{reverse('calendar', args=[secret])}"
    return _page(request, account, ContactForm(None, preference_of(account)), address)


@open_to(Audience.ACCOUNT)
@require_POST
def end_link(request: HttpRequest) -> HttpResponse:
    """End my secret calendar address."""
    unlink_calendar(by=actor_of(request), account=_own(request))
    notes.success(request, _("The calendar link has ended."))
    return redirect("messages")


@open_to(Audience.PUBLIC)
@csrf_exempt
def mute_by_link(request: HttpRequest, signed: str) -> HttpResponse:
    """Mute what a mail told: asked for on a page, or at once by the reader's mail program.

    RFC 8058 has mail programs post without a cookie; the signed address is the permission, and it can do
    nothing else.
    """
    _account, kinds = muted_by(signed)
    if request.method == "POST":
        mute(by=PUBLIC, signed=signed)
    shown = {
        "titles": [KINDS[kind].title for kind in kinds if kind in KINDS],
        "done": request.method == "POST",
    }
    return render(request, "account/mute.html", shown)


@open_to(Audience.PUBLIC)
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The dates of whoever made this secret address, for calendar programs."""
    account = calendar_account(secret)
    if not guessed(request, lambda: account is not None) or account is None:
        raise Http404
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="sojourn.ics"'}
    content = calendar_of(account, on=clock.today(), at=clock.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _own(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    return account


def _page(request: HttpRequest, account: Account, form: ContactForm, address: str = "") -> HttpResponse:
    shown = {
        "messages_told": messages_of(account),
        "form": form,
        "address": address,
        "has_link": has_calendar_link(account),
        "failed_on": preference_of(account).address_failed_on,
        "email": account.email,
    }
    return render(request, "account/messages.html", shown)
