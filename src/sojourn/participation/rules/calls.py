"""Rules of publishing a call."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Call, Opening
from sojourn.plan.models import Component
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry.models import Organisation
from sojourn.registry.rules import OFFICES, must_hold_post
from sojourn.tracks import TRACKS


def may_draft_call(
    *,
    by: Actor,
    code: str,
    organiser: Organisation,
    component: Component,
    values: dict[str, object],
    **_rest: object,
) -> None:
    """An office drafts calls of its own, for a component whose track makes offers, within the "
    "track's ages."""
    must_hold_post(by, organiser.pk, *OFFICES)
    track = TRACKS.get(component.track)
    if track is None or track.outcome != "offers" or component.is_retired:
        raise refuse(
            "call.component",
            _("“%(code)s” cannot have a call of this kind. Choose a component in force that offers places."),
            where="component",
            code=component.code,
        )
    if Call.objects.filter(code=code).exists():
        raise refuse("call.code", _("Another call has this code. Choose a new one."), where="code")
    if not values["opens_on"] < values["closes_on"]:  # type: ignore[operator]
        raise refuse(
            "call.dates", _("The call closes before it opens. Set a later closing day."), where="closes_on"
        )
    if not track.ages.youngest <= values["minimum_age"] <= values["maximum_age"] <= track.ages.oldest:  # type: ignore[operator]
        raise refuse(
            "call.ages",
            _("Ages have to lie between %(youngest)s and %(oldest)s, the lowest first."),
            where="minimum_age",
            youngest=track.ages.youngest,
            oldest=track.ages.oldest,
        )
    if values["answer_days"] < track.rules["answer_days"]:  # type: ignore[operator]
        raise refuse(
            "call.answer_days",
            _("Families need at least %(days)s days to answer an offer."),
            where="answer_days",
            days=track.rules["answer_days"],
        )
    for name, most in (("maximum_choices", "choices_at_most"), ("maximum_group", "group_at_most")):
        if not 1 <= values[name] <= track.rules[most]:  # type: ignore[operator]
            raise refuse(
                "call.counts", _("Give a number from 1 to %(most)s."), where=name, most=track.rules[most]
            )


def may_change_call(*, by: Actor, call: Call, **_rest: object) -> None:
    """Only the organiser changes a call, and only a draft: published rules stay as they were published."""
    must_hold_post(by, call.organiser_id, *OFFICES)
    if call.status != Call.Status.DRAFT:
        raise refuse(
            "call.published", _("A published call does not change. Cancel it and publish a new one.")
        )


def may_add_opening(*, call: Call, by: Actor, values: dict[str, object], **_rest: object) -> None:
    """An opening lies after the call has closed, has seats, and reserves no more seats than it has."""
    may_change_call(by=by, call=call)
    if call.openings.filter(code=values["code"]).exists():
        raise refuse(
            "opening.code", _("Another opening of the call has this code. Choose a new one."), where="code"
        )
    if not call.closes_on < values["starts_on"] < values["ends_on"]:  # type: ignore[operator]
        raise refuse(
            "opening.dates",
            _("An opening starts after its call has closed, and ends after it starts."),
            where="starts_on",
        )
    if values["seats"] < 1:  # type: ignore[operator]
        raise refuse("opening.seats", _("An opening has at least one seat."), where="seats")
    reserves = list(values.get("reserves", ()))  # type: ignore[call-overload]
    regions = {region.pk for region, _seats in reserves}
    if len(regions) < len(reserves) or any(seats < 1 for _region, seats in reserves):
        raise refuse(
            "opening.reserve",
            _("A region has one reserve, of at least one seat. Name each region once."),
            where="reserves",
        )
    reserved = sum(seats for _region, seats in reserves)
    if reserved > values["seats"]:
        raise refuse(
            "opening.reserves",
            _("%(reserved)s seats are reserved, but there are only %(seats)s."),
            where="seats",
            reserved=reserved,
            seats=values["seats"],
        )


def may_remove_openings(*, by: Actor, call: Call, **_rest: object) -> None:
    """Openings leave a call while it is a draft."""
    may_change_call(by=by, call=call)


def may_publish_call(*, by: Actor, call: Call, on: dt.date, **_rest: object) -> None:
    """A call is complete before it is published: openings with seats, a round, and days left to apply."""
    may_change_call(by=by, call=call)
    if not Opening.objects.filter(call=call, seats__gte=1).exists():
        raise refuse("call.no_openings", _("The call has no opening with a seat yet. Add one first."))
    if not hasattr(call, "round"):
        raise refuse(
            "call.no_round", _("Announce the draw first: applicants must know where its seed will come from.")
        )
    if on >= call.closes_on:
        raise refuse("call.closed_already", _("The closing day is over. Set a later one."), where="closes_on")
