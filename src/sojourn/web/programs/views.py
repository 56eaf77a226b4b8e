"""Tokens and webhooks of one's own organisation: parse, one action or query, render."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.connections.actions.tokens import give_token, revoke_token
from sojourn.connections.actions.webhooks import register_webhook, remove_webhook, resend, resume_webhook
from sojourn.connections.queries.tokens import own_token, tokens_of
from sojourn.connections.queries.webhooks import log_of, own_delivery, own_webhook, webhooks_of
from sojourn.web import clock
from sojourn.web.access import Audience, fresh, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.programs.forms import TokenForm, WebhookForm
from sojourn.web.programs.posts import leading_posts


@open_to(Audience.LEADING)
def home(request: HttpRequest) -> HttpResponse:
    """The tokens and webhooks of one's own organisations."""
    by = actor_of(request)
    shown = {"tokens": tokens_of(by, on=clock.today()), "webhooks": webhooks_of(by)}
    return render(request, "programs/home.html", shown)


@open_to(Audience.LEADING)
@fresh
def new_token(request: HttpRequest) -> HttpResponse:
    """Give a token; its key is shown in this one answer and never again."""
    by, on = actor_of(request), clock.today()
    form = TokenForm(request.POST or None, posts=leading_posts(by), on=on)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            made = give_token(
                by=by,
                organisation=form.chosen.organisation,
                role=form.chosen.role,
                label=form.cleaned_data["label"],
                scopes=form.cleaned_data["scopes"],
                expires_on=form.cleaned_data["expires_on"],
                on=on,
            )
            return render(request, "programs/key.html", {"token": made.token, "key": made.key})
    return render(request, "programs/new_token.html", {"form": form})


@open_to(Audience.LEADING)
@fresh
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, then take a token back."""
    token = own_token(actor_of(request), number)
    if request.method == "POST":
        revoke_token(by=actor_of(request), token=token, on=clock.today())
        messages.success(request, _("The token is revoked: its program is refused from the next request on."))
        return redirect("programs:home")
    return render(request, "programs/revoke.html", {"token": token})


@open_to(Audience.LEADING)
@fresh
def new_webhook(request: HttpRequest) -> HttpResponse:
    """Register an address that is told of events."""
    by = actor_of(request)
    form = WebhookForm(request.POST or None, posts=leading_posts(by))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_in(form):
            made = register_webhook(
                by=by,
                organisation=form.chosen.organisation,
                url=form.cleaned_data["url"],
                events=form.cleaned_data["events"],
                on=clock.today(),
            )
            messages.success(request, _("The webhook is registered. Give its secret to the program."))
            return redirect("programs:secret", made.pk)
    return render(request, "programs/new_webhook.html", {"form": form})


@open_to(Audience.LEADING)
def webhook(request: HttpRequest, number: int) -> HttpResponse:
    """One webhook with the log of its messages."""
    row = own_webhook(actor_of(request), number)
    return render(request, "programs/webhook.html", {"webhook": row, "log": log_of(row)})


@open_to(Audience.LEADING)
@fresh
def secret(request: HttpRequest, number: int) -> HttpResponse:
    """The secret with which the messages of a webhook are signed."""
    row = own_webhook(actor_of(request), number)
    return render(request, "programs/secret.html", {"webhook": row})


@open_to(Audience.LEADING)
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Switch a webhook on again."""
    resume_webhook(by=actor_of(request), webhook=own_webhook(actor_of(request), number), at=clock.now())
    messages.success(request, _("The webhook is on again; what was given up is sent anew."))
    return redirect("programs:webhook", number)


@open_to(Audience.LEADING)
@fresh
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, then remove a webhook with its log."""
    row = own_webhook(actor_of(request), number)
    if request.method == "POST":
        remove_webhook(by=actor_of(request), webhook=row)
        messages.success(request, _("The webhook is removed."))
        return redirect("programs:home")
    return render(request, "programs/remove.html", {"webhook": row})


@open_to(Audience.LEADING)
@require_POST
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    """Send a message that was given up once more."""
    delivery = own_delivery(actor_of(request), number)
    resend(by=actor_of(request), delivery=delivery, at=clock.now())
    messages.success(request, _("The message is sent again within a minute."))
    return redirect("programs:webhook", delivery.webhook_id)
