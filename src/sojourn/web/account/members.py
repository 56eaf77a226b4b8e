"""Who holds which post, and giving and ending posts inside the own subtree."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sojourn.entrance.actions.posts import end_post, invite, revoke_invitation
from sojourn.entrance.models import Invitation
from sojourn.entrance.queries import Grant, grants, invitations_overseen, posts_overseen
from sojourn.entrance.tokens import new_token
from sojourn.registry.models import Membership
from sojourn.web import clock
from sojourn.web.access import Audience, fresh, open_to
from sojourn.web.account.forms import InviteForm
from sojourn.web.account.mails import send
from sojourn.web.actors import actor_of, forget_actor
from sojourn.web.forms import refusals_shown_in
from sojourn.web.roles import ROLES
from sojourn.web.wording import in_language

LINK_IN_SESSION = "handed_link"
AT_ONCE = 50


@open_to(Audience.INVITING)
def page(request: HttpRequest) -> HttpResponse:
    """The posts that one oversees, and the open invitations to them."""
    by, sent = actor_of(request), request.GET.get("after", "")
    after = int(sent) if sent.isascii() and sent.isdigit() else 0
    posts = posts_overseen(by, on=clock.today(), after=after, limit=AT_ONCE)
    shown = {
        "posts": posts,
        "after": posts[-1].number if len(posts) == AT_ONCE else None,
        "invitations": invitations_overseen(by, at=clock.now()),
        "link": request.session.pop(LINK_IN_SESSION, None),
    }
    return render(request, "account/members.html", shown)


@open_to(Audience.INVITING)
@fresh
def invite_page(request: HttpRequest) -> HttpResponse:
    """Invite one address to one post: by mail, or by a link that is shown once."""
    by = actor_of(request)
    form = InviteForm(request.POST if request.method == "POST" else None, grants=grants(by))
    if request.method == "POST" and form.is_valid():
        grant: Grant = form.cleaned_data["post"]
        email, is_mailed, token = form.cleaned_data["email"], form.cleaned_data["way"] == "mail", new_token()
        with refusals_shown_in(form):
            invite(
                by=by,
                organisation=grant.organisation,
                role=grant.role,
                email=email,
                is_mailed=is_mailed,
                token=token,
                at=clock.now(),
            )
            _deliver(request, grant, email, token, is_mailed=is_mailed)
            return redirect("members")
    return render(request, "account/invite.html", {"form": form})


def _deliver(request: HttpRequest, grant: Grant, email: str, token: str, *, is_mailed: bool) -> None:
    url = request.build_absolute_uri(reverse("take-invitation", args=[token]))
    if is_mailed:
        organisation = in_language(grant.organisation.names)
        send("invitation", email, {"organisation": organisation, "role": ROLES[grant.role].label, "url": url})
        messages.success(request, _("The invitation is sent."))
    else:
        request.session[LINK_IN_SESSION] = url


@open_to(Audience.INVITING)
@require_POST
@fresh
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Take an invitation back."""
    row = get_object_or_404(Invitation.objects.select_related("organisation"), pk=number)
    revoke_invitation(by=actor_of(request), invitation=row, at=clock.now())
    messages.success(request, _("The invitation is taken back."))
    return redirect("members")


@open_to(Audience.ACCOUNT)
@require_POST
@fresh
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a post, or lay down one's own."""
    row = get_object_or_404(Membership.objects.select_related("organisation"), pk=number)
    end_post(by=actor_of(request), membership=row, on=clock.today())
    forget_actor(request)
    messages.success(request, _("The post has ended."))
    return redirect("home" if row.account_id == actor_of(request).account_id else "members")
