"""Reads of imports: whose they are, how far they are, and what the check found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.sheets.checking import outcome_of
from sojourn.sheets.kinds import KINDS, Kind
from sojourn.sheets.models import Import, StagedChunk
from sojourn.sheets.rules import within_own
from sojourn.sheets.sentences import sentence


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A cell that was refused: where, what stands there, why, and what to do."""

    sheet: str
    row: int
    column: str  # the declared name, or nothing where the row as a whole is at fault
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A row that exists and that the file states otherwise: the values side by side."""

    row: int
    key: str
    differences: Sequence[tuple[str, str, str]]  # column, now, in the file


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """Two rows of the file that may be the same: they are shown, never merged."""

    row: int
    other: int
    words: str


def kinds_for(by: Actor) -> list[tuple[Kind, Sequence[tuple[str, Mapping[str, str]]]]]:
    """The kinds that the actor can import somewhere, each with where."""
    found = [(kind, kind.scopes(by)) for kind in KINDS.values()]
    return [(kind, scopes) for kind, scopes in found if scopes]


def own_imports(by: Actor, limit: int = 50) -> list[Import]:
    """The latest imports of the actor's organisations, of kinds that the actor can import."""
    organisations = {post.organisation_id for post in by.posts}
    kinds = [kind.code for kind, _scopes in kinds_for(by)]
    rows = Import.objects.filter(organisation_id__in=organisations, kind__in=kinds)
    return list(rows.defer("tables", "notes", "mapping", "twice").order_by("-begun_at", "-pk")[:limit])


def own_import(by: Actor, number: int) -> Import:
    """One import of the actor's.

    Raises:
        UnseenError: There is none with this number, or it is somebody else's.
    """
    importing = Import.objects.select_related("job").filter(pk=number).first()
    if importing is None:
        raise UnseenError
    within_own(by, importing)
    return importing


def faults_of(importing: Import, *, skip: int = 0, limit: int = 100) -> list[FaultLine]:
    """The refused cells in the order of the file."""
    sheet = importing.tables[importing.table]["sheet"] if importing.tables else ""
    return [
        FaultLine(sheet, line, column, value, sentence(code, values))
        for line, column, value, code, values in _found(importing, "faults", skip, limit)
    ]


def fault_count(importing: Import) -> int:
    """How many cells were refused."""
    return sum(importing.chunks.filter(table=importing.table).values_list("faults", flat=True).order_by())


def changes_of(importing: Import, *, limit: int = 50) -> list[ChangeLine]:
    """The first rows that would change, with the values of now beside those of the file."""
    return [
        ChangeLine(line, " · ".join(key), [(name, now, then) for name, now, then in differences])
        for line, key, differences in _found(importing, "changes", 0, limit)
    ]


def alike_of(importing: Import, *, limit: int = 50) -> list[AlikeLine]:
    """The first pairs of rows that may be the same, each pair once."""
    lines = [AlikeLine(*found) for found in _found(importing, "alike", 0, 2 * limit)]
    return [
        AlikeLine(line.row, line.other, " · ".join(word for word in line.words if word != "None"))
        for line in lines
        if line.row < line.other
    ][:limit]


def unknown_codes(importing: Import, *, limit: int = 50) -> list[tuple[str, str]]:
    """Codes of the file that are not known here, each once with its column: somebody may know them."""
    seen: dict[tuple[str, str], None] = {}
    for _line, column, _value, code, values in _found(importing, "faults", 0, 20_000):
        if code == "unknown_code":
            seen.setdefault((column, str(values["code"])))
        if len(seen) == limit:
            break
    return list(seen)


def _found(importing: Import, what: str, skip: int, limit: int) -> Iterator[list]:  # type: ignore[type-arg]
    """What the check noted, `limit` of it after the first `skip`; only the chunks needed are opened."""
    rows = StagedChunk.objects.filter(importing=importing, table=importing.table, **{f"{what}__gt": 0})
    at = 0
    for row in rows.only("outcome", what).order_by("number").iterator(chunk_size=8):
        count = getattr(row, what)
        if at + count > skip:
            for found in outcome_of(row)[what]:
                if skip <= at < skip + limit:
                    yield found
                at += 1
        else:
            at += count
        if at >= skip + limit:
            return
