"""Rows for tests: each factory makes one valid row and what it stands on; a test then states its point only.

`CoordinatingOfficeFactory`, `RegionFactory`, `SchoolFactory` and their like keep the tree's closure. Whatever
is not given is plain and the same in every run; dates lie around `TODAY`.
"""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from sojourn.entrance.addresses import keep_address
from sojourn.participation import models as participation
from sojourn.plan import models as planning
from sojourn.registry import models as registry
from sojourn.registry.actions import insert_below
from sojourn.registry.consent_texts import text_sha256, version_on, wording_for
from sojourn.registry.rules import ADULT_FROM, ASSENT_FROM

TODAY = dt.date(2027, 3, 1)
PROGRAMME = (dt.date(2026, 9, 1), dt.date(2029, 9, 1))
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
YEAR = dt.timedelta(days=365)


def born(age: int, on: dt.date = TODAY) -> dt.date:
    """A birthday of someone who is `age` on the day."""
    return dt.date(on.year - age, 1, 1)


# Organisations ------------------------------------------------------------------------------------


class OrganisationFactory(DjangoModelFactory):
    """A body in the tree, inserted with its closure rows as imports do."""

    class Meta:
        model = registry.Organisation
        abstract = True

    code = factory.Sequence(lambda n: f"body-{n}")
    names = factory.LazyAttribute(lambda made: {"en": made.code.title(), "zh": f"机构{made.code}"})

    @classmethod
    def _create(cls, _model_class, *_args, **columns):
        return insert_below([(columns.pop("code"), columns, columns.pop("parent"))])[0]


class CoordinatingOfficeFactory(OrganisationFactory):
    """The root; there is one, made when first asked for."""

    code = "office"
    kind = registry.Organisation.Kind.COORDINATING_OFFICE
    parent = None

    @classmethod
    def _create(cls, model_class, *args, **columns):
        known = registry.Organisation.objects.filter(kind=columns["kind"]).first()
        return known or super()._create(model_class, *args, **columns)


class RegionFactory(OrganisationFactory):
    """A regional office."""

    code = factory.Sequence(lambda n: f"region-{n}")
    kind = registry.Organisation.Kind.REGIONAL_OFFICE
    parent = factory.SubFactory(CoordinatingOfficeFactory)


class ReceivingOfficeFactory(RegionFactory):
    """An office of a receiving area."""

    code = factory.Sequence(lambda n: f"receiving-{n}")
    kind = registry.Organisation.Kind.RECEIVING_OFFICE


class SchoolFactory(OrganisationFactory):
    """A school below a region."""

    code = factory.Sequence(lambda n: f"school-{n}")
    kind = registry.Organisation.Kind.SCHOOL
    level = registry.Organisation.Level.SECONDARY
    parent = factory.SubFactory(RegionFactory)


class UniversityFactory(OrganisationFactory):
    """A university below a region: the usual host."""

    code = factory.Sequence(lambda n: f"university-{n}")
    kind = registry.Organisation.Kind.UNIVERSITY
    parent = factory.SubFactory(RegionFactory)


# People -------------------------------------------------------------------------------------------


class PersonFactory(DjangoModelFactory):
    """An adult of 20; `age=12` for somebody else."""

    class Meta:
        model = registry.Person

    class Params:
        age = 20

    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")
    birth_on = factory.LazyAttribute(lambda made: born(made.age))


class AccountFactory(DjangoModelFactory):
    """A log-in without a person; `password="..."` to log in with it, by a confirmed address."""

    class Meta:
        model = registry.Account

    email = factory.Sequence(lambda n: f"account{n}@example.org")
    password = None

    @classmethod
    def _create(cls, model_class, *args, **columns):
        account = model_class.objects.create_account(*args, **columns)
        if columns.get("password"):
            keep_address(account, is_verified=True)
        return account


class GuardianshipFactory(DjangoModelFactory):
    """An adult of 45 in charge of a child of 12, since long ago."""

    class Meta:
        model = registry.Guardianship

    guardian = factory.SubFactory(PersonFactory, age=45)
    child = factory.SubFactory(PersonFactory, age=12)
    starts_on = TODAY - 10 * YEAR


class MembershipFactory(DjangoModelFactory):
    """A post in the organisation, held since last year."""

    class Meta:
        model = registry.Membership

    account = factory.SubFactory(AccountFactory)
    organisation = factory.SubFactory(SchoolFactory)
    role = registry.Membership.Role.INSTITUTION
    starts_on = TODAY - YEAR


class VettingFactory(DjangoModelFactory):
    """A vetting that is valid around today."""

    class Meta:
        model = registry.Vetting

    account = factory.SubFactory(AccountFactory)
    checked_by = factory.SubFactory(SchoolFactory)
    starts_on = TODAY - YEAR
    ends_on = TODAY + YEAR


class ConsentFactory(DjangoModelFactory):
    """One yes, live around today; given by the person unless somebody else is named."""

    class Meta:
        model = registry.Consent

    person = factory.SubFactory(PersonFactory)
    kind = registry.Consent.Kind.CONSENT
    purpose = registry.Consent.Purpose.TAKE_PART
    component_code = "A2"
    given_by = factory.SelfAttribute("person")
    text_version = factory.LazyAttribute(lambda made: version_on(made.purpose, made.starts_on).code)
    text_sha256 = factory.LazyAttribute(lambda made: text_sha256(words_of(made)))
    language = "en"
    starts_on = TODAY - dt.timedelta(days=100)
    ends_on = TODAY + dt.timedelta(days=265)


def words_of(made) -> str:
    """What was read by whoever said this yes."""
    wording = wording_for(made.kind, is_own=made.given_by == made.person)
    return version_on(made.purpose, made.starts_on).texts[wording][made.language]


# The plan -----------------------------------------------------------------------------------------


class PlanFactory(DjangoModelFactory):
    """The published plan; the database allows one."""

    class Meta:
        model = planning.Plan
        django_get_or_create = ("version",)

    version = 1
    status = planning.Plan.Status.PUBLISHED
    document = factory.LazyFunction(lambda: {"schema": "sojourn-plan/1"})
    sha256 = "0" * 64
    loaded_on = PROGRAMME[0]
    published_on = PROGRAMME[0]


class ComponentFactory(DjangoModelFactory):
    """A component of the visits track: A2 unless another code is given."""

    class Meta:
        model = planning.Component
        django_get_or_create = ("code",)

    code = "A2"
    titles = factory.LazyAttribute(lambda made: {"en": f"Component {made.code}", "zh": f"项目{made.code}"})
    track = "visits"
    responsible = factory.SubFactory(CoordinatingOfficeFactory)
    position = factory.Sequence(lambda n: n % 30_000)


class TargetFactory(DjangoModelFactory):
    """A promised number of people over the whole programme."""

    class Meta:
        model = planning.Target

    plan = factory.SubFactory(PlanFactory)
    code = factory.Sequence(lambda n: f"target-{n}")
    component = factory.SubFactory(ComponentFactory)
    indicator = "people_taking_part"
    kind = planning.Target.Kind.TOTAL
    starts_on, ends_on = PROGRAMME
    amount = 6000


# Taking part --------------------------------------------------------------------------------------


class CallFactory(DjangoModelFactory):
    """A published call, open today, for ages 8 to 25."""

    class Meta:
        model = participation.Call

    code = factory.Sequence(lambda n: f"call-{n}")
    component = factory.SubFactory(ComponentFactory)
    organiser = factory.SubFactory(CoordinatingOfficeFactory)
    titles = factory.LazyAttribute(lambda made: {"en": f"Call {made.code}", "zh": f"招募{made.code}"})
    summaries = factory.LazyFunction(lambda: {"en": "Two weeks away.", "zh": "为期两周。"})
    status = participation.Call.Status.PUBLISHED
    opens_on = TODAY - dt.timedelta(days=20)
    closes_on = TODAY + dt.timedelta(days=20)
    minimum_age = 8
    maximum_age = 25


class OpeningFactory(DjangoModelFactory):
    """A camp of two weeks next summer with 30 seats."""

    class Meta:
        model = participation.Opening

    call = factory.SubFactory(CallFactory)
    code = factory.Sequence(lambda n: f"opening-{n}")
    host = factory.SubFactory(UniversityFactory)
    titles = factory.LazyAttribute(lambda made: {"en": f"Camp {made.code}", "zh": f"营地{made.code}"})
    starts_on = dt.date(2027, 7, 1)
    ends_on = factory.LazyAttribute(lambda made: made.starts_on + dt.timedelta(days=14))
    seats = 30


class GroupFactory(DjangoModelFactory):
    """A group that wants to stay together."""

    class Meta:
        model = participation.Group

    call = factory.SubFactory(CallFactory)
    join_code = factory.Sequence(lambda n: f"JOIN{n:06}")


class ApplicationFactory(DjangoModelFactory):
    """One person's application, handed in today, with its member row; add `PreferenceFactory` rows."""

    class Meta:
        model = participation.Application

    call = factory.SubFactory(CallFactory)
    reference = factory.Sequence(lambda n: f"SJ-{n:08}")
    person = factory.SubFactory(PersonFactory)
    sending = factory.SubFactory(SchoolFactory)
    submitted_by = factory.SelfAttribute("person")
    submitted_on = TODAY

    @classmethod
    def _create(cls, model_class, *args, **columns):
        made = super()._create(model_class, *args, **columns)
        if made.person is not None:
            MemberFactory(application=made, person=made.person)
        return made


class MemberFactory(DjangoModelFactory):
    """A person covered by an application."""

    class Meta:
        model = participation.Member

    application = factory.SubFactory(ApplicationFactory)
    call = factory.SelfAttribute("application.call")
    person = factory.SubFactory(PersonFactory)


class PreferenceFactory(DjangoModelFactory):
    """A first choice."""

    class Meta:
        model = participation.Preference

    application = factory.SubFactory(ApplicationFactory)
    opening = factory.SubFactory(OpeningFactory, call=factory.SelfAttribute("..application.call"))
    rank = 1


class OfferFactory(DjangoModelFactory):
    """An open offer of the first choice to each person of the application, for two weeks."""

    class Meta:
        model = participation.Offer

    opening = factory.SubFactory(OpeningFactory)
    application = factory.SubFactory(ApplicationFactory, call=factory.SelfAttribute("..opening.call"))
    rank = 1
    offered_on = TODAY
    answer_by = TODAY + dt.timedelta(days=14)

    @classmethod
    def _create(cls, model_class, *args, **columns):
        made = super()._create(model_class, *args, **columns)
        if made.status == participation.Offer.Status.OPEN:
            for member in made.application.members.order_by("pk"):
                participation.OfferedSeat.objects.create(offer=made, person=member.person)
        return made


class EngagementFactory(DjangoModelFactory):
    """A person's place in an opening, from an accepted offer. It brings no consent: see `say_yes`."""

    class Meta:
        model = participation.Engagement

    opening = factory.SubFactory(OpeningFactory)
    person = factory.SubFactory(PersonFactory)
    sending = factory.SubFactory(SchoolFactory)
    component = factory.SelfAttribute("opening.call.component")
    offer = factory.SubFactory(
        OfferFactory,
        opening=factory.SelfAttribute("..opening"),
        application__person=factory.SelfAttribute("...person"),
        application__sending=factory.SelfAttribute("...sending"),
        status=participation.Offer.Status.ACCEPTED,
    )
    starts_on = factory.SelfAttribute("opening.starts_on")
    ends_on = factory.SelfAttribute("opening.ends_on")


def say_yes(engagement: participation.Engagement, *, given_by: registry.Person | None = None) -> None:
    """Give the engagement every yes that it needs, from 50 days before its first day on.

    A minor gets a guardian who says it, `given_by` where one is named.
    """
    person, first = engagement.person, engagement.starts_on
    period = {"starts_on": first - dt.timedelta(days=50), "ends_on": first + dt.timedelta(days=300)}
    about = {"person": person, "component_code": engagement.component.code, **period}
    if person.age(first) >= ADULT_FROM:
        ConsentFactory(given_by=person, **about)
        return
    ConsentFactory(given_by=given_by or guardian_of(person), **about)
    if person.age(first) >= ASSENT_FROM:
        ConsentFactory(given_by=person, kind=registry.Consent.Kind.ASSENT, **about)


def guardian_of(child: registry.Person) -> registry.Person:
    """The child's first guardian; a new one where there is none."""
    known = registry.Guardianship.objects.filter(child=child).order_by("pk").first()
    return known.guardian if known else GuardianshipFactory(child=child).guardian


class SessionFactory(DjangoModelFactory):
    """A session on the first day of the opening; its adults are added by the test."""

    class Meta:
        model = participation.Session

    opening = factory.SubFactory(OpeningFactory)
    held_on = factory.SelfAttribute("opening.starts_on")
    titles = factory.LazyFunction(lambda: {"en": "Day one", "zh": "第一天"})


class AttendanceFactory(DjangoModelFactory):
    """Somebody was there."""

    class Meta:
        model = participation.Attendance

    engagement = factory.SubFactory(EngagementFactory)
    session = factory.SubFactory(SessionFactory, opening=factory.SelfAttribute("..engagement.opening"))
