"""Who may act for whom, and which yes is needed from whom."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import models
from django.utils.translation import gettext_lazy as _

from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import (
    Consent,
    Guardianship,
    Membership,
    Organisation,
    OrganisationLink,
    Person,
    Vetting,
    live,
)

ADULT_FROM = 18
ASSENT_FROM = 8
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}", re.ASCII)  # as in a plan file
OFFICES = (Membership.Role.PROGRAMME_OFFICE, Membership.Role.REGIONAL_OFFICE)


def acts_for(by: Actor, person: Person, on: dt.date) -> bool:
    """Whether the actor is this person, or the guardian of this minor on the day."""
    if by.person_id is None:
        return False
    if by.person_id == person.pk:
        return True
    return (
        person.age(on) < ADULT_FROM
        and Guardianship.objects.filter(live(on), guardian_id=by.person_id, child=person).exists()
    )


def must_act_for(by: Actor, people: Iterable[Person], on: dt.date) -> None:
    """Refuse to show that these people exist to anyone who does not act for each of them."""
    if not all(acts_for(by, person, on) for person in people):
        raise UnseenError


def must_hold_post(by: Actor, organisation_id: int, *roles: str) -> None:
    """The actor holds one of the roles in this very organisation; the system's clock may always act."""
    if not by.is_system and organisation_id not in by.organisations(*roles):
        raise UnseenError


def yes_needed(person: Person, on: dt.date) -> frozenset[str]:
    """The kinds of yes without which nothing may happen to the person.

    An adult consents alone. A minor needs the consent of each guardian and, from age 8, the own assent: a
    child's no beats a guardian's yes, and one guardian's no the other's yes.
    """
    if ASSENT_FROM <= person.age(on) < ADULT_FROM:
        return frozenset({Consent.Kind.CONSENT, Consent.Kind.ASSENT})
    return frozenset({Consent.Kind.CONSENT})


def may_give_consent(
    *,
    by: Actor,
    person: Person,
    kind: str,
    component_code: str,
    purpose: str = Consent.Purpose.TAKE_PART,
    on: dt.date,
    **_rest: object,
) -> None:
    """An adult consents for themselves or as guardian; assent is given by the child, with the guardian."""
    must_act_for(by, [person], on)
    must_be_a_yes(kind, purpose, component_code)
    minor = person.age(on) < ADULT_FROM
    if kind == Consent.Kind.CONSENT and minor and by.person_id == person.pk:
        raise refuse("consent.guardian_needed", _("Under 18, a guardian has to consent."))
    if kind == Consent.Kind.ASSENT and kind not in yes_needed(person, on):
        raise refuse("consent.no_assent_needed", _("A child’s own yes is asked for from age 8 to 17."))


def must_be_a_yes(kind: str, purpose: str, component_code: str) -> None:
    """Refuse a kind, a purpose or a component that cannot be one."""
    if kind not in Consent.Kind.values or purpose not in Consent.Purpose.values:
        raise refuse("consent.unknown", _("Nobody is asked for such a yes. Choose one of “My yeses”."))
    if not _CODE.fullmatch(component_code):
        raise refuse(
            "consent.component", _("There is no such part of the programme. Choose one of “My yeses”.")
        )


def may_withdraw_consent(*, by: Actor, person: Person, on: dt.date, **_rest: object) -> None:
    """The person, whatever the age, and a minor's guardian may take the yes back."""
    must_act_for(by, [person], on)


def may_appoint(**_rest: object) -> None:
    """Whoever can run commands on the server gives any post; the table of roles lets nobody else."""


def may_add_organisations(*, by: Actor, parent: Organisation, **_rest: object) -> None:
    """An office adds institutions below itself."""
    ancestors = set(parent.links_up.values_list("ancestor_id", flat=True))
    if not by.is_system and not ancestors & by.organisations(*OFFICES):
        raise UnseenError


def those_within(ancestor_id: int, ids: Iterable[int]) -> set[int]:
    """Which of these organisations are the ancestor or lie below it, asked by pairs: quick in any tree."""
    rows = OrganisationLink.objects.filter(ancestor=ancestor_id, descendant__in=list(ids))
    return set(rows.values_list("descendant_id", flat=True).order_by())


def may_remove_organisations(*, by: Actor, parent: Organisation, ids: Sequence[int], **_rest: object) -> None:
    """An office removes institutions below itself that nothing points to."""
    may_add_organisations(by=by, parent=parent)
    for some in batched(ids, 2000):
        inside = OrganisationLink.objects.filter(ancestor=parent, descendant__in=some, depth__gt=0)
        if inside.count() != len(some):
            raise UnseenError
        for model, column in _pointing():
            if model._base_manager.filter(**{f"{column}__in": some}).exclude(**_among(model, some)).exists():
                raise refuse(
                    "organisation.in_use",
                    _("Some of these organisations are in use by now (%(what)s), so none was removed."),
                    what=str(model._meta.verbose_name),
                )


def _pointing() -> list[tuple[type[models.Model], str]]:
    """Every table and column that points to an organisation, but for the closure of the tree."""
    relations = [
        field
        for field in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignObjectRel) and field.related_model is not OrganisationLink
    ]
    return [(relation.related_model, relation.field.name) for relation in relations]


def _among(model: type[models.Model], ids: Sequence[int]) -> dict[str, Sequence[int] | None]:
    """Organisations that go as well do not count as a use."""
    return {"pk__in": ids} if model is Organisation else {"pk": None}


def vetting_periods(account_ids: Iterable[int]) -> dict[int, list[tuple[dt.date, dt.date]]]:
    """The half-open periods in which each of the accounts is or was vetted; an empty list where never."""
    found: dict[int, list[tuple[dt.date, dt.date]]] = {account: [] for account in account_ids}
    rows = Vetting.objects.filter(account__in=found, kind=Vetting.Kind.CHECK)
    for account, starts_on, ends_on in rows.values_list("account_id", "starts_on", "ends_on").order_by():
        found[account].append((starts_on, ends_on))
    return found
