"""Each indicator again, in plain Python over whole tables: slow, and obvious."""

from sojourn.participation.models import Attendance, Engagement, Opening, Session
from sojourn.registry.models import Consent
from sojourn.tracks import TRACKS


def said_yes(engagement, day):
    person = engagement.person
    rows = Consent.objects.filter(person=person, component_code=engagement.component.code)
    said = {
        (row.kind, row.given_by_id)
        for row in rows
        if row.purpose == "take_part" and row.starts_on <= day < row.ends_on
    }
    if person.age(day) >= 18:
        return ("consent", person.pk) in said
    guardians = [row for row in person.guardians.all() if row.starts_on <= day < (row.ends_on or day.max)]
    every_guardian = guardians and all(("consent", row.guardian_id) in said for row in guardians)
    return bool(every_guardian) and (person.age(day) < 8 or ("assent", person.pk) in said)


def attended(on):
    rows = Attendance.objects.select_related("session__opening__call", "engagement__component")
    return [
        row for row in rows if row.session.held_on <= on and said_yes(row.engagement, row.session.held_on)
    ]


def held(on):
    counting = {row.session_id for row in attended(on)}
    rows = Session.objects.select_related("opening__call__component")
    return sorted((row for row in rows if row.pk in counting), key=lambda row: (row.held_on, row.pk))


def first_of_each(rows, key):
    first = {}
    for row in rows:
        first.setdefault(key(row), row)
    return list(first.values())


def places_offered(on):
    for row in Opening.objects.select_related("call__component"):
        if row.call.status == "published" and row.seats:
            yield row.pk, row.call.component, row.host_id, row.starts_on, row.seats


def people_taking_part(on):
    rows = Engagement.objects.select_related("component").order_by("starts_on", "pk")
    begun = [row for row in rows if row.starts_on <= on and row.starts_on < row.ends_on]
    agreed = [row for row in begun if said_yes(row, row.starts_on)]
    for row in first_of_each(agreed, lambda row: (row.person_id, row.component_id)):
        yield row.pk, row.component, row.sending_id, row.starts_on, 1


def sessions_held(on):
    for row in held(on):
        yield row.pk, row.opening.call.component, row.opening.host_id, row.held_on, 1


def visits_held(on):
    for row in first_of_each(held(on), lambda row: row.opening_id):
        opening = row.opening
        yield opening.pk, opening.call.component, opening.host_id, opening.starts_on, 1


def days_of_stay(on):
    rows = sorted(attended(on), key=lambda row: row.pk)
    for row in first_of_each(
        rows, lambda row: (row.engagement.person_id, row.engagement.component_id, row.session.held_on)
    ):
        yield row.pk, row.engagement.component, row.engagement.sending_id, row.session.held_on, 1


def hosts_taking_part(on):
    for row in first_of_each(held(on), lambda row: (row.opening.host_id, row.opening.call.component_id)):
        yield row.pk, row.opening.call.component, row.opening.host_id, row.held_on, 1


REFERENCES = {
    reference.__name__: reference
    for reference in (
        places_offered,
        people_taking_part,
        sessions_held,
        visits_held,
        days_of_stay,
        hosts_taking_part,
    )
}


def expected(code, starts_on, ends_on, on):
    """The records that count, as the indicator gives them."""
    return sorted(
        (pk, component.pk, organisation_id, day.replace(day=1), amount)
        for pk, component, organisation_id, day, amount in REFERENCES[code](on)
        if starts_on <= day < ends_on and code in TRACKS[component.track].indicator_codes
    )
