"""Every kind of answer that a site can give: each URL to each kind of visitor, files, downloads, errors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unittest import mock

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from apps.factories import AccountFactory, CoordinatingOfficeFactory, MembershipFactory, SchoolFactory
from security.production import browser
from sojourn.records.refusal import RefusalError
from sojourn.web import limits
from sojourn.web.limits import LARGEST_OF_STRANGERS, Limit
from web.stories import drawn_for_two

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
CONVERTED = re.compile(r"<(?:(\w+):)?\w+>")
GROUP = re.compile(r"\(\?P<\w+>[^)]*\)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, by whom, and what came back."""

    asked: str
    by: str
    response: HttpResponse

    def __str__(self) -> str:
        return f"{self.by}: {self.asked} ({self.response.status_code})"

    @property
    def body(self) -> bytes:
        """The whole body, streamed or not."""
        return b"" if self.response.streaming else self.response.content


def addresses() -> list[str]:
    """Every URL of the site, with an invented value in each of its places."""
    return sorted({f"/{route}" for route in _routes(get_resolver(), "")})


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + _filled(str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from _routes(entry, route)


def _filled(route: str) -> str:
    """A route or a regular expression with its places filled."""
    plain = GROUP.sub("x1", route).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
    return CONVERTED.sub(lambda place: "1" if place[1] == "int" else "x1", plain)


def every_answer() -> list[Answer]:
    """One answer of each kind that there is, and each URL to each kind of visitor."""
    winner, application, *_others = drawn_for_two()
    office, school = CoordinatingOfficeFactory(), SchoolFactory()
    visitors = {
        "stranger": browser(),
        "officer": browser(MembershipFactory(organisation=office, role="programme_office").account),
        "school": browser(MembershipFactory(organisation=school, role="institution").account),
        "guardian": browser(AccountFactory(person=winner.guardian)),
    }
    walked = [
        Answer(address, name, visitor.get(address))
        for address in addresses()
        for name, visitor in visitors.items()
    ]
    own = f"/my/applications/{application.reference}/"
    code = application.call.code
    downloads = [
        ("guardian", own),
        ("guardian", f"{own}certificate/"),
        ("stranger", f"/draws/{code}/proof.zip"),
    ]
    return [
        *walked,
        *(Answer(address, by, visitors[by].get(address)) for by, address in downloads),
        *_files(visitors["stranger"]),
        *_errors(visitors["stranger"], visitors["guardian"]),
    ]


def _files(stranger: Client) -> Iterator[Answer]:
    for name in ("sojourn/sojourn.css", "sojourn/logo.svg", "sojourn/charts.js"):
        address = staticfiles_storage.url(name)
        response = stranger.get(address)
        for close in response._resource_closers:  # closing the answer would close the database as well
            close()
        yield Answer(address, "stranger", response)
    yield Answer("/static/none.css", "stranger", stranger.get("/static/none.css"))


def _errors(stranger: Client, guardian: Client) -> Iterator[Answer]:
    yield Answer("a host that is not ours", "stranger", stranger.get("/", headers={"Host": "evil.example"}))
    yield Answer("without TLS", "stranger", browser(scheme="http").get("/plan/"))
    unsigned = browser(enforce_csrf_checks=True)
    yield Answer("a form from elsewhere", "stranger", unsigned.post("/language/", {"language": "en"}))
    yield Answer("a wrong method", "guardian", guardian.get("/office/quotas/x/split/"))
    yield Answer("a wrong method", "guardian", guardian.get("/log-out/"))
    large = {"CONTENT_LENGTH": str(LARGEST_OF_STRANGERS + 1)}
    yield Answer("a large body", "stranger", stranger.generic("POST", "/language/", **large))
    many = {f"field{number}": "x" for number in range(2001)}
    yield Answer("many fields", "stranger", stranger.post("/language/", many))
    with mock.patch.object(limits, "STRANGERS_WRITE", Limit("none", 0, 60)):
        yield Answer("too many writes", "stranger", stranger.post("/language/", {"language": "en"}))
    refusal = RefusalError("test.refused", "The offer has passed on.")
    with mock.patch("sojourn.web.participant.data_views.data_held", side_effect=refusal):
        yield Answer("what a rule refuses", "guardian", guardian.get("/my/data/"))
    with mock.patch("sojourn.web.public.plans.plan_page", side_effect=ValueError("a detail of ours")):
        yield Answer("a fault of ours", "stranger", stranger.get("/plan/"))
