"""Draws as the public reads them: what was frozen when, what came out, and the proof to recompute it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Length
from django.http import Http404

from sojourn.core.draw import Outcome
from sojourn.participation.models import Opening, Round, Ticket
from sojourn.records.draw_files import ENTRIES, PLACES, seats_placed
from sojourn.records.models import ProofFile
from sojourn.web.public.proofs import proof_archive

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DrawLine:
    """A round in the list of draws."""

    call_code: str
    titles: Texts
    status: str
    frozen_at: dt.datetime
    drawn_at: dt.datetime | None
    commitment: str
    tickets: int


@dataclass(frozen=True, slots=True)
class OpeningOutcome:
    """What the draw gave away in one opening, in seats, and how many tickets it left waiting."""

    titles: Texts
    seats: int
    named: int
    placed: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the proof."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class DrawPage:
    """All that the public reads of one draw."""

    line: DrawLine
    announced_at: dt.datetime
    seed_source: Mapping[str, object]
    method: str
    openings: tuple[OpeningOutcome, ...]
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class TicketAnswer:
    """What the draw said of one ticket; nothing of what came later."""

    code: str
    place_in_order: int | None
    of: int
    opening: Texts | None
    rank: int


def frozen_rounds() -> list[DrawLine]:
    """The rounds whose list is frozen or drawn, the newest first."""
    rows = (
        Round.objects.exclude(run=None)
        .select_related("call", "run")
        .annotate(ticket_count=Count("tickets"))
        .order_by("-run__committed_at")
    )
    return [_line(row, row.ticket_count) for row in rows]


def draw_page(call_code: str) -> DrawPage:
    """The draw of one call.

    Raises:
        Http404: No such call, or its list is not frozen yet.
    """
    round_ = _round(call_code)
    run = round_.run
    if run is None:
        raise Http404
    files = run.files.annotate(size=Length("content")).order_by("name").values_list("name", "sha256", "size")
    return DrawPage(
        line=_line(round_, round_.tickets.count()),
        announced_at=round_.announced_at,
        seed_source=round_.seed_source,
        method=run.method,
        openings=_outcomes(round_) if round_.status == Round.Status.DRAWN else (),
        files=tuple(FileLine(*row) for row in files),
    )


def proof_of_draw(call_code: str) -> bytes:
    """The proof folder of a draw as a zip file.

    Raises:
        Http404: No such call, or it is not drawn yet.
    """
    round_ = _round(call_code)
    if round_.status != Round.Status.DRAWN or round_.run is None:
        raise Http404
    return proof_archive(round_.run, folder_name(call_code))


def folder_name(call_code: str) -> str:
    """The name of the folder that the archive unpacks to."""
    return f"proof-{call_code}"


def ticket_answer(call_code: str, code: str) -> TicketAnswer | None:
    """What the draw of the call said of the ticket with this code, or None where it holds no such ticket."""
    ticket = Ticket.objects.filter(
        round__call__code=call_code, round__status=Round.Status.DRAWN, code=code
    ).first()
    if ticket is None:
        return None
    choices = (ticket.reason or {}).get("choices", ())
    placed = next((choice for choice in choices if choice["outcome"] == Outcome.PLACED), None)
    opening = (
        Opening.objects.get(call__code=call_code, code=placed["opening"]) if placed is not None else None
    )
    return TicketAnswer(
        code=ticket.code,
        place_in_order=ticket.place_in_order,
        of=Ticket.objects.filter(round=ticket.round_id).count(),
        opening=opening.titles if opening else None,
        rank=placed["rank"] if placed else 0,
    )


def _round(call_code: str) -> Round:
    round_ = Round.objects.select_related("call", "run").filter(call__code=call_code).first()
    if round_ is None:
        raise Http404
    return round_


def _line(round_: Round, tickets: int) -> DrawLine:
    run = round_.run
    assert run is not None  # noqa: S101 - a constraint of the table: frozen rounds have a run
    return DrawLine(
        call_code=round_.call.code,
        titles=round_.call.titles,
        status=round_.status,
        frozen_at=run.committed_at,
        drawn_at=run.done_at,
        commitment=run.commitment,
        tickets=tickets,
    )


def _outcomes(round_: Round) -> tuple[OpeningOutcome, ...]:
    files = ProofFile.objects.filter(run=round_.run_id, name__in=[ENTRIES, PLACES]).order_by("name")
    placed = seats_placed({row.name: bytes(row.content) for row in files})
    openings = Opening.objects.filter(call=round_.call_id)
    named = dict(
        Opening.objects.filter(call=round_.call_id)
        .annotate(named=Count("preferences", filter=Q(preferences__application__ticket__isnull=False)))
        .values_list("pk", "named")
        .order_by()
    )
    return tuple(
        OpeningOutcome(row.titles, row.seats, named[row.pk], placed.get(row.code, 0))
        for row in openings.order_by("starts_on", "code")
    )
