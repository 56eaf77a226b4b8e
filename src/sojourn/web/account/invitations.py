"""The invitation that one was sent: open an account by it, or accept it with the account that one has."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sojourn.entrance.actions.posts import accept_invitation, open_account
from sojourn.entrance.models import Invitation
from sojourn.entrance.queries import invitation_of
from sojourn.registry.models import Account
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.account.adapters import TOKEN_IN_SESSION
from sojourn.web.account.forms import FirstPasswordForm
from sojourn.web.account.logging_in import let_in
from sojourn.web.actors import actor_of, forget_actor
from sojourn.web.forms import refusals_shown_in


@open_to(Audience.PUBLIC)
def take(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the secret of the link in the session, so that no later address shows it."""
    request.session[TOKEN_IN_SESSION] = token
    return redirect("invitation")


@open_to(Audience.PUBLIC)
def page(request: HttpRequest) -> HttpResponse:
    """Read who invites one to what, and accept."""
    invitation = invitation_of(request.session.get(TOKEN_IN_SESSION, ""), at=clock.now())
    form = _form(request)
    if invitation and request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            _accept(request, invitation, form)
            request.session.pop(TOKEN_IN_SESSION, None)
            forget_actor(request)
            messages.success(request, _("Welcome. The post is yours."))
            return redirect("home")
    return render(request, "account/invitation.html", {"invitation": invitation, "form": form})


def _form(request: HttpRequest) -> forms.Form:
    sent = request.POST if request.method == "POST" else None
    return forms.Form(sent) if request.user.is_authenticated else FirstPasswordForm(sent)


def _accept(request: HttpRequest, invitation: Invitation, form: forms.Form) -> None:
    by, at = actor_of(request), clock.now()
    if isinstance(request.user, Account):
        accept_invitation(by=by, invitation=invitation, account=request.user, at=at)
    else:
        account = open_account(by=by, invitation=invitation, password=form.cleaned_data["password"], at=at)
        let_in(request, account)
