"""Draft, complete and publish a call."""

import datetime as dt
from collections.abc import Sequence
from typing import NotRequired, TypedDict

from sojourn.participation.models import Call, Opening, Reserve
from sojourn.participation.rules import calls as rules
from sojourn.plan.models import Component
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.moves import move
from sojourn.registry.models import Organisation


class CallValues(TypedDict):
    """What an office fills in for a call; texts are `{"en": ..., "zh": ...}`."""

    titles: dict[str, str]
    summaries: dict[str, str]
    opens_on: dt.date
    closes_on: dt.date
    minimum_age: int
    maximum_age: int
    maximum_choices: int
    maximum_group: int
    answer_days: int


class OpeningValues(TypedDict):
    """What an office fills in for an opening; `reserves` are (region, seats), the first to serve first."""

    code: str
    host: Organisation
    titles: dict[str, str]
    starts_on: dt.date
    ends_on: dt.date
    seats: int
    reserves: NotRequired[list[tuple[Organisation, int]]]


@action("call.draft", rules.may_draft_call)
def draft_call(
    *, by: Actor, code: str, organiser: Organisation, component: Component, values: CallValues
) -> Call:
    """A new call of the organiser's, not yet visible to anyone else."""
    return Call.objects.create(code=code, organiser=organiser, component=component, **values)


@action("call.add_opening", rules.may_add_opening, consent="a place that is offered names nobody")
def add_opening(*, by: Actor, call: Call, values: OpeningValues) -> Opening:
    """One more opening of a draft call, with its reserved seats."""
    columns = {name: value for name, value in values.items() if name != "reserves"}
    opening = Opening.objects.create(call=call, **columns)
    Reserve.objects.bulk_create(
        Reserve(opening=opening, region=region, seats=seats, position=position)
        for position, (region, seats) in enumerate(values.get("reserves", []), 1)
    )
    return opening


@action("call.remove_openings", rules.may_remove_openings, consent="a draft has no applicants yet")
def remove_openings(*, by: Actor, call: Call, ids: Sequence[int]) -> list[int]:
    """Take openings out of a draft call, with their reserved seats; gives back their numbers."""
    Opening.objects.filter(call=call, pk__in=ids).delete()
    return list(ids)


@action("call.publish", rules.may_publish_call)
def publish_call(*, by: Actor, call: Call, on: dt.date) -> Call:
    """Make the call public; from now on its rules stay as they are."""
    move(call, Call.Status.PUBLISHED)
    return call
