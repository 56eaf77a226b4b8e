"""Every address of the API; whatever else is asked for is told so as a problem."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from sojourn.api.docs import docs, openapi
from sojourn.api.door import etag_of
from sojourn.api.problems import ProblemError
from sojourn.api.resources import READINGS
from sojourn.api.site import api, ending
from sojourn.api.writes import WRITES
from sojourn.records.refusal import UnseenError

View = Callable[..., HttpResponse]


def entrance(view: View, methods: frozenset[str]) -> View:
    """Around every address: other methods, errors of all kinds, validators, and what every answer carries."""
    allowed = sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set()))

    @csrf_exempt  # no cookie opens anything here
    @wraps(view)
    def enter(request: HttpRequest, **keys: Any) -> HttpResponse:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        try:
            response = _answer(view, request, keys, allowed)
        except Exception as error:  # noqa: BLE001 - the last place where an answer can be made of it
            response = ending(request, error)
        return _finished(request, response, is_head=is_head)

    enter.audience = "api"  # type: ignore[attr-defined]  # each operation has its scope in the description
    return enter


def _answer(view: View, request: HttpRequest, keys: dict[str, Any], allowed: list[str]) -> HttpResponse:
    if "\x00" in request.path:
        raise UnseenError
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
    if request.method not in allowed:
        told = _("Use one of %(methods)s at this address.") % {"methods": ", ".join(allowed)}
        raise ProblemError("method.unknown", told, headers={"Allow": ", ".join(allowed)})
    return view(request, **keys)


def _finished(request: HttpRequest, response: HttpResponse, *, is_head: bool) -> HttpResponse:
    if response.status_code == 200:
        tag = etag_of(response.content)
        response["ETag"] = tag
        response = get_conditional_response(request, etag=tag, response=response) or response
    budget = vars(request).get("budget")
    if budget is not None:
        for name, value in budget.headers().items():
            response[name] = value
    patch_vary_headers(response, ["Authorization"])
    if is_head:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _nothing(_request: HttpRequest) -> HttpResponse:
    raise UnseenError


def _operations() -> Iterator[URLPattern]:
    """Ninja's addresses, each once and behind the entrance."""
    methods: dict[str, set[str]] = {}
    for reading in READINGS:
        methods.setdefault(_route(reading.path), set()).add("GET")
    for write in WRITES:
        methods.setdefault(_route(write.path), set()).add("POST")
    for pattern in api.urls[0]:
        route = str(pattern.pattern)
        view = pattern.callback if isinstance(pattern, URLPattern) else None
        if view is not None and route in methods:
            yield path(route, entrance(view, frozenset(methods.pop(route))), name=view.__name__)


def _route(declared: str) -> str:
    return declared.removeprefix("/").replace("{", "<").replace("}", ">")


app_name = "api"
urlpatterns = [
    path("openapi.json", entrance(openapi, frozenset({"GET"})), name="openapi"),
    path("docs", entrance(docs, frozenset({"GET"})), name="docs"),
    *_operations(),
    re_path("", entrance(_nothing, frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})), name="nothing"),
]
