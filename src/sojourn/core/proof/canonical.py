"""One way to write each value down, so that equal content has equal bytes and equal hashes."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

_LARGEST = 2**53 - 1  # what every JSON reader keeps exact
_QUOTED = frozenset(',"\r\n')


class ProofError(ValueError):
    """Content that has no canonical form, or is not in it."""


def sha256_hex(content: bytes) -> str:
    """SHA-256 in 64 lower-case hexadecimal characters."""
    return sha256(content).hexdigest()


def canonical_json(value: object) -> bytes:
    """The value as JSON: keys ascending by code point, no blanks, UTF-8, text in NFC, a newline at the end.

    Takes objects with text keys, lists, tuples, text, whole numbers within 2**53, true, false and null.
    Raises `ProofError` for anything else: floats (they print differently elsewhere), lone surrogates, keys
    that become equal in NFC, nesting too deep to read back.

    **Source:** RFC 8785 (JSON canonicalization), restricted to the whole numbers of RFC 7493.
    """
    try:
        text = json.dumps(_normal(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return (text + "\n").encode()
    except UnicodeEncodeError as error:
        raise ProofError("a text holds half a character (a lone surrogate): remove it") from error
    except RecursionError as error:
        raise ProofError("the value is nested too deeply: flatten it") from error


def canonical_csv(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """A table as CSV: commas, LF after every line, UTF-8, text in NFC.

    A field is quoted when, and only when, it holds a comma, a quote, CR or LF, or is empty and alone in its
    row; quotes inside are doubled.
    Rows keep their order: a table is canonical when its writer states an order. Raises `ProofError` for a
    row of another width than the header and for fields that are neither text nor whole numbers.

    **Source:** RFC 4180, with LF for CRLF.
    """
    if len(set(header)) < len(header) or not header:
        raise ProofError("a table needs columns with different names")
    lines = [",".join(map(_field, header))]
    for at, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise ProofError(f"row {at} has {len(row)} fields, the header has {len(header)}")
        lines.append(",".join(map(_field, row)) or '""')
    try:
        return ("\n".join(lines) + "\n").encode()
    except UnicodeEncodeError as error:
        raise ProofError("a field holds half a character (a lone surrogate): remove it") from error


def read_json(content: bytes) -> object:
    """The value of a canonical JSON file; `ProofError` for what `canonical_json` would not write."""
    try:
        value: object = json.loads(content.decode())
        same = canonical_json(value) == content
    except (ValueError, RecursionError) as error:
        raise ProofError(f"not canonical JSON: {_first_line(error)}") from error
    if not same:
        raise ProofError("not canonical JSON: sort the keys, write UTF-8 without blanks, once per key")
    return value


def read_csv(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a canonical CSV file; `ProofError` for what `canonical_csv` would not write."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
        same = bool(lines) and canonical_csv(lines[0], lines[1:]) == content
    except (ValueError, csv.Error) as error:
        raise ProofError(f"not canonical CSV: {_first_line(error)}") from error
    if not same:
        raise ProofError("not canonical CSV: quote only where needed, end every line with LF")
    return lines[0], lines[1:]


def _normal(value: object) -> object:
    match value:
        case None | bool():
            return value
        case int() if abs(value) <= _LARGEST:
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case list() | tuple():
            return [_normal(entry) for entry in value]
        case Mapping():
            return _normal_object(value)
        case _:
            raise ProofError(
                f"{_short(value)} has no canonical form: use text, whole numbers, lists or objects"
            )


def _normal_object(value: Mapping[object, object]) -> dict[str, object]:
    normal: dict[str, object] = {}
    for key, entry in value.items():
        if not isinstance(key, str):
            raise ProofError(f"key {_short(key)} is not text")
        name = unicodedata.normalize("NFC", key)
        if name in normal:
            raise ProofError(f"key {_short(key)} is there twice: rename one")
        normal[name] = _normal(entry)
    return normal


def _field(value: str | int) -> str:
    if type(value) is int and abs(value) <= _LARGEST:
        return str(value)
    if not isinstance(value, str):
        raise ProofError(f"{_short(value)} is neither text nor a whole number within 2**53")
    text = value if value.isascii() else unicodedata.normalize("NFC", value)
    return '"' + text.replace('"', '""') + '"' if not _QUOTED.isdisjoint(text) else text


def _short(value: object) -> str:
    """The value for a message; a number may be too long to print."""
    return "a number beyond 2**53" if type(value) is int and abs(value) > _LARGEST else ascii(value)[:60]


def _first_line(error: Exception) -> str:
    return ascii(str(error).partition("\n")[0])[1:-1]
