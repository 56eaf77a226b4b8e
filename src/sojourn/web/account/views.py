"""The way in and out, and the own log-in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.entrance.actions.people import register as register_person
from sojourn.entrance.queries import log_ins_of, own_posts
from sojourn.entrance.sessions import end_other_log_ins
from sojourn.registry.models import Account
from sojourn.web import clock
from sojourn.web.access import FACTORS, Audience, open_to
from sojourn.web.account.demo import DEMO_DOMAIN, demo_log_ins
from sojourn.web.account.logging_in import given_factor, let_in
from sojourn.web.actors import actor_of, forget_actor
from sojourn.web.forms import WhoForm, refusals_shown_in
from sojourn.web.navigation import home_of


@open_to(Audience.PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """The start page of one's own audience."""
    return redirect(home_of(actor_of(request)))


@open_to(Audience.PUBLIC)
def demo(request: HttpRequest) -> HttpResponse:
    """The invented people of the demonstration, each one click away; nothing of the kind on a real site."""
    if not settings.DEMO:
        raise Http404
    return render(request, "account/demo.html", {"roles": demo_log_ins()})


@open_to(Audience.PUBLIC)
@require_POST
def demo_log_in(request: HttpRequest, account_id: int) -> HttpResponse:
    """Log in as one of the invented people, as if every factor had been given."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(Account, pk=account_id, email__endswith=DEMO_DOMAIN, is_active=True)
    let_in(request, account)
    given_factor(request, "demo")
    return redirect("home")


@open_to(Audience.PUBLIC)
def uninvited(request: HttpRequest) -> HttpResponse:
    """The provider knows somebody whom nobody has invited."""
    return render(request, "account/signup_closed.html")


@open_to(Audience.ACCOUNT)
def own(request: HttpRequest) -> HttpResponse:
    """One's log-in: its keys, one's posts, where one is logged in."""
    account = _account(request)
    actor = actor_of(request)
    shown = {
        "email": account.email,
        "has_factor": Authenticator.objects.filter(user=account, type__in=FACTORS).exists(),
        "posts": own_posts(account, on=clock.today()),
        "can_register": account.person_id is None and not actor.posts,
        "log_ins": log_ins_of(account, this_key=request.session.session_key or "", at=clock.now()),
    }
    return render(request, "account/own.html", {"page": shown})


@open_to(Audience.ACCOUNT)
@require_POST
def end_log_ins(request: HttpRequest) -> HttpResponse:
    """Log out everywhere else."""
    end_other_log_ins(_account(request), request.session.session_key or "")
    messages.success(request, _("All other devices are logged out."))
    return redirect("account")


@open_to(Audience.ACCOUNT)
def register(request: HttpRequest) -> HttpResponse:
    """Say who one is, to apply for oneself or for a child."""
    form = WhoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            register_person(
                by=actor_of(request), account=_account(request), **form.cleaned_data, on=clock.today()
            )
            forget_actor(request)
            return redirect("participant:home")
    return render(request, "account/register.html", {"form": form})


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """Set up an app; its first code counts as given."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app."""
        response: HttpResponse = super().form_valid(form)
        given_factor(self.request, Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey; that the device made it counts as given."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the passkey."""
        response: HttpResponse = super().form_valid(form)
        given_factor(self.request, Authenticator.Type.WEBAUTHN)
        return response


activate_app, add_passkey = ActivateApp.as_view(), AddPasskey.as_view()


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise Http404
    return request.user
