"""Erase a person, at once and everywhere; do it again after a restore."""

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.conf import settings

from sojourn.privacy import ledger, rules
from sojourn.privacy.actions.letting_go import let_go, with_wards
from sojourn.privacy.models import Erasure
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Person


@action("person.erase", rules.may_erase, consent="erasure needs nobody’s yes")
def erase_person(*, by: Actor, person: Person, on: dt.date, at: dt.datetime) -> Erasure:
    """Erase the person, and the minors for whom nobody else can act; gives back the line of the ledger.

    The file of the ledger is on the disk before the first row goes.
    """
    ids = with_wards([person.pk], on)
    keys = dict(Person.objects.filter(pk__in=ids).values_list("pk", "key").order_by("pk"))
    if person.pk not in keys:
        raise UnseenError  # erased a moment ago
    ledger.append(Path(settings.ERASURE_LEDGER), keys.values(), at=at)
    let_go(ids, on)
    written = _write_down(keys.values(), at)
    return written[keys[person.pk]]


@action("person.erase_again", rules.may_tend, consent="erasure needs nobody’s yes")
def erase_again(*, by: Actor, keys: Collection[UUID], on: dt.date, at: dt.datetime) -> list[int]:
    """Erase whoever of the ledger is back since a restore. Gives back their numbers."""
    returned = sorted(Person.objects.filter(key__in=keys).values_list("pk", flat=True))
    let_go(returned, on)
    _write_down(keys, at)
    return returned


def _write_down(keys: Collection[UUID], at: dt.datetime) -> dict[UUID, Erasure]:
    """The lines of the ledger in the database; those that are there already stay as they are."""
    Erasure.objects.bulk_create((Erasure(key=key, at=at) for key in keys), ignore_conflicts=True)
    return {row.key: row for row in Erasure.objects.filter(key__in=list(keys)).order_by("pk")}
