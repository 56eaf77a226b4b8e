"""The headers of every answer that Django has no setting for. Pages are never stored, static files are."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from sojourn.connections.addresses import is_for_programs

GetResponse = Callable[[HttpRequest], HttpResponse]

UNUSED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What a browser could offer to a page, and no page here asks for."""

EVERYWHERE = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Sets what files, pages and errors have in common; the first in line, so that none escapes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        for name, value in EVERYWHERE.items():
            response.headers[name] = value
        return response


class NoPlainKeysMiddleware:
    """Refuses a program that comes without TLS, so that a key sent in the clear is noticed, not led on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless it is a program's and could be overheard."""
        if not settings.SECURE_SSL_REDIRECT or request.is_secure() or not is_for_programs(request):
            return self.get_response(request)
        title = _("Come by https. If you sent a key, others may have read it: revoke it and make a new one.")
        told = {"type": "about:blank", "title": title, "status": HTTPStatus.FORBIDDEN}
        return JsonResponse(told, status=HTTPStatus.FORBIDDEN, content_type="application/problem+json")


class NoStoreMiddleware:
    """Keeps every page out of the stores of browsers and proxies.

    Most pages show a person, to someone logged in or to someone with a code. A page that forgot to say so
    would be a leak, so none has to say it. It stands behind WhiteNoise, whose files may be kept.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with `no-store`."""
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response


class DepartureMiddleware:
    """Has the browser forget the pages of somebody who logs out, for whoever sits down next."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with `Clear-Site-Data` when the request has ended a log-in."""
        was_known = request.method == "POST" and request.user.is_authenticated
        response = self.get_response(request)
        if was_known and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
