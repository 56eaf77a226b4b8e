"""Writes of who: organisations, posts, vetting and consent."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.translation import gettext_lazy as _

from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry import rules
from sojourn.registry.consent_texts import text_language, text_sha256, version_on, wording_for
from sojourn.registry.models import Account, Consent, Membership, Organisation, OrganisationLink, Person, live

CONSENT_LASTS = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """One institution of a checked import."""

    code: str
    kind: str
    names: dict[str, str]
    parent_code: str
    level: str = ""
    town: str = ""
    easting: int | None = None
    northing: int | None = None

    def columns(self) -> dict[str, Any]:
        """The values of the row's columns, but for its parent."""
        return {
            "kind": self.kind,
            "names": self.names,
            "level": self.level,
            "town": self.town,
            "easting": self.easting,
            "northing": self.northing,
        }


@action("organisation.add", rules.may_add_organisations)
def add_organisations(
    *, by: Actor, parent: Organisation, rows: list[NewOrganisation], on: dt.date
) -> list[int]:
    """Add institutions below offices within `parent`; those whose code is known already stay as they are.

    Gives back the numbers of the new ones. Refuses all when one names an office that is not within `parent`,
    or when two share a code.
    """
    named = {row.parent_code for row in rows}
    offices = dict(Organisation.objects.filter(code__in=named).order_by("code").values_list("code", "pk"))
    inside = rules.those_within(parent.pk, offices.values())
    offices = {code: number for code, number in offices.items() if number in inside}
    lost = sorted({row.parent_code for row in rows} - offices.keys())
    if lost:
        raise refuse(
            "organisation.unknown_office",
            _("No office with the code %(codes)s below yours. Correct the region column or add the office."),
            codes=", ".join(lost),
        )
    codes = [row.code for row in rows]
    twice = sorted({code for code, times in Counter(codes).items() if times > 1})
    if twice:
        raise refuse(
            "organisation.twice",
            _("The code %(codes)s stands in several rows. Keep one row for each institution."),
            codes=", ".join(twice),
        )
    known: set[str] = set()
    for chunk in batched(codes, 2000):
        known |= set(Organisation.objects.filter(code__in=chunk).values_list("code", flat=True).order_by())
    fresh = [row for row in rows if row.code not in known]
    return [number for some in batched(fresh, 2000) for number in _insert(some, offices)]


def _insert(rows: Sequence[NewOrganisation], offices: Mapping[str, int]) -> list[int]:
    """Insert rows of a register without an object for each: half a million have to fit into seconds."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO registry_organisation (code, kind, names, parent_id, level, town, easting, northing)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    *(row.code, row.kind, json.dumps(row.names, ensure_ascii=False)),
                    *(offices[row.parent_code], row.level, row.town, row.easting, row.northing),
                )
                for row in rows
            ],
        )
    codes = [row.code for row in rows]
    made = Organisation.objects.filter(code__in=codes).order_by("pk")
    numbers = list(made.values_list("pk", flat=True))
    _link(numbers)
    return numbers


def insert_below(rows: Iterable[tuple[str, dict[str, Any], Organisation | None]]) -> list[Organisation]:
    """Insert organisations with their closure rows, in bulk; parents must exist."""
    made = Organisation.objects.bulk_create(
        [Organisation(code=code, parent=parent, **columns) for code, columns, parent in rows], batch_size=1000
    )
    for some in batched((row.pk for row in made), 2000):
        _link(some)
    return made


def _link(ids: Sequence[int]) -> None:
    """The closure rows of new organisations, computed by the database from those of their parents."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO registry_organisationlink (ancestor_id, descendant_id, depth)
            SELECT above.ancestor_id, made.id, above.depth + 1
            FROM registry_organisation made
            JOIN registry_organisationlink above ON above.descendant_id = made.parent_id
            WHERE made.id BETWEEN %s AND %s
              AND NOT EXISTS (SELECT 1 FROM registry_organisationlink WHERE descendant_id = made.id)
            UNION ALL
            SELECT made.id, made.id, 0 FROM registry_organisation made
            WHERE made.id BETWEEN %s AND %s
              AND NOT EXISTS (SELECT 1 FROM registry_organisationlink WHERE descendant_id = made.id)
            """,
            [min(ids), max(ids)] * 2,
        )


@action("organisation.change", rules.may_add_organisations)
def change_organisations(
    *, by: Actor, parent: Organisation, changes: Mapping[int, Mapping[str, Any]], on: dt.date
) -> list[Organisation]:
    """Change columns of institutions within `parent`, by their number; gives them back as they are now."""
    rows = list(Organisation.objects.within(parent.pk).filter(pk__in=changes).order_by("pk"))
    for row in rows:
        for column, value in changes[row.pk].items():
            setattr(row, column, value)
    columns = sorted({column for values in changes.values() for column in values})
    Organisation.objects.bulk_update(rows, columns, batch_size=500)
    return rows


@action("organisation.remove", rules.may_remove_organisations)
def remove_organisations(*, by: Actor, parent: Organisation, ids: Sequence[int], on: dt.date) -> list[int]:
    """Remove institutions within `parent` on which nothing builds yet; gives back their numbers."""
    for some in batched(ids, 2000):
        # The rule has found nothing that points to them, so there is nothing to cascade to.
        OrganisationLink.objects.filter(descendant__in=some).order_by()._raw_delete(using=DEFAULT_DB_ALIAS)
        Organisation.objects.filter(pk__in=some).order_by()._raw_delete(using=DEFAULT_DB_ALIAS)
    return list(ids)


@action("membership.appoint", rules.may_appoint, consent="a post is work, not taking part")
def appoint(*, by: Actor, account: Account, organisation: Organisation, role: str, on: dt.date) -> Membership:
    """Give the account a post in the organisation from the day on."""
    return Membership.objects.create(account=account, organisation=organisation, role=role, starts_on=on)


@action("consent.give", rules.may_give_consent, consent="it is the yes itself")
def give_consent(
    *,
    by: Actor,
    person: Person,
    kind: str,
    component_code: str,
    language: str,
    on: dt.date,
    purpose: str = Consent.Purpose.TAKE_PART,
) -> Consent:
    """Record one yes to one purpose in one component, to the text of the day, for a year at most."""
    return record_yes(
        by=by,
        person=person,
        kind=kind,
        component_code=component_code,
        language=language,
        on=on,
        purpose=purpose,
    )


def record_yes(
    *,
    by: Actor,
    person: Person,
    kind: str,
    component_code: str,
    language: str,
    on: dt.date,
    purpose: str = Consent.Purpose.TAKE_PART,
) -> Consent:
    """The row of one yes; for actions of higher floors whose own rule has checked who says it.

    It ends a year later, and for a minor on the 18th birthday at the latest.
    """
    read_in = text_language(language)
    version = version_on(purpose, on)
    giver = person.pk if kind == Consent.Kind.ASSENT else by.must_be_person()
    wording = wording_for(kind, is_own=giver == person.pk)
    adult_on = person.birthday(rules.ADULT_FROM)
    ends_on = on + CONSENT_LASTS
    return Consent.objects.create(
        person=person,
        kind=kind,
        purpose=purpose,
        component_code=component_code,
        given_by_id=giver,
        text_version=version.code,
        text_sha256=text_sha256(version.texts[wording][read_in]),
        language=read_in,
        starts_on=on,
        ends_on=ends_on if adult_on <= on else min(ends_on, adult_on),
    )


def end_yes(*, person: Person, component_code: str, purpose: str, on: dt.date) -> int:
    """End every yes of and for the person to the purpose in the component on the day.

    One that was said on the same day goes without a row. Gives back how many ended. For actions of higher
    floors, which also end what stood on it.
    """
    rows = Consent.objects.filter(live(on), person=person, component_code=component_code, purpose=purpose)
    gone, _by_model = rows.filter(starts_on=on).delete()
    return gone + rows.update(ends_on=on)
