"""The gate of uploaded files: every way in which a file can be more, larger or other than it says."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.records import uploads
from sojourn.records.refusal import RefusalError
from sojourn.records.uploads import WHY_NOT, Kind, Upload, checked_upload

ALL = frozenset(Kind)
LARGEST = 10 * 2**20


def workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("people").write_row(0, 0, ["name", 12])
    return stream.getvalue()


PLAIN = workbook()


def with_part(
    name: str, data: bytes = b"x", change: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    """The plain workbook with one more part."""
    stream = io.BytesIO(PLAIN)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        if change is not None:
            change(info)
        archive.writestr(info, data, info.compress_type)
    return stream.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    """The plain workbook with one part changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(PLAIN)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            data = before.read(part)
            after.writestr(part, data.replace(old, new) if part == name else data)
    return stream.getvalue()


def with_password() -> bytes:
    """Every part marked as encrypted."""
    marked = bytearray(PLAIN)
    for found in re.finditer(rb"PK\x01\x02", PLAIN):
        marked[found.start() + 8] |= 1
    return bytes(marked)


def symbolic(info: zipfile.ZipInfo) -> None:
    info.external_attr = 0o120777 << 16


def rare(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_BZIP2


def code_of(name: str, content: bytes, kinds: frozenset[Kind] = ALL, largest: int = LARGEST) -> str:
    """The code with which the gate refuses, or nothing."""
    try:
        checked_upload(name, [content], kinds=kinds, largest=largest)
    except RefusalError as refusal:
        return refusal.code if refusal.where == "file" else "not at its field"
    return ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.toml", b'schema = "plan"\n'),
        ("Plan 2027.v2.XLSX", PLAIN),
        ("学校.csv", "学校,人数\n一中,12\n".encode("gb18030")),
        ("mac.csv", "école\rcafé".encode("mac_roman")),
        ("windows.csv", "a\tb".encode("utf-16")),
        ("held.json", b"{}"),
    ],
)
def test_plain_file_passes_as_it_is(name: str, content: bytes) -> None:
    kind = Kind(Path(name).suffix.lower())
    assert checked_upload(name, [content], kinds=ALL, largest=LARGEST) == Upload(name, kind, content)


HOSTILE = [
    ("a.xlsx", b"", "upload.empty"),
    ("a.csv", b"x" * 11, "upload.too_large"),
    ("a.xlsm", PLAIN, "upload.unknown_kind"),
    ("noending", b"a,b", "upload.unknown_kind"),
    ("a\0.csv", b"a,b", "upload.bad_name"),
    ("\N{RIGHT-TO-LEFT OVERRIDE}vsc.exe.csv", b"a,b", "upload.bad_name"),
    ("../../a.csv", b"a,b", "upload.bad_name"),
    ("C:a.csv", b"a,b", "upload.bad_name"),
    (f"{'a' * 200}.csv", b"a,b", "upload.bad_name"),
    ("plan.exe.csv", b"a,b", "upload.two_endings"),
    ("plan.PHP.xlsx", PLAIN, "upload.two_endings"),
    ("a.csv", PLAIN, "upload.not_what_it_says"),
    ("a.csv", b"MZ\x90\x00", "upload.not_what_it_says"),
    ("a.json", b"%PDF-1.7", "upload.not_what_it_says"),
    ("a.csv", b"a,b\n" + PLAIN, "upload.not_what_it_says"),
    ("a.toml", b"# %PDF-1.7\n", "upload.not_what_it_says"),
    ("a.xlsx", b"a,b", "upload.not_what_it_says"),
    ("a.csv", b"a,\0b", "upload.zero_bytes"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "upload.old_or_encrypted"),
    ("a.xlsx", PLAIN[:-40], "upload.broken"),
    ("a.xlsx", with_part("xl/x.xml", b"x" * 99, rare), "upload.broken"),
    ("a.xlsx", b"PK\x03\x04 broken", "upload.broken"),
    ("a.xlsx", with_password(), "upload.encrypted"),
    ("a.xlsx", with_part("xl/zeros.xml", bytes(51 * 2**20)), "upload.unpacks_too_large"),
    ("a.xlsx", PLAIN + b"<script>", "upload.more_than_one_file"),
    ("a.xlsx", PLAIN[:4] + b"....%PDF-" + PLAIN, "upload.more_than_one_file"),
    ("a.xlsx", with_part("../../etc/passwd"), "upload.bad_part"),
    ("a.xlsx", with_part("/etc/passwd"), "upload.bad_part"),
    ("a.xlsx", with_part("xl\\..\\..\\a"), "upload.bad_part"),
    ("a.xlsx", with_part("xl/a\nb"), "upload.bad_part"),
    ("a.xlsx", with_part("XL/Workbook.xml"), "upload.bad_part"),
    ("a.xlsx", with_part("xl/link", b"/etc/passwd", symbolic), "upload.bad_part"),
    ("a.xlsx", with_part("xl/vbaProject.bin"), "upload.active_content"),
    ("a.xlsx", with_part("xl/macrosheets/sheet1.xml"), "upload.active_content"),
    ("a.xlsx", with_part("xl/embeddings/oleObject1.bin"), "upload.active_content"),
    ("a.xlsx", with_part("xl/externalLinks/externalLink1.xml"), "upload.active_content"),
    ("a.xlsx", with_part("xl/inner.dat", PLAIN), "upload.active_content"),
    (
        "a.xlsx",
        replaced("[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled.main+xml"),
        "upload.active_content",
    ),
    ("a.xlsx", with_part("xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "upload.entities"),
    ("a.xlsx", with_part("xl/x.xml", "<!DOCTYPE a><a/>".encode("utf-16")), "upload.entities"),
    ("a.xlsx", with_part("xl/x.rels", b'<?xml version="1.0" encoding="UTF-7"?><a/>'), "upload.entities"),
]


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE, ids=lambda value: str(value)[:24])
def test_hostile_file_is_refused_and_told_why(name: str, content: bytes, code: str) -> None:
    assert code_of(name, content, largest=10 if code == "upload.too_large" else LARGEST) == code


def test_archive_of_many_parts_or_without_a_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(201):
            archive.writestr(f"part{number}", b"")
    assert code_of("a.xlsx", stream.getvalue()) == "upload.too_many_parts"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    assert code_of("a.xlsx", stream.getvalue()) == "upload.no_workbook"


def test_kind_that_is_not_asked_for_is_refused() -> None:
    assert code_of("a.json", b"{}", kinds=frozenset({Kind.CSV})) == "upload.unknown_kind"


def test_stream_is_read_no_further_than_the_limit() -> None:
    given_out = 0

    def endless() -> Iterator[bytes]:
        nonlocal given_out
        while True:
            given_out += 1
            yield b"x" * 1000

    with pytest.raises(RefusalError):
        checked_upload("a.csv", endless(), kinds=ALL, largest=10_000)
    assert given_out == 11


def test_claimed_sizes_are_not_believed() -> None:
    """The directory says one byte, and 51 MiB of zeros come out."""
    lying = bytearray(with_part("xl/zeros.xml", bytes(51 * 2**20)))
    entry = lying.rfind(b"PK\x01\x02")
    lying[entry + 24 : entry + 28] = (1).to_bytes(4, "little")
    assert code_of("a.xlsx", bytes(lying)) in {"upload.broken", "upload.unpacks_too_large"}


def test_every_way_to_refuse_is_shown_here() -> None:
    source = Path(uploads.__file__).read_text(encoding="utf-8")
    known = set(re.findall(r'"(upload\.[a-z_]+)"', source))
    shown = set(re.findall(r'"(upload\.[a-z_]+)"', Path(__file__).read_text(encoding="utf-8")))
    assert {code for code, _sentence in WHY_NOT.values()} < known == shown


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.sampled_from(sorted(Kind)), st.binary(max_size=200), st.booleans())
def test_any_name_and_bytes_pass_or_are_refused_and_never_crash(
    name: str, ending: str, content: bytes, inside: bool
) -> None:
    changed = PLAIN[:100] + content + PLAIN[100 + len(content) :] if inside else content
    assert re.fullmatch(r"|upload\.[a-z_]+", code_of(name + ending, changed))
