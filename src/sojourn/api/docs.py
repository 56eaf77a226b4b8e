"""What the API says of itself: the description for programs, and the page for their authors."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from ninja.responses import NinjaJSONEncoder

from sojourn.api.declared import MOST_ROWS, USUAL_ROWS
from sojourn.api.limits import WITH_TOKEN, WITHOUT_TOKEN
from sojourn.api.problems import KINDS, MEDIA_TYPE
from sojourn.api.site import api
from sojourn.connections.scopes import PUBLIC

Document = dict[str, Any]
BEARER = {"type": "http", "scheme": "bearer"}
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation on the page; a field that is needed ends in an asterisk."""

    name: str
    method: str
    path: str
    summary: str
    scope: str
    parameters: tuple[str, ...]
    body: tuple[str, ...]
    answer: tuple[str, ...]


def openapi(_request: HttpRequest) -> HttpResponse:
    """The description in OpenAPI 3.1, in the reader's language."""
    return JsonResponse(description(get_language() or "en"))


def docs(request: HttpRequest) -> HttpResponse:
    """Every operation on one page, without a script."""
    shown = {
        "groups": _groups(description(get_language() or "en")),
        "problems": KINDS,
        "with_token": WITH_TOKEN,
        "without_token": WITHOUT_TOKEN,
        "usual_rows": USUAL_ROWS,
        "most_rows": MOST_ROWS,
        "public": PUBLIC,
    }
    return render(request, "api/docs.html", shown)


@lru_cache(maxsize=8)
def description(_language: str) -> Document:
    """What ninja collects, and what it cannot say: keys, validators, files, the media type of problems."""
    collected = api.get_openapi_schema(path_prefix="api/v1/")
    found: Document = json.loads(json.dumps(collected, cls=NinjaJSONEncoder))
    found["components"]["securitySchemes"] = {"token": BEARER}
    for operations in found["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return found


def _complete(operation: Document) -> None:
    is_public = operation["x-scope"] == PUBLIC
    operation["security"] = [{"token": []}, {}] if is_public else [{"token": []}]
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        elif "content" not in response:
            response["content"] = BYTES
    if "200" in operation["responses"]:
        tag = {"in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"}}
        operation["parameters"].append(tag)
        operation["responses"]["304"] = {"description": "Not Modified"}


def _groups(found: Document) -> dict[str, list[OperationLine]]:
    groups: dict[str, list[OperationLine]] = {}
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            line = OperationLine(
                name=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                scope=operation["x-scope"],
                parameters=tuple(
                    each["name"] + ("*" if each["required"] else "") for each in operation["parameters"]
                ),
                body=tuple(_fields(found, operation.get("requestBody", {}))),
                answer=tuple(
                    _fields(found, operation["responses"].get("200", operation["responses"].get("201")))
                ),
            )
            groups.setdefault(operation["tags"][0], []).append(line)
    return groups


def _fields(found: Document, carried: Document) -> Iterator[str]:
    """The names of the fields of a body; of a page of rows, those of its rows."""
    schema = carried.get("content", {}).get("application/json", {}).get("schema", {})
    while "$ref" in schema:
        schema = found["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        rows = schema.get("properties", {}).get("items") or schema.get("properties", {}).get("rows")
        schema = rows["items"] if rows else schema
    needed = schema.get("required", [])
    yield from (name + ("*" if name in needed else "") for name in schema.get("properties", {}))
