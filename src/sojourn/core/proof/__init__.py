"""A run as a folder of canonical files that anyone can check without trusting whoever ran it.

`build` writes the folder (as a mapping from file name to content), `commitment` is the one hash that is
published before the seed is known, and `check` recomputes everything from the folder alone. What a method
computes is handed in as a `Method`; this package knows files, hashes and differences, not allocation.
"""

from sojourn.core.proof.canonical import (
    ProofError,
    canonical_csv,
    canonical_json,
    read_csv,
    read_json,
    sha256_hex,
)
from sojourn.core.proof.check import Check, Code, Fault, Report, check
from sojourn.core.proof.folder import FORMAT, Manifest, Method, Solved, build, commitment

__all__ = [
    "FORMAT",
    "Check",
    "Code",
    "Fault",
    "Manifest",
    "Method",
    "ProofError",
    "Report",
    "Solved",
    "build",
    "canonical_csv",
    "canonical_json",
    "check",
    "commitment",
    "read_csv",
    "read_json",
    "sha256_hex",
]
