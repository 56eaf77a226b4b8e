"""Rules of the plan. Who may press at all stands in the table of roles: the coordinating office alone."""

from django.utils.translation import gettext_lazy as _

from sojourn.core.plan_check import Finding
from sojourn.plan.checking import check_document
from sojourn.plan.document import PlanDocument
from sojourn.plan.models import Plan, Target
from sojourn.records.refusal import refuse


def may_load_plan(*, document: PlanDocument, **_rest: object) -> None:
    """A plan with errors is not kept; warnings are for its readers."""
    wrong = errors_of(document)
    if wrong:
        raise refuse(
            "plan.errors",
            _(
                "The plan has %(count)s errors. `sojourn plan check` shows them; correct them and load it "
                "again."
            ),
            count=len(wrong),
        )


def may_publish_plan(*, plan: Plan, **_rest: object) -> None:
    """The newest draft is published; an older one would turn the clock back."""
    if plan.status != Plan.Status.DRAFT or Plan.objects.filter(version__gt=plan.version).exists():
        raise refuse("plan.not_newest", _("Only the newest draft of the plan can be published."))


def may_split_target(*, target: Target, **_rest: object) -> None:
    """A target of a published plan is split once, by the rule that the plan itself states."""
    if target.plan.status != Plan.Status.PUBLISHED:
        raise refuse("quota.draft", _("Publish the plan first, then split its targets."))
    if target.quotas.exists():
        raise refuse("quota.done", _("This target has been split already; a new plan version splits anew."))


def errors_of(document: PlanDocument) -> list[Finding]:
    """What has to be mended before the document can be a plan."""
    return [finding for finding in check_document(document) if finding.severity == "error"]
