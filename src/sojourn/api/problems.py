"""What goes wrong, as RFC 9457 tells it: a stable code, and sentences in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from sojourn.records.refusal import RefusalError, Words, filled

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"


class Fault(Schema):
    """One value at fault: where it stands, and what to do about it."""

    code: str
    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Problem(Schema):
    """An answer that is not the one asked for."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    faults: list[Fault] = []


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, and what it is called."""

    status: int
    title: Words


KINDS: Mapping[str, Kind] = {
    "json.malformed": Kind(400, _("The body is not JSON that can be used")),
    "key.missing": Kind(400, _("An Idempotency-Key is needed")),
    "token.invalid": Kind(401, _("A valid token is needed")),
    "token.scope": Kind(403, _("The token is not for this")),
    "missing": Kind(404, _("There is nothing here")),
    "method.unknown": Kind(405, _("This cannot be done here")),
    "format.unknown": Kind(406, _("The answer can only be JSON")),
    "act.refused": Kind(409, _("The rules do not allow this now")),
    "version.changed": Kind(412, _("It has changed in the meantime")),
    "body.too_large": Kind(413, _("The body is too large")),
    "body.not_json": Kind(415, _("The body has to be JSON")),
    "input.invalid": Kind(422, _("Some values cannot be used")),
    "cursor.invalid": Kind(422, _("The cursor does not belong to this list")),
    "key.reused": Kind(422, _("The Idempotency-Key belongs to another request")),
    "limit.reached": Kind(429, _("Too many requests")),
    "site.failed": Kind(500, _("Something went wrong on our side")),
    "site.busy": Kind(503, _("The site cannot store anything just now")),
}
"""Every code that the API answers with, beside the codes of the rules themselves."""


@dataclass
class ProblemError(Exception):
    """An answer that ends the request."""

    code: str
    detail: Words
    faults: list[Fault] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


def problem_response(problem: ProblemError) -> JsonResponse:
    """The answer for a problem of a known kind."""
    kind = KINDS[problem.code]
    return _response(problem.code, kind, problem.detail, problem.faults, problem.headers)


def refusal_response(refusal: RefusalError) -> JsonResponse:
    """The answer for a rule's no: 422 where it names a value at fault, else 409."""
    if not refusal.where:
        return _response(refusal.code, KINDS["act.refused"], refusal.message, [], {})
    fault = Fault(code=refusal.code, detail=str(refusal.message), pointer=f"#/{refusal.where}")
    return _response(refusal.code, KINDS["input.invalid"], refusal.message, [fault], {})


def _response(
    code: str, kind: Kind, detail: Words, faults: Iterable[Fault], headers: Mapping[str, str]
) -> JsonResponse:
    told = Problem(
        type=f"{DOCS}#problem-{code}" if code in KINDS else f"{DOCS}#problem-act.refused",
        title=str(kind.title),
        status=kind.status,
        code=code,
        detail=str(detail),
        faults=list(faults),
    )
    response = JsonResponse(told.model_dump(exclude_none=True), status=kind.status, content_type=MEDIA_TYPE)
    for name, value in headers.items():
        response[name] = value
    return response


def invalid(faults: list[Fault]) -> ProblemError:
    """The problem of values that cannot be used, with every one of them."""
    return ProblemError(
        "input.invalid", _("Correct every value that is named under “faults”, and send it again."), faults
    )


SENTENCES: Mapping[str, str | Promise] = {
    "missing": _("This value is missing. Add it."),
    "extra_forbidden": _("There is no field of this name. Leave it out, or correct the name."),
    "string_type": _("This has to be a text."),
    "string_too_short": _("This is too short: at least %(min_length)s characters."),
    "string_too_long": _("This is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": _("Use letters of the Latin alphabet, digits, hyphen and underscore only."),
    "int_type": _("This has to be a whole number."),
    "greater_than_equal": _("This is too small: at least %(ge)s."),
    "less_than_equal": _("This is too large: at most %(le)s."),
    "literal_error": _("Choose one of %(expected)s."),
    "enum": _("Choose one of %(expected)s."),
    "day": _("Write a day as year, month and day, such as 2027-07-05."),
    "too_short": _("This list is too short: at least %(min_length)s."),
    "too_long": _("This list is too long: at most %(max_length)s."),
    "list_type": _("This has to be a list."),
    "bool_type": _("This has to be true or false."),
    "character": _("The text has a character that cannot be stored: NUL, or half of a surrogate pair."),
    "repeated": _("This is given more than once. Give it once."),
    "unknown_parameter": _("There is no parameter of this name. Leave it out, or correct the name."),
}
"""By pydantic's code of a fault, or one of our own: the sentence."""


def fault(code: str, context: Mapping[str, Any] | None = None, **where: str) -> Fault:
    """A fault in words; codes without a sentence of their own get a plain one."""
    sentence = SENTENCES.get(code)
    if sentence is None:
        return Fault(code=code, detail=str(_("This value cannot be used here.")), **where)
    return Fault(code=code, detail=filled(sentence, context or {}), **where)


def faults_of(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """The faults behind pydantic's errors, as ninja collects them."""
    found = []
    for error in errors:
        source, *path = error["loc"]
        if source == "body":
            steps = [str(step).replace("~", "~0").replace("/", "~1") for step in path[1:]]
            where = {"pointer": "#" + "".join(f"/{step}" for step in steps)}
        else:
            where = {"parameter": str(path[-1])}
        found.append(fault(error["type"], error.get("ctx"), **where))
    return found
