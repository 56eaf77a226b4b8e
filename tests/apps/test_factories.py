import factory
import pytest
from factory.django import DjangoModelFactory

from apps import factories
from sojourn.participation.models import Engagement
from sojourn.registry.consents import without_consent
from sojourn.registry.models import Consent, OrganisationLink, live
from sojourn.registry.queries import region_of

MADE = [
    made
    for made in vars(factories).values()
    if isinstance(made, factory.base.FactoryMetaClass)
    and made is not DjangoModelFactory
    and not made._meta.abstract
]


@pytest.mark.django_db
@pytest.mark.parametrize("made", MADE, ids=lambda made: made.__name__)
def test_each_factory_makes_a_valid_row_twice(made):
    for row in (made(), made()):
        row.full_clean(exclude=["password"])


@pytest.mark.django_db
def test_a_school_is_below_its_region_and_the_office():
    school = factories.SchoolFactory()
    above = (
        OrganisationLink.objects.filter(descendant=school)
        .order_by("depth")
        .values_list("ancestor_id", flat=True)
    )
    assert list(above) == [school.pk, school.parent_id, school.parent.parent_id]
    assert region_of(school) == school.parent


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "kinds"), [(7, {"consent"}), (12, {"consent", "assent"}), (20, {"consent"})])
def test_say_yes_gives_every_yes_that_is_needed(age, kinds):
    person = factories.PersonFactory(birth_on=factories.born(age, factories.OpeningFactory.starts_on))
    engagement = factories.EngagementFactory(person=person)
    factories.say_yes(engagement)
    on = engagement.starts_on
    assert set(Consent.objects.filter(live(on)).values_list("kind", flat=True)) == kinds
    assert without_consent([person], engagement.component.code, on) == []
    assert Engagement.objects.get().component == engagement.opening.call.component
