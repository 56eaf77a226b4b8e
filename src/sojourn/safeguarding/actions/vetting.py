"""Note that an adult was checked or trained, and take it back."""

import datetime as dt

from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Account, Organisation, Vetting
from sojourn.safeguarding.rules import vetting as rules


@action("vetting.record", rules.may_record_vetting)
def record_vetting(
    *,
    by: Actor,
    organisation: Organisation,
    account: Account,
    kind: str,
    starts_on: dt.date,
    ends_on: dt.date,
    on: dt.date,
) -> Vetting:
    """A check or a training of the adult counts on [starts_on, ends_on); what it found is not held.

    A renewal is a further record; those before it stay, so that past departures can still be understood.
    """
    return Vetting.objects.create(
        account=account, kind=kind, checked_by=organisation, starts_on=starts_on, ends_on=ends_on
    )


@action("vetting.revoke", rules.may_revoke_vetting)
def revoke_vetting(*, by: Actor, vetting: Vetting, on: dt.date) -> Vetting:
    """The record does not count from the day on; nothing tells why."""
    vetting.ends_on = max(on, vetting.starts_on)
    Vetting.objects.filter(pk=vetting.pk).update(ends_on=vetting.ends_on)
    return vetting
