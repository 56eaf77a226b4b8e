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
from web.access.operations import names_in
from web.access.subjects import GIVES, Subject
from web.access.tree import ORGANISATIONS, above, relation
from web.access.world import Sample, World

EVERY_METHOD = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
REACHED = {
    Reach.NONE: frozenset(),
    Reach.OWN: frozenset({"own"}),
    Reach.BELOW: frozenset({"own", "child", "grandchild"}),
    Reach.FAMILY: frozenset({"own", "child"}),
    Reach.WARDS: frozenset({"child"}),
    Reach.LOG_IN: frozenset({"own"}),
    Reach.DEMONSTRATION: frozenset(),
}
"""By reach: the relations in which a thing is opened. Those that are missing open every thing."""
OPENED = frozenset({200, 302, 401, 405, 409})
"""An opened page is shown, leads on, says that a log-in failed, takes other methods, or says why not now."""
OF_ITS_OWN = {Reach.LINK: frozenset({404}), Reach.LOG_IN: frozenset({403, 404})}
"""Links that were never given; keys that one's own log-in has none of."""
WITHOUT_FACTOR = frozenset({Audience.PUBLIC, Audience.ACCOUNT, Audience.CHILD})
SESSIONS = frozenset({"entrance_login", "sojourn_cache"})
LOGS = SESSIONS | {"records_personread", "records_auditevent"}
"""What looking at a page may write: that it was looked at, by which log-in, how often."""


WRITE = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')


class Answer(StrEnum):
    """What a reader meets."""

    OPEN = "open"
    LOG_IN = "log in first"
    FACTOR = "give the second factor first"
    UNSEEN = "as if it did not exist"


DOORS = {Answer.LOG_IN: "/log-in/?next=", Answer.FACTOR: "/account/second-factor/?next="}


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
    if subject.lacks_factor and scope.audience not in WITHOUT_FACTOR:
        return Answer.FACTOR
    if scope.reach is Reach.DEMONSTRATION or (scope.roles and subject.role not in scope.roles):
        return Answer.UNSEEN
    if sample is None:
        return Answer.OPEN
    if scope.states and sample.state not in scope.states:
        return Answer.UNSEEN
    return Answer.OPEN if _is_reached(scope.reach, subject, sample) else Answer.UNSEEN


def _is_reached(reach: Reach, subject: Subject, sample: Sample) -> bool:
    kind = relation(subject, sample.owner)
    if reach is Reach.GIVEN:
        return sample.state in GIVES.get((subject.role, kind), ())
    reached = REACHED.get(reach)
    return reached is None or kind in reached


def opened_holders(scope: Scope, subject: Subject, sample: Sample | None) -> set[str]:
    """Whose planted texts an answer to this reader may hold."""
    opened = {f"account:{subject.name}"}
    if scope.reach in {Reach.OWN, Reach.BELOW}:
        opened |= {f"draft:{subject.home}", f"count:{subject.home}"}
    if scope.reach is Reach.BELOW:
        opened |= {f"count:{key}" for key in ORGANISATIONS if subject.home in above(key)}
    if scope.reach is Reach.PROGRAMME:
        opened |= {"draft:plan"}
    if scope.shows in {Shows.POSTS, Shows.PEOPLE, Shows.REPORT}:
        opened |= {
            f"staff:{key}" for key in ORGANISATIONS if relation(subject, key) in REACHED.get(scope.reach, ())
        }
    if scope.shows is Shows.REPORT:
        opened |= {f"note:{subject.home}"}
    if scope.shows is Shows.POSTS:
        opened |= {
            f"post:{key}:{role}"
            for key in ORGANISATIONS
            for role in GIVES.get((subject.role, relation(subject, key)), ())
        }
    if scope.shows is Shows.ONESELF:
        opened |= {f"{kind}:{key}" for kind in ("name", "private") for key in subject.circle}
    if scope.shows is Shows.PEOPLE and sample is not None:
        opened |= {f"name:{key}" for key in sample.people}
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
        opened = OPENED | OF_ITS_OWN.get(scope.reach, frozenset())
        fault = "" if status in opened else f"answers {status}, but is declared open"
    else:
        holders = {f"account:{subject.name}"}
        fault = _not_closed(wanted, met)
    leaked = world.canaries.foreign(marks, holders)
    if leaked:
        fault += f" says what is not for this reader: {', '.join(sorted(leaked))}"
    written = met.written - (LOGS if wanted is Answer.OPEN else SESSIONS)
    if written and (wanted is not Answer.OPEN or met.response.request["REQUEST_METHOD"] != "POST"):
        fault += f" wrote to {', '.join(sorted(written))}"
    return fault.strip()


def _not_closed(wanted: Answer, met: Met) -> str:
    status = met.response.status_code
    if wanted in DOORS:
        if status == 302 and met.response["Location"].startswith(DOORS[wanted]):
            return ""
        return f"answers {status} instead of: {wanted}"
    says_nothing = met.response.request["REQUEST_METHOD"] == "OPTIONS" and not any(met.words[1:])
    return "" if status in {404, 405} or says_nothing else f"answers {status} instead of 404"


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
    wanted = names_in(pattern)
    return reverse(name, kwargs={key: sample.arguments[key] for key in wanted} if sample else {})
