"""Runs of the draw and of quotas, with the files by which anyone recomputes them."""

from collections.abc import Sequence
from typing import Annotated, Literal

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _
from ninja import FilterLookup, FilterSchema, Schema
from pydantic import AwareDatetime, StringConstraints

from sojourn.api.declared import File, Number, Reading, Resource
from sojourn.api.door import Caller
from sojourn.api.reading import UNASKED, Code
from sojourn.participation.models import Round
from sojourn.plan.models import Plan, Quota
from sojourn.records.models import ProofFile, Run
from sojourn.records.refusal import UnseenError

TAG = _("Runs and proofs")
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]{1,80}$")]


class ProofFileOut(Schema):
    """One file of a proof, by name and hash."""

    name: str
    sha256: str
    size: int


class RunOut(Schema):
    """One execution of a method on frozen inputs: of the draw of a call, or of the quotas of a target."""

    number: int
    method: str
    status: str
    call: str | None
    target: str | None
    commitment: str
    committed_at: AwareDatetime
    done_at: AwareDatetime | None
    files: list[ProofFileOut]


class RunFilters(FilterSchema):
    """Which runs."""

    call: Annotated[Code, FilterLookup("call_code")] = UNASKED
    target: Annotated[Code, FilterLookup("target_code")] = UNASKED
    status: Annotated[Literal["committed", "done"], FilterLookup("status")] = UNASKED


def published_runs() -> QuerySet[Run]:
    """Runs of the draws of calls, and of the quotas of plans that were published; no other kind."""
    rounds = Round.objects.filter(run=OuterRef("pk")).order_by()
    quotas = Quota.objects.filter(run=OuterRef("pk")).exclude(target__plan__status=Plan.Status.DRAFT)
    codes = {
        "call_code": Subquery(rounds.values("call__code")[:1]),
        "target_code": Subquery(quotas.order_by().values("target__code")[:1]),
    }
    known = Q(call_code__isnull=False) | Q(target_code__isnull=False)
    return Run.objects.annotate(**codes).filter(known)


def _show(_caller: Caller, rows: Sequence[Run]) -> list[RunOut]:
    files: dict[int, list[ProofFileOut]] = {}
    found = ProofFile.objects.filter(run__in=[row.pk for row in rows]).annotate(size=Length("content"))
    for run, name, sha256, size in found.order_by("name").values_list("run", "name", "sha256", "size"):
        files.setdefault(run, []).append(ProofFileOut.model_construct(name=name, sha256=sha256, size=size))
    return [
        RunOut.model_construct(
            number=row.pk,
            method=row.method,
            status=row.status,
            call=row.call_code,  # type: ignore[attr-defined]  # annotated above
            target=row.target_code,  # type: ignore[attr-defined]
            commitment=row.commitment,
            committed_at=row.committed_at,
            done_at=row.done_at,
            files=files.get(row.pk, []),
        )
        for row in rows
    ]


def _file(_caller: Caller, *, number: int, name: str) -> File:
    """A file of a run that is done; before, only its hash is public."""
    if not published_runs().filter(pk=number, status=Run.Status.DONE).exists():
        raise UnseenError
    row = ProofFile.objects.filter(run=number, name=name).first()
    if row is None:
        raise UnseenError
    return File(bytes(row.content), row.name)


RUNS = Resource(
    name="runs",
    tag=TAG,
    summary=_("Draws and splits into quotas, with their commitments"),
    out=RunOut,
    rows=lambda _caller: published_runs(),
    show=_show,
    filters=RunFilters,
    orders={"-number": ("-pk",), "number": ("pk",)},
    keys={"number": (Number, "pk")},
)
PROOF_FILE = Reading(
    operation="runs.file",
    path="/runs/{number}/files/{name}",
    tag=TAG,
    summary=_("One file of the proof of a run that is done"),
    read=_file,
    out=None,
    keys={"number": Number, "name": FileName},
)
