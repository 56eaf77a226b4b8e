"""Take a file from a request and give one back."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import Http404, HttpResponse

from sojourn.records.actor import Actor
from sojourn.sheets.actions import begin_import
from sojourn.sheets.exporting import csv_lines, export_workbook
from sojourn.sheets.kinds import Kind, known_words
from sojourn.sheets.models import Import
from sojourn.sheets.reading.bounded import read_bounded
from sojourn.sheets.reading.limits import UnreadableFileError
from sojourn.sheets.sentences import sentence
from sojourn.web import clock
from sojourn.web.imports.forms import FileForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def begun(by: Actor, kind: Kind, form: FileForm) -> Import | None:
    """The import of the file that was sent; None, and why at the field, where it cannot be read."""
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    name = file.name or ""
    try:
        with (
            _on_disk(file) as place,
            read_bounded(place, name, known_words(), form.cleaned_data["encoding"]) as staged,
        ):
            return begin_import(
                by=by,
                kind=kind,
                scope=form.cleaned_data["scope"],
                name=name,
                staged=staged,
                at=clock.now(),
            )
    except UnreadableFileError as error:
        form.add_error("file", sentence(error.code, error.values))
    return None


def exported(kind: Kind, within: Any, name: str, ending: str) -> HttpResponse:
    """All rows of a kind, as a workbook or as CSV."""
    if ending == "csv":
        content = "".join(csv_lines(kind, kind.rows(within))).encode()
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
    if ending != "xlsx":
        raise Http404
    target = io.BytesIO()
    export_workbook(kind, kind.rows(within), target)
    return workbook_answer(target.getvalue(), f"{name}.xlsx")


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@contextmanager
def _on_disk(file: "UploadedFile[bytes]") -> Iterator[Path]:
    """The uploaded file as a file: large ones are one already, small ones are written to a temporary one."""
    if isinstance(file, TemporaryUploadedFile):
        yield Path(file.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="sojourn-upload-") as copy:
        for block in file.chunks():
            copy.write(block)
        copy.flush()
        yield Path(copy.name)
