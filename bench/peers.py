"""The peers to compare with, in a throw-away environment: never a dependency of the project."""

import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PEERS = ("algmatch", "matching", "apportionment", "votelib", "lapx")


@contextmanager
def installed() -> Iterator[list[str]]:
    """Make the peers importable, after everything of the project's own, for as long as this lasts.

    Gives the peers that could not be installed.
    """
    with TemporaryDirectory(prefix="bench-peers-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        missing = [peer for peer in PEERS if not _install(python, peer)]
        packages = f"{folder}/lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
        sys.path.append(packages)
        try:
            yield missing
        finally:
            sys.path.remove(packages)


def _install(python: Path, peer: str) -> bool:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
