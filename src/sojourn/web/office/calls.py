"""An office's own calls: how far each has come, and what is the next step."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from sojourn.participation.models import Application, Call, Ticket
from sojourn.plan.models import Component
from sojourn.records.actor import Actor
from sojourn.registry.rules import OFFICES
from sojourn.tracks import TRACKS
from sojourn.web.public.calls import OpeningLine, openings_of, stage_of


@dataclass(frozen=True, slots=True)
class OwnCall:
    """A call in the organiser's list."""

    code: str
    titles: Mapping[str, str]
    component: Mapping[str, str]
    stage: str
    opens_on: dt.date
    closes_on: dt.date


@dataclass(frozen=True, slots=True)
class Workspace:
    """A call as its organiser works on it; `step` counts from 1, in the order of the page's path."""

    call: OwnCall
    step: int
    openings: tuple[OpeningLine, ...]
    seats: int
    applications: int
    tickets: int
    seed_source: Mapping[str, object] | None
    commitment: str
    frozen_at: dt.datetime | None
    drawn_at: dt.datetime | None


STEPS = {"draft": 1, "ahead": 2, "open": 2, "closed": 3, "frozen": 4, "drawn": 6, "cancelled": 1}


def own_calls(by: Actor, *, on: dt.date) -> list[OwnCall]:
    """The calls of the actor's offices, the newest first."""
    rows = (
        Call.objects.filter(organiser__in=by.organisations(*OFFICES))
        .select_related("component", "round")
        .order_by("-opens_on", "code")
    )
    return [_own(row, on) for row in rows]


def own_call(by: Actor, code: str) -> Call:
    """One call of the actor's offices.

    Raises:
        Http404: No call of these offices has this code.
    """
    rows = Call.objects.select_related("component", "organiser", "round", "round__run")
    call = rows.filter(organiser__in=by.organisations(*OFFICES), code=code).first()
    if call is None:
        raise Http404
    return call


def workspace(call: Call, *, on: dt.date) -> Workspace:
    """What the organiser needs to see of a call: counts, never applicants."""
    round_ = getattr(call, "round", None)
    run = round_.run if round_ else None
    own = _own(call, on)
    openings = openings_of(call)
    return Workspace(
        call=own,
        step=STEPS[own.stage],
        openings=openings,
        seats=sum(opening.seats for opening in openings),
        applications=Application.objects.standing().filter(call=call).count(),
        tickets=Ticket.objects.filter(round=round_).count() if run else 0,
        seed_source=round_.seed_source if round_ else None,
        commitment=run.commitment if run else "",
        frozen_at=run.committed_at if run else None,
        drawn_at=run.done_at if run else None,
    )


def callable_components() -> list[Component]:
    """The components in force whose track offers places, in the order of the plan."""
    offering = [track.code for track in TRACKS.values() if track.outcome == "offers"]
    return list(Component.objects.in_force().filter(track__in=offering).order_by("position"))


def _own(call: Call, on: dt.date) -> OwnCall:
    stage = stage_of(call, on) if call.status == Call.Status.PUBLISHED else call.status
    return OwnCall(call.code, call.titles, call.component.titles, str(stage), call.opens_on, call.closes_on)
