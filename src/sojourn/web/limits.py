"""How often one may write, and guess. A limit is a number of places in a window of time, taken one by one."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string

from sojourn.connections.addresses import is_for_programs
from sojourn.web import clock
from sojourn.web.sources import source_of

GetResponse = Callable[[HttpRequest], HttpResponse]
READING = frozenset({"GET", "HEAD", "OPTIONS"})
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds, for each source."""

    name: str
    times: int
    seconds: int


STRANGERS_WRITE = Limit("strangers write", 120, 60)
"""Wide enough for a class of thirty behind the one address of its school."""
ACCOUNTS_WRITE = Limit("accounts write", 120, 60)
GUESSES = Limit("guesses", 10, 900)
"""Wrong codes only: a right one is not counted."""

LARGEST_OF_STRANGERS, LARGEST = 2**20, 64 * 2**20
"""Bytes of a body. Strangers send forms, those who are logged in may send files."""


class OverLimitError(Exception):
    """The source has used up its places; new ones come in `wait` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"over the limit for another {wait} s")
        self.wait = wait


def take_place(limit: Limit, source: str) -> str:
    """Take one of the places of the present window and give back its key.

    Adding an entry succeeds once, whoever tries at the same time: no more places are taken than there are.

    Raises:
        OverLimitError: None is left.
    """
    window, gone = divmod(int(clock.now().timestamp()), limit.seconds)
    places = [f"limit:{limit.name}:{source}:{window}:{number}" for number in range(limit.times)]
    taken = cache.get_many(places)
    for place in places:
        if place not in taken and cache.add(place, 1, timeout=limit.seconds):
            return place
    raise OverLimitError(limit.seconds - gone)


def guessed(request: HttpRequest, is_right: Callable[[], bool]) -> bool:
    """Whether the code in the request is right; a wrong one is counted, and too many are not looked at.

    Raises:
        OverLimitError: Too many wrong codes from this source.
    """
    place = take_place(GUESSES, source_of(request))
    right = is_right()
    if right:
        cache.delete(place)
    return right


class LimitsMiddleware:
    """Refuses bodies that are too large (413) and writes that are too many (429), and reads neither."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, if it is within its limits."""
        if request.method in READING or is_for_programs(request):
            return self.get_response(request)
        if request.method not in WRITING:
            return HttpResponseNotAllowed(sorted(READING | WRITING), render_to_string("405.html"))
        is_known = request.user.is_authenticated
        if _length(request) > (LARGEST if is_known else LARGEST_OF_STRANGERS):
            return render(request, "413.html", status=413)
        try:
            take_place(ACCOUNTS_WRITE if is_known else STRANGERS_WRITE, source_of(request))
        except OverLimitError as error:
            return over_limit(request, error)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a limit that was met inside a view."""
        return over_limit(request, exception) if isinstance(exception, OverLimitError) else None


def too_many_log_ins(request: HttpRequest) -> HttpResponse:
    """The page for a limit of the log-in, which does not say when it ends: five minutes at most."""
    return over_limit(request, OverLimitError(300))


def over_limit(request: HttpRequest, error: OverLimitError) -> HttpResponse:
    """The page that says how long to wait."""
    response = render(request, "429.html", {"minutes": math.ceil(error.wait / 60)}, status=429)
    response.headers["Retry-After"] = str(error.wait)
    return response


def _length(request: HttpRequest) -> int:
    """What the body is said to be long; a body of unsaid length is read as empty by the server."""
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdecimal() else 0
