"""What is held about a person, and who has read it."""

import datetime as dt
from dataclasses import dataclass

from sojourn.participation.models import Attendance, Engagement, Member
from sojourn.participation.queries.applicants.lines import StayLine, Texts, stay_line
from sojourn.participation.queries.names import full_name
from sojourn.plan.models import Component
from sojourn.records.actor import Actor
from sojourn.records.models import PersonRead
from sojourn.registry.models import Account, Consent, Organisation, Person
from sojourn.registry.queries import people_acted_for

READS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One yes that was said: for what, of which kind, to which text, and how long it lasts."""

    component_code: str
    component: Texts
    purpose: str
    kind: str
    starts_on: dt.date
    ends_on: dt.date
    text_version: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One look at a minor's record by somebody else."""

    at: dt.datetime
    organisation: Texts
    view: str


@dataclass(frozen=True, slots=True)
class HeldData:
    """Everything that the system holds about one person."""

    person_id: int
    name: str
    given_name: str
    family_name: str
    birth_on: dt.date
    language: str
    is_self: bool
    email: str
    applications: tuple[tuple[str, Texts], ...]
    stays: tuple[StayLine, ...]
    attendances: int
    consents: tuple[ConsentLine, ...]
    reads: tuple[ReadLine, ...]


def data_held(by: Actor, *, on: dt.date) -> list[HeldData]:
    """What is held about the actor and about each minor in the actor's care."""
    people = people_acted_for(by, on=on)
    archive = _Archive([person.pk for person in people], on)
    return [
        HeldData(
            person_id=person.pk,
            name=full_name(person),
            given_name=person.given_name,
            family_name=person.family_name,
            birth_on=person.birth_on,
            language=person.language,
            is_self=person.pk == by.person_id,
            email=archive.emails.get(person.pk, ""),
            applications=tuple(archive.applications.get(person.pk, ())),
            stays=tuple(archive.stays.get(person.pk, ())),
            attendances=archive.attendances.get(person.pk, 0),
            consents=archive.consents_of(person),
            reads=tuple(archive.reads.get(person.pk, ())),
        )
        for person in people
    ]


class _Archive:
    """The rows of several people, each table read once."""

    def __init__(self, ids: list[int], on: dt.date) -> None:
        self.on = on
        self.emails = dict(
            Account.objects.filter(person__in=ids).values_list("person_id", "email").order_by("pk")
        )
        self.applications: dict[int, list[tuple[str, Texts]]] = {}
        members = Member.objects.filter(person__in=ids).select_related("application", "call")
        for member in members.order_by("pk"):
            told = (member.application.reference, member.call.titles)
            self.applications.setdefault(member.person_id, []).append(told)
        self.stays: dict[int, list[StayLine]] = {}
        engagements = Engagement.objects.filter(person__in=ids).select_related("person", "opening__host")
        for row in engagements.order_by("starts_on", "pk"):
            self.stays.setdefault(row.person_id, []).append(stay_line(row, on))
        self.attendances: dict[int, int] = {}
        there = Attendance.objects.filter(engagement__person__in=ids).order_by("pk")
        for person_id in there.values_list("engagement__person_id", flat=True):
            self.attendances[person_id] = self.attendances.get(person_id, 0) + 1
        self.reads: dict[int, list[ReadLine]] = {}
        reads = list(PersonRead.objects.filter(person_id__in=ids).order_by("-at", "-pk")[:READS_SHOWN])
        places = Organisation.objects.in_bulk({read.organisation_id for read in reads} - {None})
        for read in reads:
            names = places[read.organisation_id].names if read.organisation_id in places else {}
            self.reads.setdefault(read.person_id, []).append(ReadLine(read.at, names, read.view))
        self._consents = list(Consent.objects.filter(person__in=ids).order_by("component_code", "pk"))
        self._titles = dict(Component.objects.values_list("code", "titles").order_by("position"))

    def consents_of(self, person: Person) -> tuple[ConsentLine, ...]:
        """Every yes about the person, by component, in the order in which they were said."""
        return tuple(
            ConsentLine(
                component_code=row.component_code,
                component=self._titles.get(row.component_code, {}),
                purpose=row.purpose,
                kind=row.kind,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                text_version=row.text_version,
            )
            for row in self._consents
            if row.person_id == person.pk
        )
