"""A small random programme in which every reason for which a record does not count occurs."""

import datetime as dt
import random

from apps import factories
from sojourn.participation.models import Attendance, Call, Engagement, Session
from sojourn.registry.rules import ADULT_FROM

FIRST = dt.date(2027, 1, 1)
LAST = dt.date(2027, 7, 1)
SEEN_ON = dt.date(2027, 6, 5)
SPAN = (LAST - FIRST).days


def random_world(seed: int, *, people: int = 22) -> None:
    """Offices, hosts, components A > A2, A3, people, their consents, engagements, sessions and attendance."""
    chance = random.Random(seed)
    regions = factories.RegionFactory.create_batch(3)
    schools = [factories.SchoolFactory(parent=region) for region in regions]
    hosts = [factories.UniversityFactory(parent=region) for region in regions]
    hosts.append(factories.UniversityFactory(parent=factories.CoordinatingOfficeFactory()))
    root = factories.ComponentFactory(code="A", track="", position=0)
    components = [
        factories.ComponentFactory(code=code, track=track, parent=root, position=at)
        for at, (code, track) in enumerate([("A2", "visits"), ("A3", "visits"), ("B", "volunteering")], 1)
    ]
    openings = [_opening(chance, component, hosts) for component in components for _ in range(7)]
    crowd = [_person(chance) for _ in range(people)]
    for person in crowd:
        for opening in chance.sample(openings, k=chance.randint(0, 4)):
            _engage(chance, person, opening, chance.choice([*schools, *hosts]))


def _person(chance):
    """Somebody of any age, with a birthday in the span; minors have one guardian or two, or one no more."""
    born_on = dt.date(2027 - chance.choice([6, 8, 12, 18, 20]), chance.randint(1, 12), chance.randint(1, 28))
    person = factories.PersonFactory(birth_on=born_on)
    if person.age(FIRST) < ADULT_FROM:
        for _ in range(chance.choice([1, 1, 2])):
            ends_on = chance.choice([None, None, FIRST + dt.timedelta(days=chance.randrange(SPAN))])
            factories.GuardianshipFactory(child=person, ends_on=ends_on)
    return person


def _opening(chance, component, hosts):
    status = chance.choice([Call.Status.PUBLISHED] * 4 + [Call.Status.DRAFT, Call.Status.CANCELLED])
    starts_on = FIRST + dt.timedelta(days=chance.randrange(SPAN))
    opening = factories.OpeningFactory(
        call=factories.CallFactory(component=component, status=status),
        host=chance.choice(hosts),
        starts_on=starts_on,
        seats=chance.choice([0, 5, 30]),
    )
    for _ in range(chance.randint(0, 3)):
        factories.SessionFactory(opening=opening, held_on=starts_on + dt.timedelta(days=chance.randrange(14)))
    return opening


def _engage(chance, person, opening, sending):
    starts_on = opening.starts_on
    engagement = Engagement(
        person=person,
        component=opening.call.component,
        opening=opening,
        offer=factories.OfferFactory(
            opening=opening,
            application=factories.ApplicationFactory(
                call=opening.call, person=None, organisation=sending, submitted_by=person, sending=sending
            ),
        ),
        sending=sending,
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=chance.choice([0, 3, 14])),
    )
    engagement.save()
    guardians = [row.guardian for row in person.guardians.order_by("pk")]
    for giver in [person, *guardians]:
        own = giver == person
        minor = person.age(starts_on) < ADULT_FROM
        if chance.random() < 0.9:
            given_on = starts_on + dt.timedelta(days=chance.choice([-30, -30, 0, 0, 1]))
            factories.ConsentFactory(
                person=person,
                given_by=giver,
                kind="assent" if own and minor else "consent",
                component_code=chance.choice([opening.call.component.code] * 9 + ["A1"]),
                starts_on=given_on,
                ends_on=given_on + dt.timedelta(days=chance.choice([1, 30, 33, 200, 200])),
            )
    for session in Session.objects.filter(opening=opening):
        if chance.random() < 0.6:
            Attendance.objects.create(session=session, engagement=engagement)
