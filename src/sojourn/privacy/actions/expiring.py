"""What the night lets go: chunk after chunk of the rows whose time is over."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sojourn.participation.models import Application, Engagement, Member
from sojourn.privacy import rules
from sojourn.privacy.actions.letting_go import delete_applications, leave_remnants, let_go, with_wards
from sojourn.privacy.retention import RULES
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Account, Guardianship, Person


@action("record.expire", rules.may_tend, consent="letting go needs nobody’s yes")
def expire(*, by: Actor, rule: str, limit: int, on: dt.date) -> list[int]:
    """Let the next rows of one rule go that are over on the day, at most `limit`; gives their numbers.

    Repeated until nothing is due, it leaves the same rows whatever the limit: each chunk takes whole people.
    """
    due = RULES[rule].due(on)
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    _ENDS.get(rule, _delete)(due, ids, on)
    return ids


def _delete(due: QuerySet[Any], ids: list[int], _on: dt.date) -> None:
    due.model._default_manager.filter(pk__in=ids).delete()


def _applications(_due: QuerySet[Any], ids: list[int], on: dt.date) -> None:
    rows = Application.objects.filter(pk__in=ids)
    people = set(Member.objects.filter(application__in=ids).values_list("person_id", flat=True).order_by())
    people |= set(rows.values_list("submitted_by_id", flat=True).order_by()) - {None}
    people |= set(rows.values_list("person_id", flat=True).order_by()) - {None}
    delete_applications(rows)
    _let_go_of_the_idle(people, on)


def _stays(due: QuerySet[Any], ids: list[int], on: dt.date) -> None:
    people = set(Engagement.objects.filter(pk__in=ids).values_list("person_id", flat=True).order_by())
    leave_remnants(due.filter(person__in=people).order_by("pk"))
    _let_go_of_the_idle(people, on)


def _log_ins(_due: QuerySet[Any], ids: list[int], on: dt.date) -> None:
    people = Account.objects.filter(pk__in=ids).values_list("person_id", flat=True).order_by()
    let_go(with_wards([number for number in people if number is not None], on), on)


def _let_go_of_the_idle(people: Collection[int], on: dt.date) -> None:
    """Those of the people who take part in nothing and have no log-in; then guardians left without a ward."""
    idle = _idle(people)
    guardians = Guardianship.objects.filter(child__in=idle).values_list("guardian_id", flat=True)
    left = set(guardians.order_by()) - idle
    let_go(idle, on)
    let_go(_idle(left), on)


def _idle(people: Collection[int]) -> set[int]:
    person = OuterRef("pk")
    rows = Person.objects.filter(
        ~Exists(Member.objects.filter(person=person)),
        ~Exists(Engagement.objects.filter(person=person)),
        ~Exists(Application.objects.filter(submitted_by=person)),
        ~Exists(Account.objects.filter(person=person)),
        ~Exists(Guardianship.objects.filter(guardian=person).exclude(child__in=people)),
        pk__in=people,
        is_remnant=False,
    )
    found = set(rows.values_list("pk", flat=True).order_by())
    kept = Guardianship.objects.filter(guardian__in=found).exclude(child__in=found)
    return found - set(kept.values_list("guardian_id", flat=True).order_by())


_ENDS: dict[str, Callable[[QuerySet[Any], list[int], dt.date], None]] = {
    "applications": _applications,
    "stays": _stays,
    "log_ins": _log_ins,
}
