"""The schools and offices through which one applies. Organisations only: nobody can look for people."""

from dataclasses import dataclass

from django.db.models import Q

from sojourn.participation.queries.applicants.lines import Texts
from sojourn.registry.models import Organisation
from sojourn.registry.queries import region_ids

SHOWN = 20


@dataclass(frozen=True, slots=True)
class SenderLine:
    """An organisation that one can apply through, with its region."""

    code: str
    names: Texts
    town: str
    region: Texts


def find_senders(words: str) -> list[SenderLine]:
    """At most twenty organisations whose name, town or code holds every one of the words, by code."""
    rows = Organisation.objects.exclude(kind=Organisation.Kind.COORDINATING_OFFICE)
    parts = words.split()
    if not parts:
        return []
    for part in parts:
        rows = rows.filter(
            Q(names__en__icontains=part)
            | Q(names__zh__icontains=part)
            | Q(town__icontains=part)
            | Q(code__iexact=part)
        )
    return _lines(list(rows.order_by("code")[:SHOWN]))


def sender_with(code: str) -> Organisation | None:
    """The organisation with the code, where one can apply through it."""
    organisation = Organisation.objects.filter(code=code).first()
    return organisation if organisation is not None and region_ids([organisation.pk]) else None


def _lines(rows: list[Organisation]) -> list[SenderLine]:
    regions = region_ids(row.pk for row in rows)
    names = {
        office.pk: office.names
        for office in Organisation.objects.filter(pk__in=set(regions.values())).order_by("code")
    }
    return [
        SenderLine(row.code, row.names, row.town, names[regions[row.pk]]) for row in rows if row.pk in regions
    ]
