"""What the API can offer, one declaration each: `Resource` for a list and its rows, `Reading`, `Write`.

A declaration says what is shown, to whom, by which filters and in which orders; everything else (the door,
pages, validators, problems, the description for programs) is the same for all: see `offering`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast

from django.db import models
from ninja import FilterSchema, Schema
from pydantic import BaseModel, Field, create_model

from sojourn.api.cursors import rows_after, write_cursor
from sojourn.api.door import Caller
from sojourn.api.problems import Fault, ProblemError, invalid
from sojourn.api.reading import UNASKED, WHOLE, Code, Input
from sojourn.connections.scopes import PUBLIC
from sojourn.records.refusal import UnseenError, Words

MOST_ROWS, USUAL_ROWS = 100, 50
Number = Annotated[int, Field(ge=1, le=10**9), WHOLE]
"""The number of a row that has no code."""


class NoFilters(FilterSchema):
    """A list without filters."""


class Texts(Schema):
    """A text in both languages; one of them may be missing."""

    en: str | None = None
    zh: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """An answer that is a file."""

    content: bytes
    name: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One thing to read. `read` takes the caller and the path's keys, and raises UnseenError for nothing."""

    operation: str
    path: str
    tag: Words
    summary: Words
    read: Callable[..., BaseModel | File]
    out: type[Schema] | None  # None: a file
    scope: str = PUBLIC
    keys: Mapping[str, Any] = field(default_factory=dict)
    asked: type[Schema] | None = None


@dataclass(frozen=True, kw_only=True)
class Resource[Row: models.Model]:
    """A list and its rows.

    `rows` are those that the caller may see; `show` turns a page of them into answers. `orders` names what
    a list can be ordered by, the usual order first, each ending in columns that are unique together. `keys`
    are the parts of a row's own path with the column of each.
    """

    name: str
    tag: Words
    summary: Words
    out: type[Schema]
    rows: Callable[[Caller], models.QuerySet[Row]]
    show: Callable[[Caller, Sequence[Row]], list[Any]]
    orders: Mapping[str, tuple[str, ...]]
    scope: str = PUBLIC
    filters: type[FilterSchema] = NoFilters
    keys: Mapping[str, tuple[Any, str]] = field(default_factory=lambda: {"code": (Code, "code")})

    def one(self, caller: Caller, **keys: Any) -> Any:
        """The row with these keys."""
        return self._shown(caller, self.rows(caller), keys)

    def version(self, caller: Caller, keys: Mapping[str, Any]) -> bytes:
        """The bytes of one row's answer, while its row is locked."""
        own = {name: value for name, value in keys.items() if name in self.keys}
        return content_of(self._shown(caller, self.rows(caller).select_for_update(of=("self",)), own))

    def _shown(self, caller: Caller, rows: models.QuerySet[Row], keys: Mapping[str, Any]) -> Any:
        row = rows.filter(**{self.keys[name][1]: value for name, value in keys.items()}).first()
        if row is None:
            raise UnseenError
        return self.show(caller, [row])[0]

    def page(self, caller: Caller, asked: Any) -> Any:
        """A page of the list, with the cursor of the next one."""
        filters = {name: getattr(asked, name) for name in self.filters.model_fields}
        order = self.orders[asked.order]
        question = {"list": self.name, "order": asked.order} | {
            name: str(value) for name, value in filters.items() if value is not None
        }
        rows = self.rows(caller).filter(self.filters.model_construct(**filters).get_filter_expression())
        if asked.cursor is not None:
            rows = rows_after(rows, order, asked.cursor, question)
        found = list(rows.order_by(*order)[: asked.limit + 1])
        shown = found[: asked.limit]
        more = write_cursor(shown[-1], order, question) if len(found) > len(shown) else None
        return self.page_type.model_construct(items=self.show(caller, shown), next=more)

    @property
    def page_type(self) -> type[Schema]:
        """What a page of the list looks like."""
        known = _PAGES.get(self.out)
        if known is None:
            items = (list[self.out], ...)  # type: ignore[name-defined]
            known = create_model(
                f"{self.out.__name__}Page", __base__=Schema, items=items, next=(str | None, ...)
            )
            _PAGES[self.out] = known
        return known

    def readings(self) -> list[Reading]:
        """The list, and one of its rows where rows have a path of their own."""
        orders: Any = Literal[tuple(self.orders)]
        asked = create_model(
            f"{self.out.__name__}Asked",
            __base__=self.filters,
            limit=(Annotated[int, Field(ge=1, le=MOST_ROWS), WHOLE], USUAL_ROWS),
            order=(orders, next(iter(self.orders))),
            cursor=(Annotated[str, Field(max_length=2000)], UNASKED),
        )
        shared = {"tag": self.tag, "scope": self.scope}
        every = Reading(
            operation=f"{self.name}.list",
            path=f"/{self.name}",
            summary=self.summary,
            read=self.page,
            out=self.page_type,
            asked=cast("type[Schema]", asked),
            **shared,  # type: ignore[arg-type]
        )
        if not self.keys:
            return [every]
        one = Reading(
            operation=f"{self.name}.read",
            path=f"/{self.name}/" + "/".join(f"{{{name}}}" for name in self.keys),
            summary=self.summary,
            read=self.one,
            out=self.out,
            keys={name: kind for name, (kind, _column) in self.keys.items()},
            **shared,  # type: ignore[arg-type]
        )
        return [every, one]


_PAGES: dict[type[Schema], type[Schema]] = {}


@dataclass(frozen=True, kw_only=True)
class Write:
    """One action, offered to programs: its verb is the operation and the scope.

    `carry_out` takes the caller, the body and the path's keys, calls the action, and gives the answer with
    its address. `about` is the resource whose ETag an If-Match may name.
    """

    verb: str
    path: str
    tag: Words
    summary: Words
    body: type[Input]
    out: type[Schema]
    carry_out: Callable[..., tuple[BaseModel, str]]
    keys: Mapping[str, Any] = field(default_factory=dict)
    about: Resource[Any] | None = None


def content_of(answer: BaseModel) -> bytes:
    """The bytes of an answer."""
    return answer.model_dump_json().encode()


def texts(stored: Mapping[str, Any]) -> Texts:
    """A text of the database in both languages."""
    return Texts.model_construct(en=stored.get("en"), zh=stored.get("zh"))


def fault_at(place: str, detail: Words) -> ProblemError:
    """The problem of one value that names nothing that there is."""
    return invalid([Fault(code="unknown", detail=str(detail), pointer=f"#/{place}")])
