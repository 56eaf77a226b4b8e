"""My yeses: for each person one acts for, every purpose with what was said, and what was agreed to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sojourn.participation.models import Call, Engagement, Member
from sojourn.participation.queries.applicants.lines import Texts
from sojourn.participation.queries.names import full_name
from sojourn.plan.models import Component
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.consent_texts import agreed_text
from sojourn.registry.consents import Voice, live_consents, voices_needed
from sojourn.registry.models import Consent, Person
from sojourn.registry.queries import people_acted_for
from sojourn.registry.rules import ADULT_FROM


@dataclass(frozen=True, slots=True)
class YesLine:
    """One purpose in one component: whether it is live, and who would still have to say yes.

    Nothing said, a no, and a yes that has ended are one and the same line.
    """

    purpose: str
    is_live: bool
    is_begun: bool  # somebody’s yes is live
    can_say: bool  # the reader’s own is missing, or the child’s whom the reader sits with
    waits_for_other: bool  # a yes is missing that the reader cannot say
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ComponentYeses:
    """A part of the programme with every purpose."""

    code: str
    titles: Texts
    lines: tuple[YesLine, ...]


@dataclass(frozen=True, slots=True)
class PersonYeses:
    """One person whom the reader acts for."""

    person_id: int
    name: str
    is_self: bool
    is_minor: bool
    components: tuple[ComponentYeses, ...]


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """One yes that was said, now or once, in its exact words."""

    is_child: bool
    starts_on: dt.date
    ends_on: dt.date
    is_live: bool
    version: str
    language: str
    words: str


def my_yeses(by: Actor, *, on: dt.date) -> list[PersonYeses]:
    """Every purpose of the components that concern the people one acts for, in the order of the plan."""
    people = people_acted_for(by, on=on)
    concerned = _concerned(people, on)
    components = list(Component.objects.in_force().order_by("position"))
    needed = voices_needed(people, on)
    rows = list(live_consents(on).filter(person__in=people).order_by("pk"))
    return [
        PersonYeses(
            person_id=person.pk,
            name=full_name(person),
            is_self=person.pk == by.person_id,
            is_minor=person.age(on) < ADULT_FROM,
            components=tuple(
                ComponentYeses(
                    component.code,
                    component.titles,
                    _lines(by, component.code, [v for v in needed if v.person_id == person.pk], rows),
                )
                for component in components
                if component.code in concerned[person.pk]
            ),
        )
        for person in people
    ]


def agreed_lines(by: Actor, person: Person, code: str, purpose: str, *, on: dt.date) -> list[AgreedLine]:
    """What was said for one purpose, the newest first, each in the words that were read.

    Raises:
        UnseenError: The actor does not act for the person.
    """
    if person.pk not in {one.pk for one in people_acted_for(by, on=on)}:
        raise UnseenError
    rows = Consent.objects.filter(person=person, component_code=code, purpose=purpose)
    live = set(live_consents(on).filter(person=person).order_by().values_list("pk", flat=True))
    return [
        AgreedLine(
            is_child=row.kind == Consent.Kind.ASSENT,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            is_live=row.pk in live,
            version=row.text_version,
            language=row.language,
            words=agreed_text(row),
        )
        for row in rows.order_by("-starts_on", "-pk")
    ]


def _lines(by: Actor, code: str, needed: list[Voice], rows: list[Consent]) -> tuple[YesLine, ...]:
    return tuple(
        _line(
            by,
            purpose,
            needed,
            [row for row in rows if row.component_code == code and row.purpose == purpose],
        )
        for purpose in Consent.Purpose.values
    )


def _line(by: Actor, purpose: str, needed: list[Voice], rows: list[Consent]) -> YesLine:
    said = {Voice(row.person_id, row.kind, row.given_by_id): row.ends_on for row in rows}
    missing = [voice for voice in needed if voice not in said]
    mine = [v for v in missing if v.kind == Consent.Kind.ASSENT or v.giver_id == by.person_id]
    counting = [said[voice] for voice in needed if voice in said]
    return YesLine(
        purpose=purpose,
        is_live=not missing,
        is_begun=bool(counting),
        can_say=bool(mine),
        waits_for_other=len(mine) < len(missing),
        ends_on=min(counting) if counting else None,
    )


def _concerned(people: Iterable[Person], on: dt.date) -> dict[int, set[str]]:
    """Per person the components with an open call, an application, a place or a yes of theirs."""
    ids = [person.pk for person in people]
    open_now = set(Call.objects.open(on).order_by().values_list("component__code", flat=True))
    found = {person_id: set(open_now) for person_id in ids}
    told = (
        Member.objects.filter(person__in=ids).values_list("person_id", "call__component__code"),
        Engagement.objects.filter(person__in=ids).values_list("person_id", "component__code"),
        Consent.objects.filter(person__in=ids).values_list("person_id", "component_code"),
    )
    for rows in told:
        for person_id, code in rows.order_by():
            found[person_id].add(code)
    return found
