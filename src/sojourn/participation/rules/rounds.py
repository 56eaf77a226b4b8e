"""Rules of a round: the seed is named first, the list is frozen next, the draw comes last."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.core.draw import (
    DrawError,
    SeedSource,
    check_unknowable,
    known_from,
    seed_bytes,
    source_from_dict,
)
from sojourn.participation.models import Call, Round
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry.rules import OFFICES, must_hold_post


def may_announce_round(
    *, by: Actor, call: Call, seed_source: SeedSource, at: dt.datetime, **_rest: object
) -> None:
    """The organiser names the seed source with the draft, and one that lies after the closing day."""
    must_hold_post(by, call.organiser_id, *OFFICES)
    if call.status != Call.Status.DRAFT:
        raise refuse("round.late", _("The seed source is named before the call is published, not later."))
    if Round.objects.filter(call=call).exists():
        raise refuse("round.announced", _("The draw of this call and its seed source are announced already."))
    closing = dt.datetime.combine(call.closes_on, dt.time(), dt.UTC)
    try:
        known = known_from(seed_source)
    except DrawError as error:
        raise refuse(
            "seed.unsound", _("This seed source cannot be used: %(fault)s."), where="seed_source", fault=error
        ) from error
    if known <= max(closing, at).timestamp():
        raise refuse(
            "seed.too_soon",
            _(
                "The seed could be known before the list is frozen. Name one that appears after the call has "
                "closed."
            ),
            where="seed_source",
        )


def may_freeze_round(*, by: Actor, round: Round, at: dt.datetime, **_rest: object) -> None:
    """The list is frozen once, after the call has closed and before its seed can be known."""
    must_hold_post(by, round.call.organiser_id, *OFFICES)
    if round.status != Round.Status.ANNOUNCED:
        raise refuse("round.frozen", _("The list of this round is frozen already."))
    if round.call.status != Call.Status.PUBLISHED or at.date() < round.call.closes_on:
        raise refuse(
            "round.call_open",
            _("The call is still open until %(day)s. Freeze the list after that."),
            day=(round.call.closes_on - dt.timedelta(days=1)).isoformat(),
        )
    if check_unknowable(source_from_dict(round.seed_source), int(at.timestamp())):
        raise refuse(
            "seed.known",
            _(
                "The seed of this round can be known by now, so the list cannot be frozen fairly any more. "
                "Cancel the call and announce a new one."
            ),
        )


def may_draw_round(
    *,
    by: Actor,
    round: Round,
    seed_value: dict[str, object],
    at: dt.datetime,
    **_rest: object,
) -> None:
    """The draw follows the freeze, with a value that its source can have published by now."""
    must_hold_post(by, round.call.organiser_id, *OFFICES)
    if round.status == Round.Status.ANNOUNCED:
        raise refuse("round.not_frozen", _("Freeze the list first, then draw."))
    if round.status == Round.Status.DRAWN:
        raise refuse("round.drawn", _("This round has been drawn. Its outcome is final."))
    source = source_from_dict(round.seed_source)
    if at.timestamp() < known_from(source):
        raise refuse("seed.not_yet", _("The seed is not published yet. Come back later."), where="seed_value")
    try:
        seed_bytes(source, seed_value)
    except DrawError as error:
        raise refuse(
            "seed.wrong",
            _("This is not a value of the announced source: %(fault)s."),
            where="seed_value",
            fault=error,
        ) from error
