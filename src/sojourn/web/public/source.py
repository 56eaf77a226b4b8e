"""The source code of the running site, as the AGPL asks: what runs is what is handed out."""

import io
import zipfile
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse

import sojourn
from sojourn.web.access import Audience, open_to

PACKAGE = Path(sojourn.__file__).resolve().parent
LEFT_OUT = {"__pycache__", ".DS_Store"}
EPOCH = (1980, 1, 1, 0, 0, 0)


@open_to(Audience.PUBLIC)
def source(_request: HttpRequest) -> HttpResponse:
    """The whole package as a zip file, with any change that this site has made to it."""
    headers = {"Content-Disposition": 'attachment; filename="sojourn-source.zip"'}
    return HttpResponse(source_archive(), content_type="application/zip", headers=headers)


@cache
def source_archive() -> bytes:
    """Every file of the package, in order of its path; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(PACKAGE.rglob("*")):
            inside = path.relative_to(PACKAGE.parent)
            if path.is_file() and not LEFT_OUT & set(inside.parts):
                archive.writestr(
                    zipfile.ZipInfo(inside.as_posix(), EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED
                )
    return buffer.getvalue()
