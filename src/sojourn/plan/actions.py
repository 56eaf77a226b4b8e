"""Load a plan version, publish it, and split its targets into quotas."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sojourn.core.proof import canonical_json, commitment
from sojourn.plan import rules
from sojourn.plan.document import Component as DocumentComponent
from sojourn.plan.document import PlanDocument, QuotaRule
from sojourn.plan.models import Component, Plan, Quota, Target
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.apportion_files import APPORTION, apportion_inputs, run_apportion
from sojourn.records.methods import check_proof
from sojourn.records.models import ProofFile, Run
from sojourn.records.moves import move
from sojourn.records.refusal import refuse
from sojourn.registry.actions import insert_below
from sojourn.registry.models import Organisation


@action("plan.load", rules.may_load_plan)
def load_plan(*, by: Actor, document: PlanDocument, on: dt.date) -> Plan:
    """Keep the document as the next version, a draft. Earlier versions stay as they are."""
    stored = document.as_json()
    newest = Plan.objects.order_by("-version").first()
    digest = hashlib.sha256(canonical_json(stored)).hexdigest()
    if newest is not None and newest.sha256 == digest:
        raise refuse(
            "plan.same", _("This is version %(version)s again; nothing was loaded."), version=newest.version
        )
    version = 1 if newest is None else newest.version + 1
    return Plan.objects.create(version=version, document=stored, sha256=digest, loaded_on=on)


@action("plan.publish", rules.may_publish_plan)
def publish_plan(*, by: Actor, plan: Plan, on: dt.date) -> Plan:
    """Make the draft the plan in force: its offices, components and targets become rows.

    The version before it is kept whole and marked as superseded; components that the new one lacks retire.
    """
    document = PlanDocument.from_json(plan.document)
    for former in Plan.objects.filter(status=Plan.Status.PUBLISHED).order_by("pk"):
        move(former, Plan.Status.SUPERSEDED)
    move(plan, Plan.Status.PUBLISHED, published_on=on)
    offices = _write_offices(document)
    components = _write_components(document, offices)
    Target.objects.bulk_create(
        Target(
            plan=plan,
            code=target.code if target.every is None else f"{target.code}-{number}",
            component=components[target.component],
            indicator=target.indicator,
            kind=target.kind,
            starts_on=period.start,
            ends_on=period.end,
            amount=int(target.amount),
        )
        for target in document.targets
        for number, period in enumerate(target.periods(document.programme), 1)
    )
    return plan


@action("target.split", rules.may_split_target)
def split_target(*, by: Actor, target: Target, at: dt.datetime) -> list[Quota]:
    """Apportion a target over the offices that the plan's quota rule names, with a proof of the run.

    Gives back one quota per office, none when the plan has no quota rule for this target.
    """
    document = PlanDocument.from_json(target.plan.document)
    rule = _rule_for(document, target)
    if rule is None:
        return []
    inputs = apportion_inputs(
        {
            "plan_version": target.plan.version,
            "target": target.code,
            "weight": rule.weight,
            "over": rule.over,
        },
        seats=target.amount,
        weights={
            row.code: row.weights.get(rule.weight, 0)
            for row in document.organisations
            if row.kind == rule.over
        },
        floor=rule.floor,
        cap=rule.cap,
    )
    found, proof = run_apportion(inputs)
    if not check_proof(proof).ok:
        raise refuse("quota.unsound", _("The proof of these quotas does not hold, so nothing was saved."))
    run = Run.objects.create(
        method=APPORTION, status=Run.Status.DONE, commitment=commitment(inputs), committed_at=at, done_at=at
    )
    ProofFile.objects.bulk_create(
        ProofFile(run=run, name=name, sha256=hashlib.sha256(content).hexdigest(), content=content)
        for name, content in proof.items()
    )
    offices = Organisation.objects.filter(code__in=found.seats).in_bulk(field_name="code")
    return Quota.objects.bulk_create(
        Quota(target=target, organisation=offices[code], amount=amount, run=run)
        for code, amount in found.seats.items()
    )


def _rule_for(document: PlanDocument, target: Target) -> QuotaRule | None:
    """The quota rule of the target's component and indicator; only totals are split."""
    if target.kind != Target.Kind.TOTAL:
        return None
    return next(
        (
            rule
            for rule in document.quota_rules
            if rule.component == target.component.code and rule.indicator == target.indicator
        ),
        None,
    )


def _write_offices(document: PlanDocument) -> dict[str, Organisation]:
    """The offices of the plan as organisations: new ones added below their parents, known ones renamed."""
    known = {
        row.code: row
        for row in Organisation.objects.filter(code__in=[o.code for o in document.organisations])
    }
    waiting = [row for row in document.organisations if row.code not in known]
    while waiting:
        ready = [row for row in waiting if row.parent is None or row.parent in known]
        made = insert_below(
            (row.code, {"kind": row.kind, "names": row.titles.model_dump()}, known.get(row.parent or ""))
            for row in ready
        )
        known |= {row.code: row for row in made}
        waiting = [row for row in waiting if row.code not in known]
    partners = {pair.office: pair.receiving for pair in document.pairs}
    for row in document.organisations:
        office = known[row.code]
        office.names = row.titles.model_dump()
        office.hex_column, office.hex_row = (row.hex.column, row.hex.row) if row.hex else (None, None)
        office.partner = known.get(partners.get(row.code, ""))
    Organisation.objects.bulk_update(known.values(), ["names", "hex_column", "hex_row", "partner"])
    return known


def _write_components(document: PlanDocument, offices: dict[str, Organisation]) -> dict[str, Component]:
    """The programme as the root of the tree and its components below, in the order of the plan."""
    Component.objects.exclude(
        code__in=[document.programme.code, *(row.code for row in document.components)]
    ).update(is_retired=True)
    coordinating = next(o for o in document.organisations if o.kind == "coordinating_office")
    root, _made = Component.objects.update_or_create(
        code=document.programme.code,
        defaults={
            "titles": document.programme.titles.model_dump(),
            "responsible": offices[coordinating.code],
            "position": 0,
            "is_retired": False,
        },
    )
    written = {root.code: root}
    for position, row in _parents_first(document):
        parent = written[row.parent] if row.parent else root
        written[row.code], _made = Component.objects.update_or_create(
            code=row.code,
            defaults={
                "titles": row.titles.model_dump(),
                "parent": parent,
                "track": row.track or parent.track,
                "responsible": offices[row.responsible] if row.responsible else parent.responsible,
                "position": position,
                "is_retired": False,
            },
        )
    return written


def _parents_first(document: PlanDocument) -> Sequence[tuple[int, DocumentComponent]]:
    """Components with their place in the plan, every parent before its children."""
    rows = list(enumerate(document.components, 1))
    placed: list[tuple[int, DocumentComponent]] = []
    done: set[str] = set()
    while len(placed) < len(rows):
        ready = [
            pair
            for pair in rows
            if pair[1].code not in done and (not pair[1].parent or pair[1].parent in done)
        ]
        placed += ready
        done |= {row.code for _position, row in ready}
    return placed
