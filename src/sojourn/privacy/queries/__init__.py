"""Reads of privacy: who would be erased along with somebody."""

import datetime as dt

from sojourn.participation.queries.names import full_name
from sojourn.privacy.actions.letting_go import with_wards
from sojourn.registry.models import Person


def goes_along(person: Person, *, on: dt.date) -> list[str]:
    """The names of the minors for whom nobody else could act, and who would be erased too; by number."""
    others = with_wards([person.pk], on) - {person.pk}
    return [full_name(row) for row in Person.objects.filter(pk__in=others).order_by("pk")]
