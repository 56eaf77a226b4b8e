"""What stands between every request and its view: whatever is refused becomes a page with its reason."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sojourn.records.refusal import RefusalError, UnseenError

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Turns a rule's no into a page that says why (409), and what must not be seen into 404."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a method that the page does not know is told in words."""
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
