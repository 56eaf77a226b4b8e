"""Rules of the plan: only the coordinating office loads, publishes and splits it."""

from django.utils.translation import gettext_lazy as _

from sojourn.core.plan_check import Finding
from sojourn.plan.checking import check_document
from sojourn.plan.document import PlanDocument
from sojourn.plan.models import Plan, Target
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Membership


def must_be_programme_office(by: Actor) -> None:
    """The system, or a post in the coordinating office."""
    if not by.is_system and not by.organisations(Membership.Role.PROGRAMME_OFFICE):
        raise UnseenError


def may_load_plan(*, by: Actor, document: PlanDocument, **_rest: object) -> None:
    """A plan with errors is not kept; warnings are for its readers."""
    must_be_programme_office(by)
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


def may_publish_plan(*, by: Actor, plan: Plan, **_rest: object) -> None:
    """The newest draft is published; an older one would turn the clock back."""
    must_be_programme_office(by)
    if plan.status != Plan.Status.DRAFT or Plan.objects.filter(version__gt=plan.version).exists():
        raise refuse("plan.not_newest", _("Only the newest draft of the plan can be published."))


def may_split_target(*, by: Actor, target: Target, **_rest: object) -> None:
    """A target of a published plan is split once, by the rule that the plan itself states."""
    must_be_programme_office(by)
    if target.plan.status != Plan.Status.PUBLISHED:
        raise refuse("quota.draft", _("Publish the plan first, then split its targets."))
    if target.quotas.exists():
        raise refuse("quota.done", _("This target has been split already; a new plan version splits anew."))


def errors_of(document: PlanDocument) -> list[Finding]:
    """What has to be mended before the document can be a plan."""
    return [finding for finding in check_document(document) if finding.severity == "error"]
