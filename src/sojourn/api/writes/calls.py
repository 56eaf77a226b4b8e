"""Draft a call, add its openings, publish it."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from sojourn.api.declared import Write, fault_at
from sojourn.api.door import Caller
from sojourn.api.reading import WHOLE, Code, Day, Input
from sojourn.api.resources.calls import CALLS, OPENINGS, TAG, CallOut, OpeningOut
from sojourn.api.writes.texts import TextsIn
from sojourn.connections.scopes import OFFICES
from sojourn.participation.actions.calls import add_opening, draft_call, publish_call
from sojourn.participation.models import Call
from sojourn.plan.models import Component
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Organisation

Age = Annotated[int, Field(ge=0, le=120), WHOLE]
Small = Annotated[int, Field(ge=1, le=100), WHOLE]
Seats = Annotated[int, Field(ge=1, le=1_000_000), WHOLE]


class CallIn(Input):
    """A draft; `organiser` is the office that the token acts for."""

    code: Code
    component: Code
    titles: TextsIn
    summaries: TextsIn
    opens_on: Day
    closes_on: Day
    minimum_age: Age
    maximum_age: Age
    maximum_choices: Small = 5
    maximum_group: Small = 1
    answer_days: Annotated[int, Field(ge=1, le=365), WHOLE] = 14


class ReserveIn(Input):
    """Seats kept first for one region."""

    region: Code
    seats: Seats


class OpeningIn(Input):
    """One thing to apply for; the first reserve is served first."""

    code: Code
    host: Code
    titles: TextsIn
    starts_on: Day
    ends_on: Day
    seats: Seats
    reserves: Annotated[list[ReserveIn], Field(max_length=60)] = []


class PublicationIn(Input):
    """Nothing has to be said: the address says what is published."""


def _draft(caller: Caller, asked: CallIn) -> tuple[CallOut, str]:
    component = Component.objects.in_force().filter(code=asked.component).first()
    if component is None:
        raise fault_at("component", _("No component in force has this code."))
    row = draft_call(
        by=caller.actor,
        code=asked.code,
        organiser=_office(caller),
        component=component,
        values={
            "titles": asked.titles.stored(),
            "summaries": asked.summaries.stored(),
            "opens_on": asked.opens_on,
            "closes_on": asked.closes_on,
            "minimum_age": asked.minimum_age,
            "maximum_age": asked.maximum_age,
            "maximum_choices": asked.maximum_choices,
            "maximum_group": asked.maximum_group,
            "answer_days": asked.answer_days,
        },
    )
    return CALLS.one(caller, code=row.code), f"/calls/{row.code}"


def _add_opening(caller: Caller, asked: OpeningIn, *, code: str) -> tuple[OpeningOut, str]:
    call = own_call(caller, code)
    named = {asked.host, *(reserve.region for reserve in asked.reserves)}
    known = Organisation.objects.filter(code__in=named).in_bulk(field_name="code")
    if asked.host not in known:
        raise fault_at("host", _("No organisation has this code."))
    for place, reserve in enumerate(asked.reserves):
        if reserve.region not in known:
            raise fault_at(f"reserves/{place}/region", _("No organisation has this code."))
    row = add_opening(
        by=caller.actor,
        call=call,
        values={
            "code": asked.code,
            "host": known[asked.host],
            "titles": asked.titles.stored(),
            "starts_on": asked.starts_on,
            "ends_on": asked.ends_on,
            "seats": asked.seats,
            "reserves": [(known[reserve.region], reserve.seats) for reserve in asked.reserves],
        },
    )
    return OPENINGS.one(caller, call=code, code=row.code), f"/openings/{code}/{row.code}"


def _publish(caller: Caller, _asked: PublicationIn, *, code: str) -> tuple[CallOut, str]:
    publish_call(by=caller.actor, call=own_call(caller, code), on=caller.on)
    return CALLS.one(caller, code=code), f"/calls/{code}"


def own_call(caller: Caller, code: str) -> Call:
    """A call of the caller's own office.

    Raises:
        UnseenError: There is none with this code.
    """
    own = Call.objects.filter(organiser__in=caller.actor.organisations(*OFFICES))
    row = own.select_related("component").filter(code=code).first()
    if row is None:
        raise UnseenError
    return row


def _office(caller: Caller) -> Organisation:
    assert caller.token is not None  # noqa: S101 - every write comes with one
    return caller.token.organisation


DRAFT = Write(
    verb="call.draft",
    path="/calls",
    tag=TAG,
    summary=_("Draft a call"),
    body=CallIn,
    out=CallOut,
    carry_out=_draft,
)
ADD_OPENING = Write(
    verb="call.add_opening",
    path="/calls/{code}/openings",
    tag=TAG,
    summary=_("Add an opening to a draft"),
    body=OpeningIn,
    out=OpeningOut,
    carry_out=_add_opening,
    keys={"code": Code},
    about=CALLS,
)
PUBLISH = Write(
    verb="call.publish",
    path="/calls/{code}/publication",
    tag=TAG,
    summary=_("Publish a call: its rules stay as they are from now on"),
    body=PublicationIn,
    out=CallOut,
    carry_out=_publish,
    keys={"code": Code},
    about=CALLS,
)
