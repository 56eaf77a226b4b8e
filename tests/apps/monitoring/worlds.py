"""A small random programme in which every reason for which a record does not count occurs."""

import datetime as dt
import random

from apps import factories
from sojourn.participation.models import Attendance, Call, Engagement, Session

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
    crowd = [factories.PersonFactory(age=chance.choice([6, 12, 16, 20])) for _ in range(people)]
    for person in crowd:
        for opening in chance.sample(openings, k=chance.randint(0, 4)):
            _engage(chance, person, opening, chance.choice([*schools, *hosts]))


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
        age_band=factories.age_band(person.age(starts_on)),
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=chance.choice([0, 3, 14])),
    )
    engagement.save()
    for kind in ("consent", "assent"):
        if chance.random() < 0.8:
            given_on = starts_on + dt.timedelta(days=chance.choice([-30, 0, 1]))
            factories.ConsentFactory(
                person=person,
                kind=kind,
                component_code=chance.choice([opening.call.component.code] * 5 + ["A1"]),
                starts_on=given_on,
                ends_on=given_on + dt.timedelta(days=chance.choice([0, 30, 33, 200])),
            )
    for session in Session.objects.filter(opening=opening):
        if chance.random() < 0.6:
            Attendance.objects.create(session=session, engagement=engagement)
