"""Drafting, correcting and publishing bulletins."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from sojourn.core.disclosure import CannotProtectError
from sojourn.core.proof import canonical_json, sha256_hex
from sojourn.monitoring import rules
from sojourn.monitoring.bulletin import Count, Edition, changes, compose
from sojourn.monitoring.bulletin.ledger import Span
from sojourn.monitoring.models import Bulletin
from sojourn.plan.models import Plan
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.moves import move
from sojourn.records.refusal import refuse


@action("bulletin.draft", rules.may_draft_bulletin)
def draft_bulletin(*, by: Actor, code: str, starts_on: dt.date, ends_on: dt.date, on: dt.date) -> Bulletin:
    """Draft the first edition of a bulletin over whole months, from the figures as they stand.

    Small counts are hidden so that neither this edition nor all published ones together give them back. A
    draft of the same code is drawn up anew. Raises RefusalError for a period that is not over, a code that
    is published, no figures, or when earlier editions leave no safe way.
    """
    edition = _composed(code, 1, Span(starts_on, ends_on), on)
    return _stored(edition)


@action("bulletin.correct", rules.may_correct_bulletin)
def correct_bulletin(*, by: Actor, bulletin: Bulletin, reasons: dict[str, str], on: dt.date) -> Bulletin:
    """Draft the next edition of a published bulletin; it says why, and which numbers changed from what.

    `reasons` holds one sentence per language, {"en", "zh"}; it names no person. Drawn up anew while a draft.
    """
    period = Span(bulletin.starts_on, bulletin.ends_on)
    edition = _composed(bulletin.code, bulletin.edition + 1, period, on)
    edition.document["corrects"] = {
        "edition": bulletin.edition,
        "sha256": bulletin.sha256,
        "reasons": {language: reasons[language].strip() for language in ("en", "zh")},
        "changes": changes(bulletin.document, edition.document),
    }
    return _stored(edition)


@action("bulletin.publish", rules.may_publish_bulletin)
def publish_bulletin(*, by: Actor, bulletin: Bulletin, on: dt.date) -> Bulletin:
    """Publish a draft. From then on the database refuses to change it; a correction is a new edition."""
    move(bulletin, Bulletin.Status.PUBLISHED, published_on=on)
    return bulletin


def _composed(code: str, edition: int, period: Span, on: dt.date) -> Edition:
    published = Bulletin.objects.published().order_by("published_on", "pk")
    earlier = [
        (sha256, [Count.from_json(stored) for stored in counts])
        for sha256, counts in published.values_list("sha256", "counts")
    ]
    try:
        return compose(code=code, edition=edition, period=period, on=on, earlier=earlier)
    except Plan.DoesNotExist:
        raise refuse("bulletin.no_plan", _("No plan is published yet. Publish one first.")) from None
    except CannotProtectError as unsafe:
        raise refuse(
            "bulletin.cannot_protect",
            _("%(count)s small counts would follow from earlier editions. Choose a longer period."),
            count=len(unsafe.cells),
        ) from unsafe


def _stored(edition: Edition) -> Bulletin:
    document = edition.document
    values: dict[str, Any] = {
        **document["period"],
        "document": document,
        "sha256": sha256_hex(canonical_json(document)),
        "counts": [count.as_json() for count in edition.counts],
    }
    bulletin, _made = Bulletin.objects.update_or_create(
        code=document["code"], edition=document["edition"], defaults=values
    )
    bulletin.refresh_from_db()
    return bulletin
