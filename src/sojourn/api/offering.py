"""How a declaration becomes operations: the door before it, ninja around it, its line in the description."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from ninja.decorators import decorate_view
from pydantic import BaseModel

from sojourn.api.declared import File, Reading, Write, content_of
from sojourn.api.door import Door, caller_of
from sojourn.api.problems import Problem


def offer_reading(router: Router, reading: Reading) -> None:
    """Put a reading on the router."""

    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        asked = [given.pop("asked")] if reading.asked else []
        answer = reading.read(caller_of(request), *asked, **given)
        if isinstance(answer, File):
            kind, name = "application/octet-stream", answer.name
            return HttpResponse(
                answer.content,
                content_type=kind,
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        return _json(request, answer)

    arguments = dict(reading.keys) | ({"asked": Query[reading.asked]} if reading.asked else {})  # type: ignore[misc, name-defined]
    parameters = frozenset(reading.asked.model_fields) if reading.asked else frozenset()
    wrong = [401, 403, *([] if reading.asked else [404]), 406, 422, 429, 503]
    router.api_operation(
        ["GET"],
        reading.path,
        response={200: reading.out} | dict.fromkeys(wrong, Problem),
        operation_id=reading.operation,
        summary=reading.summary,  # type: ignore[arg-type]  # translated when it is read
        tags=[reading.tag],  # type: ignore[list-item]
        openapi_extra={"x-scope": reading.scope},
    )(decorate_view(Door(reading.scope, parameters))(_with_arguments(view, reading.operation, arguments)))


def _json(request: HttpRequest, answer: BaseModel) -> HttpResponse:
    """The answer, and for a page that is not the last the address of the next one."""
    response = HttpResponse(content_of(answer), content_type="application/json")
    cursor = getattr(answer, "next", None)
    if cursor is not None:
        query = request.GET.copy()
        query["cursor"] = cursor
        response["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
    return response


def offer_write(router: Router, write: Write) -> None:
    """Put a write on the router."""

    def view(request: HttpRequest, payload: Any, **keys: Any) -> HttpResponse:
        answer, address = write.carry_out(caller_of(request), payload, **keys)
        headers = {"Location": f"/api/v1{address}"}
        return HttpResponse(content_of(answer), status=201, content_type="application/json", headers=headers)

    arguments = {"payload": Body[write.body], **write.keys}  # type: ignore[misc, name-defined]
    version = write.about.version if write.about else None
    wrong = [400, 401, 403, 404, 406, 409, 412, 413, 415, 422, 429, 503]
    router.api_operation(
        ["POST"],
        write.path,
        response={201: write.out} | dict.fromkeys(wrong, Problem),
        operation_id=write.verb,
        summary=write.summary,  # type: ignore[arg-type]
        tags=[write.tag],  # type: ignore[list-item]
        openapi_extra={"x-scope": write.verb, "x-verb": write.verb, "parameters": _headers(write)},
    )(
        decorate_view(Door(write.verb, frozenset(), writes=True, version=version))(
            _with_arguments(view, write.verb, arguments)
        )
    )


def _headers(write: Write) -> list[dict[str, Any]]:
    key = {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"}
    told = [{"in": "header", "name": "Idempotency-Key", "required": True, "schema": key}]
    if write.about:
        told.append({"in": "header", "name": "If-Match", "required": False, "schema": {"type": "string"}})
    return told


def _with_arguments(view: Callable[..., Any], name: str, kinds: Mapping[str, Any]) -> Callable[..., Any]:
    """The view as ninja reads it: a name, and an argument for each value."""
    named = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    named += [
        inspect.Parameter(argument, inspect.Parameter.KEYWORD_ONLY, annotation=kind)
        for argument, kind in kinds.items()
    ]
    view.__signature__ = inspect.Signature(named)  # type: ignore[attr-defined]
    view.__name__ = view.__qualname__ = name.replace(".", "_")
    return view
