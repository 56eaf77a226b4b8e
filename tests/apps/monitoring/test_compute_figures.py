import datetime as dt
from collections import Counter

import pytest

from apps import factories
from apps.monitoring.references import expected
from apps.monitoring.worlds import FIRST, LAST, SEEN_ON, random_world
from sojourn.monitoring.actions.figures import compute_figures
from sojourn.monitoring.indicators import DEFINITIONS
from sojourn.monitoring.models import Figure
from sojourn.plan.models import Component
from sojourn.records.actor import PUBLIC, SYSTEM, Actor, Post
from sojourn.records.models import AuditEvent
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.registry.models import Consent
from sojourn.registry.queries import region_ids

pytestmark = pytest.mark.django_db
AT = factories.NOW


def compute(by=SYSTEM, starts_on=FIRST, ends_on=LAST, on=SEEN_ON):
    return compute_figures(by=by, starts_on=starts_on, ends_on=ends_on, on=on, at=AT)


def stored():
    rows = Figure.objects.values_list("indicator", "component__code", "organisation_id", "starts_on", "value")
    return {tuple(key): value for *key, value in rows}


def test_figures_are_the_sums_of_the_records_by_component_region_and_month():
    random_world(7)
    compute()
    office = factories.CoordinatingOfficeFactory()
    regions = region_ids()
    parents = {row.pk: row for row in Component.objects.select_related("parent")}
    sums = Counter()
    for code in DEFINITIONS:
        for _pk, component_id, organisation_id, month, amount in expected(code, FIRST, LAST, SEEN_ON):
            component = parents[component_id]
            for above in filter(None, (component, component.parent)):
                for place in {office.pk, regions.get(organisation_id, office.pk)}:
                    sums[code, above.code, place, month] += amount
    assert stored() == sums
    assert all(sums.values())


def test_computing_again_changes_nothing():
    random_world(7)
    assert len(compute()) == Figure.objects.count() > 0
    before = list(Figure.objects.order_by("pk").values())
    assert compute() == []
    assert list(Figure.objects.order_by("pk").values()) == before


def test_computing_again_replaces_what_changed_and_removes_what_is_gone():
    random_world(7)
    compute()
    Consent.objects.filter(pk__gte=Consent.objects.order_by("pk")[20].pk).delete()
    compute()
    again = stored()
    Figure.objects.all().delete()
    compute()
    assert again == stored()


def test_other_months_are_left_alone():
    random_world(7)
    compute()
    before = stored()
    Consent.objects.all().delete()
    compute(starts_on=dt.date(2027, 3, 1), ends_on=dt.date(2027, 4, 1))
    march = dt.date(2027, 3, 1)
    kept = {key: value for key, value in before.items() if key[3] != march or key[0] == "places_offered"}
    assert stored() == kept
    assert before != kept


def test_the_programme_office_computes_and_one_audit_line_is_written():
    random_world(7)
    office = factories.CoordinatingOfficeFactory()
    compute(by=Actor(account_id=5, posts=frozenset({Post("programme_office", office.pk)})))
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_account, event.count) == ("figure.compute", 5, Figure.objects.count())


def test_nobody_else_may_compute():
    region = factories.RegionFactory()
    post = frozenset({Post("programme_office", region.pk), Post("regional_office", region.parent_id)})
    for by in (PUBLIC, Actor(account_id=5, posts=post)):
        with pytest.raises(UnseenError):
            compute(by=by)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "code"),
    [
        (dt.date(2027, 1, 2), dt.date(2027, 2, 1), "figure.months"),
        (dt.date(2027, 1, 1), dt.date(2027, 2, 2), "figure.months"),
        (dt.date(2027, 2, 1), dt.date(2027, 2, 1), "figure.period"),
        (dt.date(2027, 2, 1), dt.date(2027, 1, 1), "figure.period"),
    ],
)
def test_a_period_that_is_not_of_whole_months_is_refused(starts_on, ends_on, code):
    with pytest.raises(RefusalError) as refused:
        compute(starts_on=starts_on, ends_on=ends_on)
    assert refused.value.code == code
