"""The way in and out."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sojourn.registry.models import Account
from sojourn.web.access import Audience, open_to
from sojourn.web.account.demo import DEMO_DOMAIN, demo_log_ins
from sojourn.web.account.forms import LogInForm
from sojourn.web.actors import actor_of, forget_actor
from sojourn.web.navigation import home_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


class LogIn(LoginView):
    """The log-in page; whoever is logged in already goes to their start page."""

    template_name = "account/log_in.html"
    form_class = LogInForm
    redirect_authenticated_user = True


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
    """Log in as one of the invented people."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(Account, pk=account_id, email__endswith=DEMO_DOMAIN, is_active=True)
    login(request, account, backend=BACKEND)
    forget_actor(request)
    return redirect("home")
