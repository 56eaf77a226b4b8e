"""What stands between every request and its view: whatever is refused becomes a page with its reason."""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.web import clock

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_LOG_IN = dt.timedelta(hours=12)
NOTED_EVERY = dt.timedelta(minutes=10)
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
"""Signs of a browser and of a system in what it says of itself; the first that fits."""


class RefusalMiddleware:
    """Turns a rule's no into a page that says why (409), and what must not be seen into 404."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a method that the page does not know is told in words.

        No address holds a null character, and PostgreSQL takes none: such an address leads nowhere. The API
        says so in its own form.
        """
        if "\0" in request.path and not request.path.startswith("/api/"):
            return render(request, "404.html", status=404)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal or for what is not there; other errors go their way."""
        if isinstance(exception, UnseenError | Http404):
            return render(request, "404.html", status=404)
        if isinstance(exception, RefusalError):
            return render(request, "refused.html", {"refusal": exception}, status=409)
        return None


class SeenMiddleware:
    """Notes in a log-in since when it lives, when it was last seen and on what kind of device."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note it, every ten minutes at most; end a log-in that is too old, however busy it is."""
        now = clock.now()
        since = request.session.get("since") if request.user.is_authenticated else None
        if since is not None and now - dt.datetime.fromisoformat(since) > LONGEST_LOG_IN:
            logout(request)
        if request.user.is_authenticated:
            seen = request.session.get("seen")
            if seen is None or now - dt.datetime.fromisoformat(seen) > NOTED_EVERY:
                request.session.setdefault("since", now.isoformat())
                request.session["seen"] = now.isoformat()
                request.session["device"] = device_of(request.headers.get("User-Agent", ""))
        return self.get_response(request)


def device_of(agent: str) -> str:
    """Browser and system in two words, or nothing where they are not known."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return " · ".join(part for part in (browser, system) if part)
