"""Emergency access: two leads open one record for 24 hours; the person is told and sees every look."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext, override

from sojourn.participation.models import Engagement, Opening
from sojourn.participation.queries.names import full_name
from sojourn.records.action import action
from sojourn.records.actor import SYSTEM, Actor
from sojourn.records.jobs import Chunk, Cursor, enqueue, job_kind
from sojourn.records.moves import move
from sojourn.records.reads import note_reads
from sojourn.registry.models import Account, Guardianship, Person, live
from sojourn.safeguarding.models import EmergencyAccess
from sojourn.safeguarding.rules import emergency as rules
from sojourn.safeguarding.rules.emergency import LASTS, must_guard

READ, END = "emergency.read", "emergency.end"
Status = EmergencyAccess.Status


@dataclass(frozen=True, slots=True)
class Reachable:
    """A guardian, and how to reach them; the address is empty when there is none."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class EmergencyRecord:
    """All that the access opens: who it is, this stay, who answers for them. Nothing of other activities."""

    name: str
    birth_on: dt.date
    language: str
    sending: Mapping[str, str]
    starts_on: dt.date
    ends_on: dt.date
    guardians: tuple[Reachable, ...]


@action("emergency.request", rules.may_request_access)
def request_access(
    *, by: Actor, opening: Opening, person: Person | None, purpose: str, at: dt.datetime
) -> EmergencyAccess:
    """Ask for access to one person's record in one activity; nothing is open until a second lead agrees.

    A request that nobody agrees to is over after 24 hours. `person` is None where nobody has the name.
    """
    assert person is not None  # noqa: S101 - the rule has refused it
    return EmergencyAccess.objects.create(
        person=person,
        opening=opening,
        purpose=purpose,
        requested_by_id=by.account_id,
        organisation_id=must_guard(by, opening),
        requested_at=at,
        ends_at=at + LASTS,
    )


@action("emergency.approve", rules.may_approve_access)
def approve_access(*, by: Actor, access: EmergencyAccess, at: dt.datetime) -> EmergencyAccess:
    """A second lead opens it, for 24 hours from now; the person's page says so from now on."""
    move(access, Status.OPEN, approved_by_id=by.account_id, opened_at=at, ends_at=at + LASTS)
    enqueue(END, {"until": access.ends_at.isoformat()}, run_after=access.ends_at)
    return access


@action(READ, rules.may_read_record)
def read_record(*, by: Actor, access: EmergencyAccess, at: dt.datetime) -> EmergencyRecord:
    """The record, once. The look stands in the log that the person sees, and in that of each guardian."""
    engagement = Engagement.objects.select_related("person", "sending").get(
        opening=access.opening_id, person=access.person_id
    )
    guardians = _guardians(access.person_id, at.date())
    note_reads(
        by=by,
        people=[access.person_id, *(guardian.pk for guardian in guardians)],
        organisation_id=access.organisation_id,
        view=READ,
    )
    addresses = _addresses(guardian.pk for guardian in guardians)
    return EmergencyRecord(
        name=full_name(engagement.person),
        birth_on=engagement.person.birth_on,
        language=engagement.person.language,
        sending=engagement.sending.names,
        starts_on=engagement.starts_on,
        ends_on=engagement.ends_on,
        guardians=tuple(Reachable(full_name(row), addresses.get(row.pk, "")) for row in guardians),
    )


@action("emergency.revoke", rules.may_revoke_access)
def revoke_access(*, by: Actor, access: EmergencyAccess, at: dt.datetime) -> EmergencyAccess:
    """End it before its time, or take the request back."""
    _end(access, at)
    return access


@action(END, rules.may_end_accesses)
def end_accesses(*, by: Actor, at: dt.datetime) -> list[EmergencyAccess]:
    """End what is over by the moment, and tell those whose record was open. Gives back which."""
    due = EmergencyAccess.objects.filter(ends_at__lte=at).exclude(status=Status.ENDED)
    ended = list(due.order_by("pk"))
    for access in ended:
        _end(access, at)
    return ended


@job_kind(END)
def end_step(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """End what was over at the moment that the job was asked for."""
    return Chunk(len(end_accesses(by=SYSTEM, at=dt.datetime.fromisoformat(arguments["until"]))), None)


@job_kind("emergency.tell")
def tell(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Tell the person and the guardians by mail that a record was open: where to read more, and no more."""
    person_id, on = arguments["person"], dt.date.fromisoformat(arguments["on"])
    addresses = _addresses([person_id, *(row.pk for row in _guardians(person_id, on))])
    subject, body = [], []
    for language in ("en", "zh-hans"):
        with override(language):
            subject.append(gettext("Your record was opened in an emergency"))
            body.append(
                gettext("Log in and open “My data”: it says who opened which record, what for, and when.")
            )
    for address in sorted(addresses.values()):
        send_mail(" / ".join(subject), "\n\n".join(body) + "\n", settings.DEFAULT_FROM_EMAIL, [address])
    return Chunk(len(addresses), None)


def _end(access: EmergencyAccess, at: dt.datetime) -> None:
    """Once ended, it was told: the word goes out in the same transaction as a job."""
    if access.opened_at is None:
        move(access, Status.ENDED)
        return
    move(access, Status.ENDED, told_at=at)
    enqueue("emergency.tell", {"person": access.person_id, "on": at.date().isoformat()}, run_after=at)


def _guardians(person_id: int, on: dt.date) -> list[Person]:
    rows = Guardianship.objects.filter(live(on), child=person_id).select_related("guardian")
    return [row.guardian for row in rows.order_by("pk")]


def _addresses(person_ids: Any) -> dict[int, str]:
    rows = Account.objects.filter(person__in=list(person_ids), is_active=True).order_by("pk")
    return {row.person_id: row.email for row in rows if row.person_id is not None}
