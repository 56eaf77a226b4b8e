"""The API as ninja knows it: every declaration offered, every way in which a request can end."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sojourn import __version__
from sojourn.api.door import too_large
from sojourn.api.offering import offer_reading, offer_write
from sojourn.api.problems import ProblemError, faults_of, invalid, problem_response, refusal_response
from sojourn.api.reading import StrictParser
from sojourn.api.resources import READINGS
from sojourn.api.writes import WRITES
from sojourn.records.jobs import without_values
from sojourn.records.refusal import RefusalError, UnseenError

log = logging.getLogger(__name__)
api = NinjaAPI(
    title="Sojourn",
    version=__version__,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=StrictParser(),
)
for _reading in READINGS:
    offer_reading(api.default_router, _reading)
for _write in WRITES:
    offer_write(api.default_router, _write)


def ending(_request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to a request that ended in an error, whichever."""
    if isinstance(error, HttpError) and isinstance(error.__cause__, Exception):
        error = error.__cause__  # ninja hides what the parser of the body raised
    match error:
        case ProblemError():
            return problem_response(error)
        case RefusalError():
            return refusal_response(error)
        case ValidationError():
            return problem_response(invalid(faults_of(error.errors)))
        case UnseenError() | Http404():
            told = _("Either it does not exist, or your token is not allowed to know that it does.")
            return problem_response(ProblemError("missing", told))
        case RequestDataTooBig():
            return problem_response(too_large())
        case OperationalError():
            log.error("the database does not answer a program")
            told = _("Nothing was stored. Send the same request again in a few seconds.")
            return problem_response(ProblemError("site.busy", told, headers={"Retry-After": "5"}))
    error_kind = without_values(error)
    log.error("an operation failed: %s", error_kind)
    told = _("Nothing was stored. Try again later, and tell the programme office if it stays so.")
    return problem_response(ProblemError("site.failed", told))


for _kind in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(_kind, ending)
