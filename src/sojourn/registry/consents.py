"""Whether a person's yes is live on a day: the one condition that queries use, and who still has to say it.

An adult says yes alone. For a minor each guardian says it, and from age 8 the child too: so one no, of the
child or of any guardian, beats every yes, and no row ever has to hold a no. The yes of an adult who is no
longer a guardian, and that of a guardian for somebody who has turned 18, count no more. Nor does a yes to a
text that has been replaced.

This is all that allocation, eligibility and indicators may know of consent: whether it is live.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils.translation import gettext_lazy as _

from sojourn.records.refusal import Words, refuse
from sojourn.registry.consent_texts import VERSIONS, lapses_on, version_on
from sojourn.registry.models import Consent, Guardianship, Person, live
from sojourn.registry.rules import ADULT_FROM, ASSENT_FROM, yes_needed

Term = F | Value
TAKE_PART = Consent.Purpose.TAKE_PART
YES_IS_MISSING = _("Somebody’s yes is missing or has ended. It can be said on “My yeses”; then try again.")


@dataclass(frozen=True, slots=True)
class Voice:
    """One yes that is needed: about whom, of which kind, and from whom; from nobody where no guardian is."""

    person_id: int
    kind: str
    giver_id: int | None


def live_yes(day: Term, component: Term, *, person: str = "person", purpose: str = TAKE_PART) -> Q:
    """The condition that everybody whose yes is needed has said it, and that it is live on the day.

    For rows of any table: `day` and `component` (its code) are columns or values, `person` is the path to
    the person, or nothing for people themselves.
    """
    key, birth = (person, f"{person}__birth_on") if person else ("pk", "birth_on")
    about = OuterRef(key)
    said = _said(_outer(day), _outer(component), purpose).filter(person=about)
    guardians = Guardianship.objects.filter(live(_outer(day)), child=about)
    agreed = _said(_outer(_outer(day)), _outer(_outer(component)), purpose).filter(
        person=OuterRef("child"), given_by=OuterRef("guardian"), kind=Consent.Kind.CONSENT
    )
    own = said.filter(kind=Consent.Kind.CONSENT, given_by=F("person"))
    age = _DayNumber(day) - _DayNumber(F(birth))
    is_adult = Q(GreaterThanOrEqual(age, ADULT_FROM * _YEAR))
    is_small = Q(LessThan(age, ASSENT_FROM * _YEAR))
    every_guardian = Exists(guardians) & ~Exists(guardians.filter(~Exists(agreed)))
    child = is_small | Exists(said.filter(kind=Consent.Kind.ASSENT))
    return (is_adult & Exists(own)) | (~is_adult & every_guardian & child)


def without_consent(
    people: Iterable[Person], component_code: str, on: dt.date, purpose: str = TAKE_PART
) -> list[Person]:
    """Those of the people who lack a live yes to the purpose in the component on the day: one query."""
    people = list(people)
    said = live_yes(Value(on), Value(component_code), person="", purpose=purpose)
    willing = Person.objects.filter(said, pk__in=[person.pk for person in people]).order_by()
    agreed = set(willing.values_list("pk", flat=True))
    return [person for person in people if person.pk not in agreed]


def voices_needed(people: Iterable[Person], on: dt.date) -> list[Voice]:
    """Every yes that is needed on the day, person by person, the child's own last: one query."""
    people = list(people)
    guardians: dict[int, list[int]] = {}
    rows = Guardianship.objects.filter(live(on), child__in=[person.pk for person in people])
    for child_id, guardian_id in rows.order_by("guardian").values_list("child_id", "guardian_id"):
        guardians.setdefault(child_id, []).append(guardian_id)
    needed = []
    for person in people:
        adult = person.age(on) >= ADULT_FROM
        givers: list[int | None] = [person.pk] if adult else [*guardians.get(person.pk, [])] or [None]
        needed += [Voice(person.pk, Consent.Kind.CONSENT, giver) for giver in givers]
        if Consent.Kind.ASSENT in yes_needed(person, on):
            needed.append(Voice(person.pk, Consent.Kind.ASSENT, person.pk))
    return needed


def voices_missing(
    people: Iterable[Person], component_code: str, on: dt.date, purpose: str = TAKE_PART
) -> list[Voice]:
    """Those of the needed that have not been said, or are not live any more: two queries."""
    needed = voices_needed(people, on)
    rows = live_consents(on).filter(
        person__in={voice.person_id for voice in needed}, component_code=component_code, purpose=purpose
    )
    said = {Voice(*row) for row in rows.order_by().values_list("person_id", "kind", "given_by_id")}
    return [voice for voice in needed if voice not in said]


def live_consents(on: dt.date) -> QuerySet[Consent]:
    """The rows whose period holds the day and whose text is the one in force on it."""
    in_force = Q()
    for purpose in Consent.Purpose.values:
        in_force |= Q(purpose=purpose, text_version=version_on(purpose, on).code)
    return Consent.objects.filter(live(on), in_force)


@dataclass(frozen=True, slots=True)
class Needs:
    """The live yes that an action needs, told from its arguments: of which people, in which component, when.

    It is the `consent` of an `@action`. `day` names the argument that holds the day of the act; `words` and
    `where` say to whoever acts what to do about a yes that is missing.
    """

    people: Callable[..., Iterable[Person]]
    component: Callable[..., str]
    day: str = "on"
    purpose: str = TAKE_PART
    words: Words = YES_IS_MISSING
    where: str = ""

    def __call__(self, **arguments: Any) -> None:
        """Refuse when anybody's yes is missing."""
        people, component = self.people(**arguments), self.component(**arguments)
        if without_consent(people, component, arguments[self.day], self.purpose):
            raise refuse("consent.missing", self.words, where=self.where)


_YEAR = 10_000  # in the whole numbers below


class _DayNumber(Func):
    """A day as a whole number, 1 March 2027 as 20270301: the difference of two tells completed years."""

    output_field = IntegerField()
    template = "CAST(TO_CHAR(%(expressions)s, 'YYYYMMDD') AS INTEGER)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Days are texts there, `2027-03-01`."""
        return self.as_sql(
            compiler, connection, template="CAST(REPLACE(%(expressions)s, '-', '') AS INTEGER)", **context
        )


def _said(day: Any, component: Any, purpose: str) -> QuerySet[Consent]:
    """The yeses to a component that are live on a day, both told by the outer query."""
    in_force = Q()
    for version in VERSIONS[purpose]:
        until = lapses_on(purpose, version.code)
        still = Q() if until is None else Q(LessThan(day, Value(until, DateField())))
        in_force |= Q(text_version=version.code) & still
    return Consent.objects.filter(in_force, live(day), purpose=purpose, component_code=component)


def _outer(term: Any) -> Any:
    """A column of this query as its subquery names it; a value is the same everywhere."""
    if isinstance(term, Value):
        return term
    return OuterRef(term if isinstance(term, OuterRef) else term.name)
