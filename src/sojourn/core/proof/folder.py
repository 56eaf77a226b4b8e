"""The files of a proof and the manifest that binds them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sojourn.core.proof.canonical import ProofError, canonical_json, read_json, sha256_hex

FORMAT = "sojourn-proof/1"
MANIFEST = "manifest.json"
SEED = "seed.json"
CERTIFICATE = "certificate.json"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:json|csv)")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Solved:
    """What a method computes from frozen inputs and a seed: outcome files, and facts that certify them."""

    outcome: Mapping[str, bytes]
    certificate: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of allocation as a proof sees it.

    `solve(inputs, seed)` recomputes the outcome; `verify(inputs, seed, outcome)` names what is wrong with
    outcome files by other means than recomputing them the same way (empty: nothing). `inputs` and `outcome`
    map names to contents, `seed` is the object of `seed.json`. Both raise ValueError, and nothing else,
    for files that they cannot read.
    """

    code: str
    solve: Callable[[Mapping[str, bytes], Mapping[str, object]], Solved]
    verify: Callable[[Mapping[str, bytes], Mapping[str, object], Mapping[str, bytes]], list[str]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says: method, version, every file's SHA-256, which were frozen, their hash.

    The file carries a `seal` besides, the SHA-256 of itself without the seal, so that no byte of the
    folder can change unnoticed.
    """

    method: str
    sojourn_version: str
    files: Mapping[str, str]
    inputs: tuple[str, ...]
    commitment: str

    def to_bytes(self) -> bytes:
        """The file itself."""
        entries = {
            "format": FORMAT,
            "method": self.method,
            "sojourn_version": self.sojourn_version,
            "files": self.files,
            "inputs": self.inputs,
            "commitment": self.commitment,
        }
        return canonical_json({**entries, "seal": sha256_hex(canonical_json(entries))})

    @classmethod
    def from_bytes(cls, content: bytes) -> "Manifest":
        """The manifest of a file; `ProofError` where it is not one of this format."""
        match read_json(content):
            case {"format": str(format_)} if format_ != FORMAT:
                raise ProofError(f"this program reads the format {FORMAT}, not {ascii(format_)[1:41]}")
            case {
                "format": str(),
                "method": str(method),
                "sojourn_version": str(version),
                "files": dict(files),
                "inputs": list(inputs),
                "commitment": str(commitment_),
                "seal": str(),
                **others,
            } if not others and _sound(files, inputs) and _HASH.fullmatch(commitment_):
                manifest = cls(method, version, files, tuple(inputs), commitment_)
            case _:
                raise ProofError("the manifest lacks an entry, or one is not of its form: see the manual")
        if manifest.to_bytes() != content:
            raise ProofError("the seal does not fit: the manifest was changed after it was written")
        return manifest


def commitment(inputs: Mapping[str, bytes]) -> str:
    """The one hash that is published before the seed is known: it fixes every input file.

    SHA-256 of the lines `<sha256>  <name>`, ascending by name, which is what
    `LC_ALL=C sha256sum entries.csv rules.json ... | sha256sum` prints. Raises `ProofError` for no files at
    all and for names that are not lower-case letters, digits, `_`, `-` and `.json` or `.csv`.
    """
    if not inputs:
        raise ProofError("there are no input files: nothing can be frozen")
    _refuse_names(inputs)
    lines = (f"{sha256_hex(inputs[name])}  {name}\n" for name in sorted(inputs))
    return sha256_hex("".join(lines).encode())


def build(
    method: str,
    inputs: Mapping[str, bytes],
    seed: Mapping[str, object],
    outcome: Mapping[str, bytes],
    certificate: Mapping[str, object],
    *,
    sojourn_version: str,
) -> dict[str, bytes]:
    """All files of a proof by name: inputs, `seed.json`, outcome, `certificate.json`, `manifest.json`.

    Raises `ProofError` for names of another form or used twice.
    """
    if twice := sorted((set(inputs) & set(outcome)) | ({*inputs, *outcome} & {MANIFEST, SEED, CERTIFICATE})):
        raise ProofError(f"these file names are used twice: {', '.join(twice)}")
    _refuse_names(outcome)
    files = {
        **inputs,
        SEED: canonical_json(seed),
        **outcome,
        CERTIFICATE: canonical_json(certificate),
    }
    hashes = {name: sha256_hex(content) for name, content in files.items()}
    manifest = Manifest(method, sojourn_version, hashes, tuple(sorted(inputs)), commitment(inputs))
    return {**files, MANIFEST: manifest.to_bytes()}


def _refuse_names(files: Mapping[str, bytes]) -> None:
    if odd := sorted(ascii(name) for name in files if not _NAME.fullmatch(name)):
        raise ProofError(f"these are no names of proof files: {', '.join(odd)}")


def _sound(files: Mapping[object, object], inputs: list[object]) -> bool:
    listed = all(isinstance(name, str) and _NAME.fullmatch(name) for name in files)
    hashed = all(isinstance(hash_, str) and _HASH.fullmatch(hash_) for hash_ in files.values())
    named = all(isinstance(name, str) for name in inputs) and len(set(inputs)) == len(inputs) > 0
    return listed and hashed and named and {SEED, CERTIFICATE} <= set(files) and MANIFEST not in files
