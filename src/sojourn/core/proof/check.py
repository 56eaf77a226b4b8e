"""Recomputing a proof from its files alone, and saying what was checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sojourn.core.proof.canonical import ProofError, canonical_json, read_json, sha256_hex
from sojourn.core.proof.folder import CERTIFICATE, MANIFEST, SEED, Manifest, Method, commitment


class Code(StrEnum):
    """The kinds of fault."""

    MISSING = "missing"  # a file that should be there is not
    UNLISTED = "unlisted"  # a file that the manifest does not know
    CHANGED = "changed"  # a file whose hash is another one
    MALFORMED = "malformed"  # a file that cannot be read as what it should be
    UNKNOWN_METHOD = "unknown_method"  # a method or version that this program does not have
    WRONG_COMMITMENT = "wrong_commitment"  # the inputs are not those that were committed to
    DIFFERS = "differs"  # a file that differs from the recomputed one
    UNSOUND = "unsound"  # the verifier objects


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: its kind, the file, and what was found in words."""

    code: Code
    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check and its faults; `ran` is false where a fault of an earlier one made it impossible."""

    name: str  # manifest, hashes, commitment, replay or certificate
    ran: bool
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Made, and nothing found."""
        return self.ran and not self.faults


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, in order; `commitment` is what the inputs hash to (None: not all are there)."""

    checks: tuple[Check, ...]
    method: str | None
    commitment: str | None

    @property
    def ok(self) -> bool:
        """Every check was made and found nothing."""
        return all(check.ok for check in self.checks)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults of all checks."""
        return tuple(fault for check in self.checks for fault in check.faults)


def check(
    files: Mapping[str, bytes], methods: Mapping[str, Method], *, published: str | None = None
) -> Report:
    """Check a proof: its files by name, the methods that this program has by code.

    `manifest`: it is there and of the known format, and names a known method. `hashes`: exactly the listed
    files are there, each unchanged. `commitment`: the inputs hash to the manifest's commitment, and to
    `published`, the one that was announced before the seed was known, where it is given; without it a
    folder could have been rewritten as a whole. `replay`: the outcome recomputed from inputs and seed is
    the outcome byte by byte. `certificate`: so is the certificate, and the method's verifier agrees.

    Never raises for what the files hold: everything wrong is a fault of the report.
    """
    manifest, head = _manifest(files, methods)
    if manifest is None:
        later = ("hashes", "commitment", "replay", "certificate")
        return Report((head, *(Check(name, ran=False) for name in later)), None, None)
    hashes = Check("hashes", ran=True, faults=tuple(_hash_faults(files, manifest)))
    inputs = {name: files[name] for name in manifest.inputs if name in files}
    found = commitment(inputs) if len(inputs) == len(manifest.inputs) else None
    committed = Check("commitment", ran=True, faults=tuple(_commitment_faults(found, manifest, published)))
    replay, certificate = _recomputed(files, manifest, methods.get(manifest.method))
    return Report((head, hashes, committed, replay, certificate), manifest.method, found)


def _manifest(files: Mapping[str, bytes], methods: Mapping[str, Method]) -> tuple[Manifest | None, Check]:
    if MANIFEST not in files:
        return None, _failed("manifest", Code.MISSING, MANIFEST, "the folder has no manifest")
    try:
        manifest = Manifest.from_bytes(files[MANIFEST])
    except ProofError as error:
        return None, _failed("manifest", Code.MALFORMED, MANIFEST, str(error))
    if unknown := sorted(set(manifest.inputs) - set(manifest.files)):
        message = f"inputs that are no files of the manifest: {', '.join(unknown)}"
        return None, _failed("manifest", Code.MALFORMED, MANIFEST, message)
    if manifest.method not in methods:
        message = (
            f"the method is {ascii(manifest.method)[:60]}; this program knows {', '.join(sorted(methods))}"
        )
        return manifest, _failed("manifest", Code.UNKNOWN_METHOD, MANIFEST, message)
    return manifest, Check("manifest", ran=True)


def _hash_faults(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[Fault]:
    for name in sorted({*files, *manifest.files} - {MANIFEST}):
        if name not in files:
            yield Fault(Code.MISSING, name, "the manifest lists this file, but it is not there")
        elif name not in manifest.files:
            yield Fault(Code.UNLISTED, name, "the manifest does not list this file")
        elif (found := sha256_hex(files[name])) != manifest.files[name]:
            yield Fault(
                Code.CHANGED, name, f"its SHA-256 is {found}, the manifest says {manifest.files[name]}"
            )


def _commitment_faults(found: str | None, manifest: Manifest, published: str | None) -> Iterator[Fault]:
    if found != manifest.commitment:
        told = f"they hash to {found}" if found else "some of them are missing"
        yield Fault(
            Code.WRONG_COMMITMENT,
            MANIFEST,
            f"the inputs were committed to as {manifest.commitment}, but {told}",
        )
    if published is not None and found != published.strip().lower():
        yield Fault(Code.WRONG_COMMITMENT, MANIFEST, f"the inputs hash to {found}, published was {published}")


def _recomputed(files: Mapping[str, bytes], manifest: Manifest, method: Method | None) -> tuple[Check, Check]:
    """The checks `replay` and `certificate`."""
    skipped = Check("replay", ran=False), Check("certificate", ran=False)
    if method is None or not {*manifest.inputs, SEED} <= set(files):
        return skipped
    inputs = {name: files[name] for name in manifest.inputs}
    known = {*manifest.inputs, SEED, CERTIFICATE, MANIFEST}
    outcome = {name: content for name, content in files.items() if name not in known}
    try:
        seed = _object(files[SEED])
        solved = method.solve(inputs, seed)
    except ValueError as error:
        message = f"inputs and seed cannot be run again: {error}"
        return _failed("replay", Code.MALFORMED, MANIFEST, message), skipped[1]
    replay = Check("replay", ran=True, faults=tuple(_differences(outcome, solved.outcome)))
    told = {CERTIFICATE: files[CERTIFICATE]} if CERTIFICATE in files else {}
    faults = list(_differences(told, {CERTIFICATE: canonical_json(solved.certificate)}))
    try:
        objections = method.verify(inputs, seed, outcome)
    except ValueError as error:
        faults.append(Fault(Code.MALFORMED, MANIFEST, f"the outcome cannot be read: {error}"))
    else:
        faults += [Fault(Code.UNSOUND, MANIFEST, objection) for objection in objections]
    return replay, Check("certificate", ran=True, faults=tuple(faults))


def _object(content: bytes) -> Mapping[str, object]:
    seed = read_json(content)
    if not isinstance(seed, dict):
        raise ProofError("the seed file holds no object")
    return seed


def _differences(found: Mapping[str, bytes], recomputed: Mapping[str, bytes]) -> Iterator[Fault]:
    for name in sorted({*found, *recomputed}):
        if name not in found:
            yield Fault(Code.MISSING, name, "the run gives this file, but it is not there")
        elif name not in recomputed:
            yield Fault(Code.UNLISTED, name, "the run gives no such file")
        elif found[name] != recomputed[name]:
            line = _first_different_line(found[name], recomputed[name])
            yield Fault(Code.DIFFERS, name, f"recomputing gives another content from line {line} on")


def _first_different_line(found: bytes, recomputed: bytes) -> int:
    pairs = zip(found.split(b"\n"), recomputed.split(b"\n"), strict=False)
    same = next((at for at, (ours, theirs) in enumerate(pairs) if ours != theirs), None)
    return 1 + (min(found.count(b"\n"), recomputed.count(b"\n")) if same is None else same)


def _failed(name: str, code: Code, file: str, message: str) -> Check:
    return Check(name, ran=True, faults=(Fault(code, file, message),))
