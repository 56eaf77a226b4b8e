"""Who is vetted and trained, until when, and where a renewal is due."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sojourn.participation.queries.names import full_name
from sojourn.participation.rules.safety import Period, valid_until
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Membership, Organisation, Vetting, live
from sojourn.safeguarding.rules.vetting import KEEPERS, WITH_CHILDREN

SOON = dt.timedelta(days=60)
"""How long before its end a record is listed for renewal: longer than a new check usually takes."""


class Standing(StrEnum):
    """How a check or training stands on a day."""

    VALID = "valid"
    ENDING = "ending"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Validity:
    """A check or a training of an adult; `ends_on` is the first day without it."""

    standing: Standing
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class AdultLine:
    """An adult of an institution with what is needed to be with children."""

    account_id: int
    name: str
    roles: tuple[str, ...]
    check: Validity
    training: Validity

    @property
    def is_due(self) -> bool:
        """Whether something is missing or ends soon."""
        return {self.check.standing, self.training.standing} != {Standing.VALID}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record as its adult and its keeper see it."""

    number: int
    kind: str
    checked_by: Mapping[str, str]
    starts_on: dt.date
    ends_on: dt.date
    is_live: bool
    is_ours: bool  # noted by the institution that looks


@dataclass(frozen=True, slots=True)
class VettingCounts:
    """Adults with a post of those who are with children, by how their check stands."""

    valid: int
    ending: int
    none: int


def adults_of(organisation_id: int, *, on: dt.date) -> list[AdultLine]:
    """The adults of an institution: those with something due first, then by log-in."""
    rows = Membership.objects.filter(
        live(on), organisation=organisation_id, role__in=WITH_CHILDREN, account__is_active=True
    ).select_related("account__person")
    roles: dict[int, list[str]] = {}
    accounts: dict[int, Account] = {}
    for row in rows.order_by("account__email", "role"):
        roles.setdefault(row.account_id, []).append(row.role)
        accounts[row.account_id] = row.account
    periods = _periods(accounts)
    lines = [
        AdultLine(
            account_id=pk,
            name=called(account),
            roles=tuple(roles[pk]),
            check=_validity(periods.get((pk, Vetting.Kind.CHECK), []), on),
            training=_validity(periods.get((pk, Vetting.Kind.TRAINING), []), on),
        )
        for pk, account in accounts.items()
    ]
    return sorted(lines, key=lambda line: not line.is_due)


def adult_of(by: Actor, account_id: int, *, on: dt.date) -> tuple[Account, Organisation]:
    """An adult of the institution whose records the actor keeps.

    Raises:
        UnseenError: The account holds no such post there.
    """
    post = (
        Membership.objects.filter(
            live(on),
            account=account_id,
            account__is_active=True,
            organisation__in=by.organisations(*KEEPERS),
            role__in=WITH_CHILDREN,
        )
        .select_related("account__person", "organisation")
        .order_by("organisation", "pk")
        .first()
    )
    if post is None:
        raise UnseenError
    return post.account, post.organisation


def records_of(account_id: int, *, on: dt.date, seen_from: int | None = None) -> list[RecordLine]:
    """Every record of the adult, the latest first; `seen_from` is the institution that looks."""
    rows = Vetting.objects.filter(account=account_id).select_related("checked_by")
    return [
        RecordLine(
            number=row.pk,
            kind=row.kind,
            checked_by=row.checked_by.names,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            is_live=row.starts_on <= on < row.ends_on,
            is_ours=row.checked_by_id == seen_from,
        )
        for row in rows.order_by("-ends_on", "-pk")
    ]


def vetting_counts(organisation_id: int, *, on: dt.date) -> VettingCounts:
    """How the checks of the adults in and below an organisation stand: for reminders, without a name."""
    rows = Membership.objects.filter(
        live(on),
        organisation__links_up__ancestor=organisation_id,
        role__in=WITH_CHILDREN,
        account__is_active=True,
    )
    accounts = set(rows.values_list("account_id", flat=True).order_by())
    periods = _periods(rows.values("account").order_by())
    standings = [_validity(periods.get((pk, Vetting.Kind.CHECK), []), on).standing for pk in accounts]
    return VettingCounts(*(standings.count(standing) for standing in Standing))


def called(account: Account) -> str:
    """What a colleague is called on pages of the same institution."""
    return full_name(account.person) if account.person else account.email


def _periods(accounts: Any) -> dict[tuple[int, str], list[Period]]:
    found: dict[tuple[int, str], list[Period]] = {}
    rows = Vetting.objects.filter(account__in=accounts).order_by("starts_on", "pk")
    for account, kind, starts_on, ends_on in rows.values_list("account_id", "kind", "starts_on", "ends_on"):
        found.setdefault((account, kind), []).append((starts_on, ends_on))
    return found


def _validity(periods: Iterable[Period], on: dt.date) -> Validity:
    ends_on = valid_until(periods, on)
    if ends_on is None:
        return Validity(Standing.NONE, None)
    return Validity(Standing.ENDING if ends_on <= on + SOON else Standing.VALID, ends_on)
