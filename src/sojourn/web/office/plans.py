"""The plan as the coordinating office works on it: versions, findings, quotas."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404

from sojourn.core.plan_check import Finding
from sojourn.plan.checking import check_document, check_loaded
from sojourn.plan.document import LoadedPlan, PlanDocument, UnreadablePlan, read_toml, read_workbook
from sojourn.plan.findings import Language, in_words
from sojourn.plan.models import Plan, Target
from sojourn.records.uploads import Kind, Upload
from sojourn.web.figures import indicator_titles
from sojourn.web.plan_changes import ChangeLine, change_lines
from sojourn.web.wording import is_chinese

READERS = {Kind.TOML: read_toml, Kind.XLSX: read_workbook}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What the checker has to say about one place of the plan."""

    code: str
    is_error: bool
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A loaded version: what the checker says, and what it changes of the plan in force."""

    number: int
    status: str
    loaded_on: dt.date
    is_publishable: bool
    findings: tuple[FindingLine, ...]
    against: int | None
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class SplitLine:
    """A total of the plan in force, and over how many offices it is split."""

    code: str
    component: Mapping[str, str]
    indicator: Mapping[str, str]
    amount: int
    quotas: int
    has_rule: bool


def read_upload(upload: Upload) -> tuple[LoadedPlan | None, tuple[FindingLine, ...]]:
    """The plan of an uploaded file with every finding; no plan where the file cannot be read as one."""
    try:
        loaded = READERS[upload.kind](upload.content)
    except UnreadablePlan as error:
        return None, finding_lines(error.findings)
    return loaded, finding_lines(check_loaded(loaded))


def finding_lines(findings: Iterable[Finding]) -> tuple[FindingLine, ...]:
    """Findings in the reader's language."""
    language: Language = "zh" if is_chinese() else "en"
    return tuple(
        FindingLine(found.code, found.severity == "error", _place(found), in_words(found, language))
        for found in findings
    )


def versions() -> list[Plan]:
    """Every version, the newest first, without its document."""
    return list(Plan.objects.defer("document").order_by("-version"))


def plan_version(number: int) -> Plan:
    """One version of the plan.

    Raises:
        Http404: There is no such version.
    """
    plan = Plan.objects.filter(version=number).first()
    if plan is None:
        raise Http404
    return plan


def draft_page(plan: Plan) -> DraftPage:
    """A version beside the one in force, or beside the one before it."""
    earlier = Plan.objects.filter(version__lt=plan.version)
    base = earlier.filter(status=Plan.Status.PUBLISHED).first() or earlier.order_by("-version").first()
    newest = not Plan.objects.filter(version__gt=plan.version).exists()
    return DraftPage(
        number=plan.version,
        status=plan.status,
        loaded_on=plan.loaded_on,
        is_publishable=newest and plan.status == Plan.Status.DRAFT,
        findings=finding_lines(check_document(PlanDocument.from_json(plan.document))),
        against=base.version if base else None,
        changes=tuple(change_lines(base.document, plan.document)) if base else (),
    )


def totals() -> list[SplitLine]:
    """The totals of the plan in force, in its order: two queries."""
    plan = Plan.objects.filter(status=Plan.Status.PUBLISHED).first()
    if plan is None:
        return []
    rules = {(rule.component, rule.indicator) for rule in PlanDocument.from_json(plan.document).quota_rules}
    rows = (
        Target.objects.filter(plan=plan, kind=Target.Kind.TOTAL)
        .select_related("component")
        .annotate(quota_count=Count("quotas"))
        .order_by("component__position", "code")
    )
    return [
        SplitLine(
            code=row.code,
            component=row.component.titles,
            indicator=indicator_titles(row.indicator),
            amount=row.amount,
            quotas=row.quota_count,
            has_rule=(row.component.code, row.indicator) in rules,
        )
        for row in rows
    ]


def target_in_force(code: str) -> Target:
    """A target of the plan in force.

    Raises:
        Http404: It has no such target.
    """
    rows = Target.objects.filter(plan__status=Plan.Status.PUBLISHED, code=code)
    target = rows.select_related("plan", "component").first()
    if target is None:
        raise Http404
    return target


def _place(found: Finding) -> str:
    where = found.params.get("where")
    return f"{found.place} ({where})" if where else found.place
