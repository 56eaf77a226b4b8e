"""Load, publish, split: versions stay, components retire, quotas add up with a proof."""

import datetime as dt
import hashlib

import pytest

from apps import factories
from apps.outcomes import events, refused, traces, unseen
from sojourn.core.proof import Code, canonical_json
from sojourn.plan import actions
from sojourn.plan.actions import load_plan, publish_plan, split_target
from sojourn.plan.document import PlanDocument, read_toml
from sojourn.plan.models import Component, Plan, Quota, Target
from sojourn.records.actor import PUBLIC, SYSTEM, Actor, Post
from sojourn.records.methods import check_proof
from sojourn.records.models import ProofFile, Run
from sojourn.registry.models import Membership, Organisation, OrganisationLink

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 9, 1)
AT = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)
WEIGHTS = {"north": 55, "south": 31, "west": 14, "east": 1}
QUOTAS = {"north": 40, "south": 38, "west": 17, "east": 5}
"""By Webster: the north meets its cap, the east its floor; 55 seats are left for 31 to 14 schools."""
SMALL = """
schema = "sojourn-plan/1"
[programme]
code = "small"
titles = { en = "Small", zh = "小" }
start = 2026-09-01
end = 2029-09-01
currency = "EUR"
[[organisations]]
code = "office"
kind = "coordinating_office"
titles = { en = "Office", zh = "办公室" }
[[components]]
code = "A"
titles = { en = "Exchange", zh = "交流" }
responsible = "office"
[[components]]
code = "A2"
parent = "A"
titles = { en = "Camps", zh = "营地" }
track = "visits"
[[components]]
code = "A3"
parent = "A"
titles = { en = "Stays", zh = "访学" }
track = "visits"
[[targets]]
code = "camps"
component = "A2"
indicator = "people_taking_part"
kind = "total"
amount = 100
[[targets]]
code = "camps-yearly"
component = "A2"
indicator = "people_taking_part"
kind = "floor_per_period"
every = "year"
amount = 20
[[quota_rules]]
component = "A2"
indicator = "people_taking_part"
method = "webster"
over = "regional_office"
weight = "schools"
floor = 5
cap = 40
""" + "".join(
    f"""
[[organisations]]
code = "{code}"
kind = "regional_office"
parent = "office"
titles = {{ en = "{code}", zh = "{code}" }}
weights = {{ schools = {schools} }}
"""
    for code, schools in WEIGHTS.items()
)


def document(**tables: object) -> PlanDocument:
    """The small plan, with some tables changed."""
    return PlanDocument.from_json({**read_toml(SMALL.encode()).document.as_json(), **tables})


def without_camps() -> PlanDocument:
    """The small plan without A2 and what is promised for it."""
    kept = [row for row in document().as_json()["components"] if row["code"] != "A2"]
    return document(components=kept, targets=[], quota_rules=[])


def in_force(plan: PlanDocument) -> Plan:
    return publish_plan(by=SYSTEM, plan=load_plan(by=SYSTEM, document=plan, on=ON), on=ON)


def test_loaded_plan_is_a_draft_with_the_hash_of_its_document() -> None:
    made = load_plan(by=SYSTEM, document=document(), on=ON)
    assert events() == [("plan.load", None, True, "plan.plan", made.pk, 1)]
    assert (made.version, made.status) == (1, Plan.Status.DRAFT)
    assert made.sha256 == hashlib.sha256(canonical_json(document().as_json())).hexdigest()
    assert PlanDocument.from_json(Plan.objects.get().document) == document()
    assert (Component.objects.count(), Organisation.objects.count()) == (0, 0)


def test_published_plan_becomes_rows() -> None:
    plan = in_force(document())
    assert (plan.status, plan.published_on) == (Plan.Status.PUBLISHED, ON)
    assert list(Component.objects.values_list("code", "parent__code", "track", "responsible__code")) == [
        ("small", None, "", "office"),
        ("A", "small", "", "office"),
        ("A2", "A", "visits", "office"),
        ("A3", "A", "visits", "office"),
    ]
    years = [dt.date(year, 9, 1) for year in (2026, 2027, 2028, 2029)]
    targets = Target.objects.order_by("code").values_list("code", "kind", "starts_on", "ends_on", "amount")
    assert list(targets) == [
        ("camps", "total", years[0], years[3], 100),
        *((f"camps-yearly-{n}", "floor_per_period", years[n - 1], years[n], 20) for n in (1, 2, 3)),
    ]
    assert OrganisationLink.objects.filter(ancestor__code="office").count() == 5
    assert OrganisationLink.objects.count() == 9


def test_new_version_keeps_the_old_one_whole_and_retires_what_it_lacks() -> None:
    first = in_force(document())
    before = Plan.objects.filter(pk=first.pk).values("document", "sha256", "loaded_on", "published_on").get()
    second = in_force(without_camps())
    after = Plan.objects.filter(pk=first.pk).values("document", "sha256", "loaded_on", "published_on").get()
    assert after == before
    assert list(Plan.objects.values_list("version", "status")) == [(2, "published"), (1, "superseded")]
    assert (first.targets.count(), second.targets.count()) == (4, 0)
    retired = {row.code: row.is_retired for row in Component.objects.all()}
    assert retired == {"small": False, "A": False, "A2": True, "A3": False}
    in_force(document())
    assert Component.objects.in_force().count() == 4
    assert Organisation.objects.count() == 5


def test_same_plan_twice_and_plans_with_errors_are_refused() -> None:
    load_plan(by=SYSTEM, document=document(), on=ON)
    with refused("plan.same"):
        load_plan(by=SYSTEM, document=document(), on=ON)
    wrong = document(rules={**document().as_json()["rules"], "small_cell_public": 9})
    with refused("plan.errors"):
        load_plan(by=SYSTEM, document=wrong, on=ON)


def test_only_the_newest_draft_is_published_once() -> None:
    older = load_plan(by=SYSTEM, document=document(), on=ON)
    newer = load_plan(by=SYSTEM, document=without_camps(), on=ON)
    with refused("plan.not_newest"):
        publish_plan(by=SYSTEM, plan=older, on=ON)
    publish_plan(by=SYSTEM, plan=newer, on=ON)
    with refused("plan.not_newest"):
        publish_plan(by=SYSTEM, plan=newer, on=ON)


def test_quotas_add_up_within_floor_and_cap_with_a_proof_that_verifies() -> None:
    target = in_force(document()).targets.get(code="camps")
    with traces(("target.split", None, True, "", None, 4)):
        split_target(by=SYSTEM, target=target, at=AT)
    quotas = dict(Quota.objects.order_by("pk").values_list("organisation__code", "amount"))
    assert quotas == QUOTAS
    assert (sum(quotas.values()), min(quotas.values()), max(quotas.values())) == (100, 5, 40)
    run = Run.objects.get()
    assert (run.status, run.done_at) == (Run.Status.DONE, AT)
    files = {row.name: bytes(row.content) for row in ProofFile.objects.filter(run=run)}
    assert check_proof(files, published=run.commitment).ok
    forged = {**files, "quotas.json": files["quotas.json"].replace(b'"north":40', b'"north":41')}
    faults = {fault.code for check in check_proof(forged).checks for fault in check.faults}
    assert {Code.CHANGED, Code.DIFFERS} <= faults


def test_target_is_split_once_after_publication() -> None:
    draft = load_plan(by=SYSTEM, document=document(), on=ON)
    early = factories.TargetFactory(plan=draft)
    with refused("quota.draft"):
        split_target(by=SYSTEM, target=early, at=AT)
    early.delete()
    target = publish_plan(by=SYSTEM, plan=draft, on=ON).targets.get(code="camps")
    split_target(by=SYSTEM, target=target, at=AT)
    with refused("quota.done"):
        split_target(by=SYSTEM, target=target, at=AT)


def test_floors_have_no_quotas() -> None:
    target = in_force(document()).targets.get(code="camps-yearly-1")
    assert split_target(by=SYSTEM, target=target, at=AT) == []
    assert (Quota.objects.count(), Run.objects.count()) == (0, 0)


def test_quotas_whose_proof_does_not_hold_are_not_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    target = in_force(document()).targets.get(code="camps")
    sound = actions.run_apportion

    def broken(inputs):
        found, proof = sound(inputs)
        return found, {**proof, "quotas.json": b"{}\n"}

    monkeypatch.setattr(actions, "run_apportion", broken)
    with refused("quota.unsound"):
        split_target(by=SYSTEM, target=target, at=AT)


def test_only_the_programme_office_plans() -> None:
    plan = load_plan(by=SYSTEM, document=document(), on=ON)
    region = Actor(account_id=1, posts=frozenset({Post(Membership.Role.REGIONAL_OFFICE, 1)}))
    for by in (PUBLIC, region):
        with unseen():
            load_plan(by=by, document=without_camps(), on=ON)
        with unseen():
            publish_plan(by=by, plan=plan, on=ON)
    target = publish_plan(by=SYSTEM, plan=plan, on=ON).targets.get(code="camps")
    with unseen():
        split_target(by=PUBLIC, target=target, at=AT)
