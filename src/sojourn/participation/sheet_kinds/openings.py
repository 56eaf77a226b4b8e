"""Openings of a draft call as a sheet: camp weeks, posts, courses, each at its host."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from sojourn.participation.actions.calls import add_opening, remove_openings
from sojourn.participation.models import Call, Opening
from sojourn.participation.rules.calls import may_change_call
from sojourn.records.actor import Actor
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.registry.models import Organisation
from sojourn.registry.rules import OFFICES
from sojourn.registry.sheet_kinds import sheet_actor
from sojourn.sheets.columns import Column, Day, Identifier, Text, Whole
from sojourn.sheets.kinds import Batch, Key, Kind, Row, Written, declare
from sojourn.sheets.sentences import add_sentences

MOST_HOSTS = 2000


@dataclass(slots=True)
class DraftCall:
    """The call that is being filled; `hosts` are those that the chunk at hand names, by code."""

    row: Call
    hosts: dict[str, Organisation] = field(default_factory=dict)

    @property
    def organisation_id(self) -> int:
        """The organiser's number."""
        return self.row.organiser_id


def _scopes(by: Actor) -> list[tuple[str, Mapping[str, str]]]:
    """The draft calls of the actor's own offices."""
    rows = Call.objects.filter(organiser__in=by.organisations(*OFFICES), status=Call.Status.DRAFT)
    return list(rows.order_by("code").values_list("code", "titles"))


def _enter(by: Actor, scope: str) -> DraftCall:
    """The draft call with this code, if it is the actor's own."""
    call = Call.objects.filter(code=scope).first()
    if call is None:
        raise UnseenError
    try:
        may_change_call(by=by, call=call)
    except RefusalError:
        if call.status != Call.Status.DRAFT:
            return DraftCall(call)  # a published one can still be looked at; its actions refuse
        raise
    return DraftCall(call)


def _prepare(within: DraftCall, batch: Batch) -> None:
    """Hosts exist, days lie after the call has closed, and what is there already is not changed."""
    values, call = batch.values, within.row
    codes = {code for code in values["host"] if code}
    within.hosts = {row.code: row for row in Organisation.objects.filter(code__in=codes).order_by("code")}
    for place, (host, starts_on, ends_on) in enumerate(
        zip(values["host"], values["starts_on"], values["ends_on"], strict=True)
    ):
        if host and host not in within.hosts:
            batch.refuse(place, "host", "unknown_code", code=host)
        if starts_on and starts_on <= call.closes_on:
            batch.refuse(place, "starts_on", "opening_before_closing", day=call.closes_on.isoformat())
        if starts_on and ends_on and ends_on <= starts_on:
            batch.refuse(place, "ends_on", "opening_ends_first")
        if not batch.cells["title"][place] and not batch.cells["title_zh"][place]:
            batch.refuse(place, "title", "opening_title")
    _refuse_changes(within, batch)


def _refuse_changes(within: DraftCall, batch: Batch) -> None:
    known = _known(within, [(code,) for code in batch.values["code"] if code])
    for place, code in enumerate(batch.values["code"]):
        before = known.get((code,))
        if before and any(batch.values[name][place] not in {None, value} for name, value in before.items()):
            batch.refuse(place, "code", "opening_known")


def _known(within: DraftCall, keys: Sequence[Key]) -> dict[Key, Row]:
    rows = Opening.objects.filter(call=within.row, code__in=[code for (code,) in keys]).order_by("code")
    return {
        (row.code,): {
            "title": row.titles.get("en"),
            "title_zh": row.titles.get("zh"),
            "host": row.host.code,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "seats": row.seats,
        }
        for row in rows.select_related("host")
    }


def _write(
    *, by: Actor, within: DraftCall, new: Sequence[Row], changed: Sequence[tuple[Row, Row]], on: dt.date
) -> Written:
    """Add openings to the call."""
    made = [
        add_opening(
            by=by,
            call=within.row,
            values={
                "code": row["code"],
                "host": within.hosts[row["host"]],
                "titles": {
                    code: row[name] for code, name in (("en", "title"), ("zh", "title_zh")) if row[name]
                },
                "starts_on": row["starts_on"],
                "ends_on": row["ends_on"],
                "seats": row["seats"],
            },
        ).pk
        for row in new
    ]
    return Written(made)


def _undo(*, by: Actor, within: DraftCall, made: Sequence[int], before: Sequence[Row], on: dt.date) -> int:
    """Take openings out of the call, as long as it is a draft."""
    return len(remove_openings(by=by, call=within.row, ids=made))


def _rows(within: DraftCall) -> list[Row]:
    """The openings of the call."""
    codes = [(code,) for code in within.row.openings.values_list("code", flat=True).order_by("code")]
    return [{"code": code, **row} for (code,), row in sorted(_known(within, codes).items())]


def _matches(_within: DraftCall, _column: str) -> list[tuple[str, str]]:
    rows = Organisation.objects.exclude(kind=Organisation.Kind.COORDINATING_OFFICE).order_by("code")
    return [(row.code, row.names.get("en") or row.names.get("zh", "")) for row in rows[:MOST_HOSTS]]


add_sentences(
    {
        "opening_before_closing": _("It has to start after the call closes on %(day)s."),
        "opening_ends_first": _("It has to end after it starts. The last day itself is not part of it."),
        "opening_known": _("The call has an opening with this code and other values. Leave the row out."),
        "opening_title": _("Give a title, in English or in Chinese."),
    }
)
OPENINGS = declare(
    Kind(
        code="openings",
        title=_("Openings"),
        columns=(
            Column(
                "code",
                _("Opening code"),
                Identifier(40, r"[A-Za-z0-9_-]+"),
                needed=True,
                synonyms=("code", "req id", "opening", "编号", "代码", "岗位编号"),
                examples=("week-1", "958BR"),
            ),
            Column(
                "title",
                _("Title"),
                Text(120),
                synonyms=("title", "name", "opening title", "名称", "标题"),
                examples=("First week by the lake", "Teaching English"),
            ),
            Column("title_zh", _("Chinese title"), Text(120), synonyms=("title zh", "中文标题")),
            Column(
                "host",
                _("Host"),
                Identifier(longest=40),
                needed=True,
                synonyms=("host code", "接待方", "接待机构"),
                help=_("The code of the organisation that receives; one value for all rows will do."),
                examples=("uni-bath-ac-uk", "urn-103120"),
                refers=True,
            ),
            Column(
                "starts_on",
                _("First day"),
                Day(),
                needed=True,
                synonyms=("start", "start date", "starts", "staging", "开始日期", "开始"),
                examples=(dt.date(2027, 7, 1), dt.date(2027, 7, 15)),
            ),
            Column(
                "ends_on",
                _("Day after the last"),
                Day(),
                needed=True,
                synonyms=("end", "end date", "ends", "结束日期", "结束"),
                help=_("The first day that is no longer part of it."),
                examples=(dt.date(2027, 7, 15), dt.date(2027, 7, 29)),
            ),
            Column(
                "seats",
                _("Seats"),
                Whole(1, 100_000),
                needed=True,
                synonyms=("places", "num vol", "positions", "名额", "人数"),
                examples=(30, 2),
            ),
        ),
        key=("code",),
        scopes=_scopes,
        enter=_enter,
        known=_known,
        write=_write,
        undo=_undo,
        actor=sheet_actor,
        prepare=_prepare,
        matches=_matches,
        rows=_rows,
    )
)
