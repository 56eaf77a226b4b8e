"""The machine and the versions that figures were measured with; nothing that names or locates it."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = ("numpy", "scipy", "ortools", "apportionment", "votelib", "algmatch", "matching", "lapx")


def described() -> str:
    """One line: processor, cores, memory, load, versions."""
    processor = _field(Path("/proc/cpuinfo"), "model name") or platform.machine()
    memory = int((_field(Path("/proc/meminfo"), "MemTotal") or "0").split()[0]) / (1 << 20)
    load = os.getloadavg()[0]
    parts = [
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, load {load:.1f}",
        f"Python {platform.python_version()}",
        *(f"{library} {found}" for library in _LIBRARIES if (found := _version(library))),
    ]
    return ", ".join(parts)


def _field(file: Path, name: str) -> str | None:
    if not file.exists():
        return None
    for line in file.read_text().splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return None


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
