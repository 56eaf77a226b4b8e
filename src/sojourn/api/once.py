"""A write that is sent again has one effect: the second answer is the first one's, to the byte."""

import re
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from sojourn.api import clock
from sojourn.api.problems import ProblemError
from sojourn.connections.actions.answers import claim_key, is_same, keep_answer
from sojourn.connections.models import KeptAnswer, Token

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{8,128}")


def once(request: HttpRequest, token: Token, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a write within one transaction with its key.

    Only what was carried out is kept: an answer of 400 and above is rolled back with everything else, and
    leaves the key free for the corrected request.

    Raises:
        ProblemError: There is no usable key, or it belongs to another request.
    """
    key = request.headers.get(HEADER, "")
    if not _KEY.fullmatch(key):
        raise ProblemError(
            "key.missing",
            _(
                "Send a header Idempotency-Key of 8 to 128 characters, new for every write and the same when "
                "you send that write again; a random UUID will do."
            ),
        )
    with transaction.atomic():
        row, is_new = claim_key(token, key, _sent(request), at=clock.now())
        if not is_new:
            return _again(row, request)
        response = answer()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            keep_answer(row, response.status_code, _kept_headers(response), response.content)
        return response


def _sent(request: HttpRequest) -> bytes:
    return b"\n".join([str(request.method).encode(), request.get_full_path().encode(), request.body])


def _again(row: KeptAnswer, request: HttpRequest) -> HttpResponse:
    if not is_same(row, _sent(request)):
        raise ProblemError(
            "key.reused",
            _("This Idempotency-Key was sent with another request within the last day. Choose a new one."),
        )
    response = HttpResponse(bytes(row.body), status=row.status, headers=row.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _kept_headers(response: HttpResponse) -> dict[str, str]:
    return {name: response[name] for name in ("Content-Type", "Location") if name in response}
