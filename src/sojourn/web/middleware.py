"""What stands between every request and its view: refusals become pages, private pages are not stored."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.records.refusal import RefusalError, UnseenError

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Turns a rule's no into a page that says why (409), and what must not be seen into 404."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal or for what is not there; other errors go their way."""
        if isinstance(exception, UnseenError | Http404):
            return render(request, "404.html", status=404)
        if isinstance(exception, RefusalError):
            return render(request, "refused.html", {"refusal": exception}, status=409)
        return None


class PrivatePagesMiddleware:
    """Pages of somebody who is logged in are never kept by a browser or a proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer `no-store` where an account is known."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response
