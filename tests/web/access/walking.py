"""What a reader may meet, worked out from the declaration of a page, and what the page says in truth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from http.cookies import SimpleCookie

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, reverse

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows
from web.access.canaries import words_of
from web.access.subjects import Subject
from web.access.tree import ORGANISATIONS, above, relation
from web.access.world import Sample, World

EVERY_METHOD = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
REACHED = {
    Reach.NONE: frozenset(),
    Reach.OWN: frozenset({"own"}),
    Reach.BELOW: frozenset({"own", "child"}),
    Reach.FAMILY: frozenset({"own", "child"}),
    Reach.DEMONSTRATION: frozenset(),
}
"""By reach: the relations in which a thing is opened. The two that are missing open every thing."""
OPENED = frozenset({200, 302, 405, 409})
LOGS = frozenset({"records_personread", "records_auditevent", "django_session"})
"""What looking at a page may write: that it was looked at."""


WRITE = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')


class Answer(StrEnum):
    """What a reader meets."""

    OPEN = "open"
    LOG_IN = "log in first"
    UNSEEN = "as if it did not exist"


@dataclass
class Met:
    """One answer, and what was written on the way to it."""

    response: HttpResponse
    words: list[str]
    written: set[str] = field(default_factory=set)


def expected(scope: Scope, subject: Subject, sample: Sample | None) -> Answer:
    """What somebody is to meet who asks for this thing."""
    if scope.audience not in subject.audiences:
        return Answer.UNSEEN if subject.is_logged_in else Answer.LOG_IN
    if scope.reach is Reach.DEMONSTRATION:
        return Answer.UNSEEN
    if sample is None:
        return Answer.OPEN
    if scope.states and sample.state not in scope.states:
        return Answer.UNSEEN
    reached = REACHED.get(scope.reach)
    return Answer.OPEN if reached is None or relation(subject, sample.owner) in reached else Answer.UNSEEN


def opened_holders(scope: Scope, subject: Subject, sample: Sample | None) -> set[str]:
    """Whose planted texts an answer to this reader may hold."""
    opened = {f"account:{subject.name}"}
    if Audience.PUBLIC in subject.audiences and scope.audience not in subject.audiences:
        return opened
    if scope.reach in {Reach.OWN, Reach.BELOW}:
        opened |= {f"draft:{subject.home}", f"count:{subject.home}"}
    if scope.reach is Reach.BELOW:
        opened |= {f"count:{key}" for key in ORGANISATIONS if subject.home in above(key)}
    if scope.reach is Reach.PROGRAMME:
        opened |= {"draft:plan"}
    if scope.shows is Shows.ONESELF:
        opened |= {f"{kind}:{key}" for kind in ("name", "private") for key in subject.circle}
    if scope.shows is Shows.PEOPLE and sample is not None:
        opened |= {f"name:{key}" for key in sample.people} | {f"staff:{subject.home}"}
    return opened


def ask(world: World, subject: Subject, address: str, method: str = "GET", **extra: object) -> Met:
    """Ask, and undo whatever came of it."""
    written: set[str] = set()

    def watch(execute, sql, parameters, many, context):
        if write := WRITE.match(sql):
            written.add(write[1])
        return execute(sql, parameters, many, context)

    client = world.clients[subject.name]
    cookies = client.cookies.output(header="")
    with transaction.atomic(), connection.execute_wrapper(watch):
        response = client.generic(method, address, **extra)
        words = words_of(response, address)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return Met(response, words, written)


def judge(world: World, scope: Scope, subject: Subject, sample: Sample | None, met: Met) -> str:
    """What is wrong with an answer, in words; empty if nothing is."""
    wanted = expected(scope, subject, sample)
    status = met.response.status_code
    marks = world.canaries.in_texts(met.words)
    if wanted is Answer.OPEN:
        holders = opened_holders(scope, subject, sample)
        fault = "" if status in OPENED else f"answers {status}, but is declared open"
    else:
        holders = {f"account:{subject.name}"}
        fault = _not_closed(wanted, met)
    leaked = world.canaries.foreign(marks, holders)
    if leaked:
        fault += f" says what is not for this reader: {', '.join(sorted(leaked))}"
    written = met.written - LOGS if wanted is Answer.OPEN else met.written
    if written and (wanted is not Answer.OPEN or met.response.request["REQUEST_METHOD"] != "POST"):
        fault += f" wrote to {', '.join(sorted(written))}"
    return fault.strip()


def _not_closed(wanted: Answer, met: Met) -> str:
    status = met.response.status_code
    if wanted is Answer.LOG_IN:
        if status == 302 and met.response["Location"].startswith("/log-in/?next="):
            return ""
        return f"answers {status} instead of asking to log in"
    return "" if status in {404, 405} else f"answers {status} instead of 404"


def walk(world: World, pattern: URLPattern, name: str, scope: Scope, subject: Subject) -> Iterator[str]:
    """Ask for a thing in every relation and every state, by every method, and tell what is wrong."""
    asked_fully: set[str] = set()
    for sample in samples_for(world, scope, subject):
        kind = relation(subject, sample.owner) if sample else ""
        methods = ("GET", "POST") if kind in asked_fully else EVERY_METHOD
        asked_fully.add(kind)
        address = address_of(pattern, name, sample)
        for method in methods:
            fault = judge(world, scope, subject, sample, ask(world, subject, address, method))
            if fault:
                yield f"{method} {address} ({sample.said_to(subject) if sample else 'no thing'}): {fault}"


def samples_for(world: World, scope: Scope, subject: Subject) -> list[Sample] | list[None]:
    """One thing for each relation to the one who asks and each state; [None] where pages name nothing."""
    if scope.thing is None:
        return [None]
    return list(
        {
            (relation(subject, sample.owner), sample.state): sample for sample in world.samples[scope.thing]
        }.values()
    )


def address_of(pattern: URLPattern, name: str, sample: Sample | None) -> str:
    """The address of a page about a thing."""
    wanted = pattern.pattern.converters
    return reverse(name, kwargs={key: sample.arguments[key] for key in wanted} if sample else {})
