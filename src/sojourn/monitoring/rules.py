"""Who may compute, draft and publish, and when."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.monitoring.models import Bulletin, Figure
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Membership, Organisation


def must_be_programme_office(by: Actor) -> None:
    """The actor holds a post of the programme office in the coordinating office, or is the clock."""
    if by.is_system:
        return
    held = by.organisations(Membership.Role.PROGRAMME_OFFICE)
    offices = Organisation.objects.filter(pk__in=held, kind=Organisation.Kind.COORDINATING_OFFICE)
    if not offices.exists():
        raise UnseenError


def must_be_whole_months(starts_on: dt.date, ends_on: dt.date) -> None:
    """Refuse a period that is empty, or that cuts a month in two."""
    if starts_on.day != 1 or ends_on.day != 1:
        raise refuse(
            "figure.months",
            _("Figures are kept by month: start and end on the first day of a month."),
            where="starts_on" if starts_on.day != 1 else "ends_on",
        )
    if ends_on <= starts_on:
        raise refuse(
            "figure.period", _("The period ends before it starts. Set a later end."), where="ends_on"
        )


def may_compute_figures(*, by: Actor, starts_on: dt.date, ends_on: dt.date, **_rest: object) -> None:
    """The programme office and the nightly clock compute the figures of whole months."""
    must_be_programme_office(by)
    must_be_whole_months(starts_on, ends_on)


def may_draft_bulletin(
    *, by: Actor, code: str, starts_on: dt.date, ends_on: dt.date, on: dt.date, **_rest: object
) -> None:
    """The programme office drafts a bulletin of months that are over, from figures, under a new code."""
    must_be_programme_office(by)
    must_be_whole_months(starts_on, ends_on)
    if ends_on > on:
        raise refuse(
            "bulletin.not_over",
            _("The period is not over before %(day)s. Draft the bulletin then, or end it earlier."),
            where="ends_on",
            day=ends_on.isoformat(),
        )
    if Bulletin.objects.published().filter(code=code).exists():
        raise refuse(
            "bulletin.published_already",
            _("“%(bulletin)s” is published and does not change. Correct it by a new edition."),
            where="code",
            bulletin=code,
        )
    if not Figure.objects.filter(starts_on__lt=ends_on).exists():
        raise refuse(
            "bulletin.no_figures", _("There are no figures up to the end of the period. Compute them first.")
        )


def may_correct_bulletin(*, by: Actor, bulletin: Bulletin, reasons: dict[str, str], **_rest: object) -> None:
    """The newest published edition is corrected, and says why in both languages."""
    must_be_programme_office(by)
    must_be_published(bulletin)
    if Bulletin.objects.published().filter(code=bulletin.code, edition__gt=bulletin.edition).exists():
        raise refuse("bulletin.corrected_already", _("There is a newer edition. Correct that one."))
    if not all(reasons.get(language, "").strip() for language in ("en", "zh")):
        raise refuse("bulletin.reasons", _("Say what was wrong, in English and in Chinese."), where="reasons")


def may_publish_bulletin(*, by: Actor, bulletin: Bulletin, **_rest: object) -> None:
    """A draft is published while it still takes every published edition into account."""
    must_be_programme_office(by)
    if bulletin.status == Bulletin.Status.PUBLISHED:
        raise refuse("bulletin.published_already", _("This bulletin is published already."))
    known = sorted(Bulletin.objects.published().values_list("sha256", flat=True).order_by())
    if known != bulletin.document["made_safe_with"]:
        raise refuse(
            "bulletin.stale",
            _(
                "Another bulletin has been published since this draft: together they could give away a small "
                "count. Draft it again."
            ),
        )


def must_be_published(bulletin: Bulletin) -> None:
    """A draft does not exist for anyone but its office."""
    if bulletin.status != Bulletin.Status.PUBLISHED:
        raise refuse("bulletin.draft", _("This is a draft. Draft it again instead of correcting it."))
