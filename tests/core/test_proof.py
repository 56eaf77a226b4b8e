"""Proofs: one way to write content down, and nothing changed goes unnoticed."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.draw_cases import steady
from sojourn.core.proof import (
    Code,
    Method,
    ProofError,
    Report,
    Solved,
    build,
    canonical_csv,
    canonical_json,
    check,
    commitment,
    read_csv,
    read_json,
    sha256_hex,
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8"), max_size=8)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé", max_size=3), inner)
)


def count(inputs: Mapping[str, bytes], seed: Mapping[str, object]) -> Solved:
    """A method for these tests: how many bytes there are, plus the seed."""
    offset = seed.get("offset")
    if not isinstance(offset, int):
        raise ProofError("seed.json must hold a whole number offset")
    total = sum(map(len, inputs.values())) + offset
    return Solved({"total.csv": canonical_csv(["total"], [[total]])}, {"total": total})


def object_to_odd(
    inputs: Mapping[str, bytes], seed: Mapping[str, object], outcome: Mapping[str, bytes]
) -> list[str]:
    _, [[total]] = read_csv(outcome["total.csv"]) if "total.csv" in outcome else ([], [["1"]])
    return [] if int(total) % 2 == 0 else [f"{total} is odd"]


METHODS = {"count/1": Method("count/1", count, object_to_odd)}
INPUTS = {"rules.json": canonical_json({"a": 1}), "entries.csv": canonical_csv(["id"], [["x"]])}
SEED = {"offset": 7}


def proof(**changed: bytes) -> dict[str, bytes]:
    solved = count(INPUTS, SEED)
    files = build("count/1", INPUTS, SEED, solved.outcome, solved.certificate, sojourn_version="0.1.0")
    return files | {name.replace("__", "."): content for name, content in changed.items()}


def resealed(files: dict[str, bytes], /, **entries: object) -> dict[str, bytes]:
    """The proof with another manifest, sealed as a forger would."""
    old: dict[str, Any] = json.loads(files["manifest.json"])
    told = {name: entry for name, entry in {**old, **entries}.items() if name != "seal"}
    hashes = {name: sha256_hex(content) for name, content in files.items() if name != "manifest.json"}
    told["files"] = entries.get("files", hashes)
    return {**files, "manifest.json": canonical_json({**told, "seal": sha256_hex(canonical_json(told))})}


def codes(report: Report, check_name: str) -> list[tuple[Code, str]]:
    [found] = [check for check in report.checks if check.name == check_name]
    return [(fault.code, fault.file) for fault in found.faults]


@steady
@given(VALUES)
def test_canonical_json_reads_back_and_says_the_same_again(value: object) -> None:
    try:
        content = canonical_json(value)
    except ProofError as error:
        assert "there twice" in str(error)  # noqa: PT017 - the only way in which such a value can be refused
        return
    again = read_json(content)
    assert canonical_json(again) == content
    assert content.endswith(b"\n")


@steady
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=2, max_size=2)))
def test_canonical_csv_reads_back_and_says_the_same_again(rows: list[list[str]]) -> None:
    content = canonical_csv(["a", "b"], rows)
    header, read = read_csv(content)
    assert header == ["a", "b"]
    assert canonical_csv(header, read) == content


def test_canonical_json_by_example() -> None:
    value = {"b": [True, None, -3], "a": 'e\u0301 "\n', "é": {}}
    assert canonical_json(value) == '{"a":"é \\"\\n","b":[true,null,-3],"é":{}}\n'.encode()


def test_canonical_csv_by_example() -> None:
    content = canonical_csv(["id", "a,b"], [["x", 3], ['say "é"', "two\nlines"], ["", ""]])
    assert content == 'id,"a,b"\nx,3\n"say ""é""","two\nlines"\n,\n'.encode()
    assert canonical_csv(["id"], [[""]]) == b'id\n""\n'
    assert read_csv(b'id\n""\n') == (["id"], [[""]])


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        float("inf"),
        2**53,
        [-(10**5000)],
        {1: 2},
        {"a": object()},
        "\ud800",
        b"x",
        {"é": 1, "e\u0301": 2},
    ],
)
def test_value_without_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ProofError):
        canonical_json(value)


def test_value_nested_too_deeply_is_refused() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(ProofError, match="nested too deeply"):
        canonical_json(value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"a":1}',
        b'{"a": 1}\n',
        b'{"b":1,"a":2}\n',
        b'{"a":1,"a":1}\n',
        b'{"a":1.0}\n',
        b'{"a":1e400}\n',
        b'{"a":NaN}\n',
        b'"\\ud800"\n',
        b'"\xff"\n',
        b"9" * 5000 + b"\n",
        b"[" * 100_000,
        '\ufeff{"a":1}\n'.encode(),
        '"e\u0301"\n'.encode(),
    ],
)
def test_json_that_is_not_canonical_is_refused(content: bytes) -> None:
    with pytest.raises(ProofError, match="not canonical JSON"):
        read_json(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b",
        b"a,b\r\n",
        b'a,"b"\n',
        b"a,b\n1\n",
        b"a,a\n",
        b'a,b\n"x,1\n',
        b"a\n\xff\n",
        b"a\n" + b"x" * 200_000 + b"\n",
    ],
)
def test_csv_that_is_not_canonical_is_refused(content: bytes) -> None:
    with pytest.raises(ProofError, match="not canonical CSV"):
        read_csv(content)


@pytest.mark.parametrize(
    "rows", [[["x"]], [["x", 1.5]], [["x", None]], [["x", True]], [["x", 2**60]], [["x", "\ud800"]]]
)
def test_row_without_canonical_form_is_refused(rows: list[list[Any]]) -> None:
    with pytest.raises(ProofError):
        canonical_csv(["a", "b"], rows)


def test_commitment_is_what_sha256sum_prints_hashed_again() -> None:
    lines = "".join(f"{sha256(INPUTS[name]).hexdigest()}  {name}\n" for name in ["entries.csv", "rules.json"])
    assert commitment(INPUTS) == sha256(lines.encode()).hexdigest()
    assert commitment(dict(reversed(INPUTS.items()))) == commitment(INPUTS)


@pytest.mark.parametrize("inputs", [{}, {"../x.csv": b""}, {"X.csv": b""}, {"x": b""}, {"a\n.csv": b""}])
def test_commitment_to_nothing_or_to_odd_names_is_refused(inputs: dict[str, bytes]) -> None:
    with pytest.raises(ProofError):
        commitment(inputs)


def test_sound_proof_passes_every_check() -> None:
    report = check(proof(), METHODS, published=commitment(INPUTS))
    assert report.ok
    assert [check.name for check in report.checks] == [
        "manifest",
        "hashes",
        "commitment",
        "replay",
        "certificate",
    ]
    assert report.commitment == commitment(INPUTS)


def test_every_changed_byte_fails() -> None:
    files = proof()
    for name, content in files.items():
        for at in range(len(content)):
            forged = bytearray(content)
            forged[at] ^= 1
            assert not check({**files, name: bytes(forged)}, METHODS).ok, (name, at)


@pytest.mark.parametrize("name", sorted(proof()))
def test_missing_file_is_named(name: str) -> None:
    files = {kept: content for kept, content in proof().items() if kept != name}
    report = check(files, METHODS)
    assert not report.ok
    assert (Code.MISSING, name) in [(fault.code, fault.file) for fault in report.faults]


def test_unlisted_file_is_named() -> None:
    report = check(proof(extra__csv=b"a\n"), METHODS)
    assert codes(report, "hashes") == [(Code.UNLISTED, "extra.csv")]
    assert codes(report, "replay") == [(Code.UNLISTED, "extra.csv")]


def test_forged_outcome_with_fitting_hashes_differs_from_the_recomputed() -> None:
    forged = resealed(proof(total__csv=canonical_csv(["total"], [[3]])))
    report = check(forged, METHODS)
    assert codes(report, "hashes") == []
    assert codes(report, "replay") == [(Code.DIFFERS, "total.csv")]
    assert codes(report, "certificate") == [(Code.UNSOUND, "manifest.json")]


def test_inputs_rewritten_after_publication_miss_the_published_commitment() -> None:
    inputs = {**INPUTS, "entries.csv": canonical_csv(["id"], [["friend"]])}
    solved = count(inputs, SEED)
    files = build("count/1", inputs, SEED, solved.outcome, solved.certificate, sojourn_version="0.1.0")
    assert codes(check(files, METHODS), "commitment") == []
    report = check(files, METHODS, published=commitment(INPUTS))
    assert codes(report, "commitment") == [(Code.WRONG_COMMITMENT, "manifest.json")]


def test_inputs_changed_under_the_old_commitment_are_named() -> None:
    forged = resealed(proof(entries__csv=canonical_csv(["id"], [["y"]])))
    assert codes(check(forged, METHODS), "commitment") == [(Code.WRONG_COMMITMENT, "manifest.json")]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"method": "count/2"}, Code.UNKNOWN_METHOD),
        ({"format": "sojourn-proof/9"}, Code.MALFORMED),
        ({"commitment": "0" * 63}, Code.MALFORMED),
        ({"inputs": []}, Code.MALFORMED),
        ({"inputs": ["rules.json", "rules.json"]}, Code.MALFORMED),
        ({"inputs": ["absent.json"]}, Code.MALFORMED),
        ({"files": {"../etc.json": "0" * 64}}, Code.MALFORMED),
        ({"colour": 1}, Code.MALFORMED),
    ],
)
def test_manifest_of_another_form_is_a_fault(entries: dict[str, object], code: Code) -> None:
    assert codes(check(resealed(proof(), **entries), METHODS), "manifest") == [(code, "manifest.json")]


@pytest.mark.parametrize("content", [b"", b"\xff", b"[1]\n", b'{"offset":"x"}\n', b'{"offset":1e999}\n'])
def test_seed_that_cannot_be_read_is_a_fault_of_the_replay(content: bytes) -> None:
    report = check(resealed(proof(seed__json=content)), METHODS)
    assert codes(report, "replay") == [(Code.MALFORMED, "manifest.json")]


def test_outcome_that_cannot_be_read_is_a_fault_of_the_certificate() -> None:
    report = check(resealed(proof(total__csv=b"\xff")), METHODS)
    assert (Code.MALFORMED, "manifest.json") in codes(report, "certificate")


def test_empty_folder_is_a_fault_and_nothing_more_is_claimed() -> None:
    report = check({}, METHODS)
    assert not report.ok
    assert [check.ran for check in report.checks] == [True, False, False, False, False]


def test_build_refuses_a_name_used_twice() -> None:
    with pytest.raises(ProofError, match=r"used twice: rules\.json"):
        build("count/1", INPUTS, SEED, {"rules.json": b""}, {}, sojourn_version="0.1.0")
    with pytest.raises(ProofError, match=r"used twice: seed\.json"):
        build("count/1", INPUTS, SEED, {"seed.json": b""}, {}, sojourn_version="0.1.0")
