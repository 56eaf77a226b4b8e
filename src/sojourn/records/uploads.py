"""The gate of every uploaded file: size as it streams in, kind by its content, nothing hidden in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _

from sojourn.records.archives import Flaw, UnsafeArchiveError, workbook_members
from sojourn.records.refusal import RefusalError, Words, refuse

LONGEST_NAME = 150
RUNS_ELSEWHERE = re.compile(
    r"\.(?:app|asp|bat|cmd|com|dll|exe|hta|html?|jar|jsp?|lnk|msi|php|pif|pl|ps1|py|scr|sh|svg|vbs|wsf)\."
)
"""Endings that some machine would run or show: never inside a name (`plan.exe.csv`)."""

ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NEVER_TEXT = (
    b"MZ\x90",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"#!",
)
INSIDE_TEXT = (ARCHIVE, b"PK\x05\x06", b"%PDF-")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    """What a file is, by the ending that it is known under."""

    CSV = ".csv"
    JSON = ".json"
    TOML = ".toml"
    XLSX = ".xlsx"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has passed the gate. `name` is for a message only: no path is ever made of it."""

    name: str
    kind: Kind
    content: bytes


WHY_NOT: dict[Flaw, tuple[str, Words]] = {
    Flaw.BROKEN: ("upload.broken", _("This file is damaged (%(detail)s). Save it again and send that.")),
    Flaw.TOO_LARGE: (
        "upload.unpacks_too_large",
        _("Unpacked, this file is far too large. Remove what is not needed."),
    ),
    Flaw.TOO_MANY: (
        "upload.too_many_parts",
        _("This file has %(detail)s parts. Save only the needed sheets anew."),
    ),
    Flaw.ENCRYPTED: ("upload.encrypted", _("This file has a password. Save it without one.")),
    Flaw.BAD_NAME: (
        "upload.bad_part",
        _("Inside this file a part has an unsafe name (%(detail)s). Save it again."),
    ),
    Flaw.MORE_THAN_ONE_FILE: (
        "upload.more_than_one_file",
        _("Something else is glued to this file. Open it as a workbook, save it anew and send that."),
    ),
    Flaw.ACTIVE: (
        "upload.active_content",
        _("This file holds macros, other files or links to them (%(detail)s). Save it as plain .xlsx."),
    ),
    Flaw.ENTITIES: (
        "upload.entities",
        _("A part of this file (%(detail)s) is written as no spreadsheet program does. Save it again."),
    ),
}


def checked_upload(name: str, chunks: Iterable[bytes], *, kinds: frozenset[Kind], largest: int) -> Upload:
    """The file, if it is one of `kinds`, has at most `largest` bytes, and hides nothing.

    `chunks` is read no further than `largest`; the size that a sender claims is not asked.

    Raises:
        RefusalError: With what is wrong and what to do; `where` is `file`.
    """
    kind = _kind_of_name(name, kinds)
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > largest:
            raise _no(
                "upload.too_large",
                _("This file is larger than %(largest)s MB. Remove what is not needed."),
                largest=largest // 2**20,
            )
    if not content:
        raise _no("upload.empty", _("This file is empty. Choose another one."))
    upload = Upload(name, kind, bytes(content))
    if kind is Kind.XLSX:
        _refuse_bad_workbook(upload.content)
    else:
        _refuse_what_is_no_text(upload)
    return upload


def _kind_of_name(name: str, kinds: frozenset[Kind]) -> Kind:
    if not name.isprintable() or len(name) > LONGEST_NAME or set(name) & set("/\\:"):
        raise _no(
            "upload.bad_name",
            _("The name of this file is too long or has characters that names cannot have."),
        )
    if RUNS_ELSEWHERE.search(name.lower()):
        raise _no(
            "upload.two_endings", _("This file has two endings. Give it a plain name and send it again.")
        )
    ending = PurePosixPath(name).suffix.lower()
    if ending not in {*kinds}:
        known = ", ".join(sorted(kinds))
        raise _no(
            "upload.unknown_kind",
            _("Only these kinds of file can be read: %(known)s. Choose one of these."),
            known=known,
        )
    return Kind(ending)


def _refuse_bad_workbook(content: bytes) -> None:
    if content.startswith(OLD_OFFICE):
        raise _no(
            "upload.old_or_encrypted",
            _("This is an old workbook or one with a password. Save it as plain .xlsx."),
        )
    if not content.startswith(ARCHIVE):
        raise _no(
            "upload.not_what_it_says",
            _("The name ends in %(ending)s, but this is no such file. Save it again as one."),
            ending=Kind.XLSX,
        )
    try:
        members = workbook_members(content)
    except UnsafeArchiveError as error:
        code, sentence = WHY_NOT[error.flaw]
        raise _no(code, sentence, detail=error.detail) from None
    if "xl/workbook.xml" not in members:
        raise _no(
            "upload.no_workbook", _("This archive is no workbook. Save the workbook as .xlsx and send that.")
        )


def _refuse_what_is_no_text(upload: Upload) -> None:
    content = upload.content
    looks_otherwise = content.startswith((ARCHIVE, OLD_OFFICE, *NEVER_TEXT))
    if looks_otherwise or any(mark in content for mark in INSIDE_TEXT):
        raise _no(
            "upload.not_what_it_says",
            _("The name ends in %(ending)s, but this is no such file. Save it again as one."),
            ending=upload.kind,
        )
    if b"\0" in content and not content.startswith(UTF_16):
        raise _no(
            "upload.zero_bytes",
            _("This file holds zero bytes: it is no text. Save it again as text in UTF-8."),
        )


def _no(code: str, sentence: Words, /, **values: object) -> RefusalError:
    return refuse(code, sentence, where="file", **values)
