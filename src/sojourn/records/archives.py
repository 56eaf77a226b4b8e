"""Read an archive that a stranger packed: bounded, and refused where it is more than it says. Pure Python."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum

LARGEST_CONTENT = 50 * 2**20
MOST_MEMBERS = 200

_START, _END = b"PK\x03\x04", b"PK\x05\x06"
_END_LENGTH = 22
_ENCRYPTED, _SYMLINK = 0x1, 0o120000
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
_ACTIVE = re.compile(
    r"vbaproject|macrosheets/|dialogsheets/|activex/|embeddings/|externallinks/", re.IGNORECASE
)
_MACRO_TYPE = re.compile(rb"macroenabled", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_XML = (".xml", ".rels", ".vml")


class Flaw(StrEnum):
    """Why an archive is refused, in the words of a command line."""

    BROKEN = "the archive is damaged"
    TOO_LARGE = "unpacked it is too large"
    TOO_MANY = "it has too many parts"
    ENCRYPTED = "it has a password"
    BAD_NAME = "a part has an unsafe name"
    MORE_THAN_ONE_FILE = "something else is glued to it"
    ACTIVE = "it holds macros, other files or links to them"
    ENTITIES = "a part declares entities or an unusual encoding"


class UnsafeArchiveError(Exception):
    """The archive is not read; `detail` is the reader's own word or the name of a member."""

    def __init__(self, flaw: Flaw, detail: str = "") -> None:
        super().__init__(f"{flaw} ({detail})" if detail else flaw.value)
        self.flaw = flaw
        self.detail = detail


def workbook_members(content: bytes) -> dict[str, bytes]:
    """The members of an XLSX file by name.

    Raises:
        UnsafeArchiveError: As `members` does; or the workbook holds macros, controls, embedded files or links
            to other files, or XML that declares entities, with which a small file can grow without end.
    """
    found = members(content)
    for name, data in found.items():
        if _ACTIVE.search(name) or (name == "[Content_Types].xml" and _MACRO_TYPE.search(data)):
            raise UnsafeArchiveError(Flaw.ACTIVE, name)
        if name.lower().endswith(_XML) and not _is_plain(data):
            raise UnsafeArchiveError(Flaw.ENTITIES, name)
    return found


def members(content: bytes) -> dict[str, bytes]:
    """Every member by name, read within bounds whatever sizes the archive claims.

    Raises:
        UnsafeArchiveError: No archive, or one with too much in it, with a password, with names that point
            outside or come twice, or with other data before or behind it.
    """
    if not content.startswith(_START):
        raise UnsafeArchiveError(Flaw.BROKEN, "it does not begin as an archive")
    end = content.rfind(_END)
    if end != len(content) - _END_LENGTH:
        raise UnsafeArchiveError(Flaw.MORE_THAN_ONE_FILE if end > 0 else Flaw.BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(_read(archive))
    except _UNREADABLE as error:
        raise UnsafeArchiveError(Flaw.BROKEN, str(error)) from None


def _read(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise UnsafeArchiveError(Flaw.TOO_MANY, str(len(infos)))
    if min((info.header_offset for info in infos), default=0) != 0:
        raise UnsafeArchiveError(Flaw.MORE_THAN_ONE_FILE)
    left, seen = LARGEST_CONTENT, set[str]()
    for info in infos:
        _refuse_bad_member(info, seen)
        with archive.open(info) as member:
            data = member.read(left + 1)
        left -= len(data)
        if left < 0:
            raise UnsafeArchiveError(Flaw.TOO_LARGE, info.filename)
        if data.startswith(_START):
            raise UnsafeArchiveError(Flaw.ACTIVE, info.filename)
        yield info.filename, data


def _refuse_bad_member(info: zipfile.ZipInfo, seen: set[str]) -> None:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if (
        not name.isprintable()
        or name.startswith(("/", "\\"))
        or ".." in parts
        or ":" in name
        or (info.external_attr >> 16) & 0o170000 == _SYMLINK
        or name.casefold() in seen
    ):
        raise UnsafeArchiveError(Flaw.BAD_NAME, "".join(filter(str.isprintable, name))[:60])
    seen.add(name.casefold())
    if info.flag_bits & _ENCRYPTED:
        raise UnsafeArchiveError(Flaw.ENCRYPTED, name)
    if info.compress_type not in _METHODS:
        raise UnsafeArchiveError(Flaw.BROKEN, "it is packed in an unusual way")


def _is_plain(xml: bytes) -> bool:
    """Whether the XML declares no entities, in the encoding that is usual: others could hide them."""
    encoding = _ENCODING.match(xml[:200])
    usual = encoding is None or encoding[1].lower() in {b"utf-8", b"us-ascii"}
    return usual and b"\0" not in xml and not _DECLARED.search(xml)
