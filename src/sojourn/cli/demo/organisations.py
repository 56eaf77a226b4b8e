"""The institutions of the example, their posts and their vetted adults."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from sojourn.cli.demo.people import DEMO_DOMAIN
from sojourn.records.actor import SYSTEM
from sojourn.registry.actions import NewOrganisation, add_organisations, appoint
from sojourn.registry.models import Account, Membership, Organisation, Vetting

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "two-rivers"
ADULTS_PER_HOST = 4


def add_institutions(coordinating: Organisation, on: dt.date) -> list[int]:
    """The schools and universities of the example, below their regional offices."""
    rows = [*_schools(), *_universities()]
    return add_organisations(by=SYSTEM, parent=coordinating, rows=rows, on=on)


def _schools() -> Iterator[NewOrganisation]:
    with (EXAMPLE / "institutions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield NewOrganisation(
                code=f"urn-{row['urn']}",
                kind=Organisation.Kind.SCHOOL,
                names={"en": row["name"]},
                parent_code=row["region"],
                level=row["level"],
                town=row["town"],
                easting=int(row["easting"]),
                northing=int(row["northing"]),
            )


def _universities() -> Iterator[NewOrganisation]:
    with (EXAMPLE / "universities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield NewOrganisation(
                code=f"uni-{row['domain'].replace('.', '-')}",
                kind=Organisation.Kind.UNIVERSITY,
                names={"en": row["name"]},
                parent_code=row["region"],
            )


def post(name: str, organisation: Organisation, role: str, on: dt.date) -> Account:
    """An account with one post; its address is `name` under the demonstration's domain."""
    account = Account.objects.create_account(f"{name}@{DEMO_DOMAIN}")
    appoint(by=SYSTEM, account=account, organisation=organisation, role=role, on=on)
    return account


def staff_host(host: Organisation, on: dt.date) -> list[Account]:
    """The lead of a host and its leaders, vetted and trained for a year; a safeguarding lead beside them."""
    lead = post(f"lead-{host.code}", host, Membership.Role.INSTITUTION, on)
    leaders = [
        post(f"leader-{number}-{host.code}", host, Membership.Role.LEADER, on)
        for number in range(1, ADULTS_PER_HOST)
    ]
    post(f"host-{host.code}", host, Membership.Role.HOST, on)
    Vetting.objects.bulk_create(
        Vetting(
            account=account, kind=kind, checked_by=host, starts_on=on, ends_on=on + dt.timedelta(days=365)
        )
        for account in [lead, *leaders]
        for kind in Vetting.Kind
    )
    post(f"safeguarding-{host.code}", host, Membership.Role.SAFEGUARDING_LEAD, on)
    return [lead, *leaders]
