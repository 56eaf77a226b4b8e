"""Measured rows as a table in the terminal and in `bench/results.md`, one section for each problem."""

from collections.abc import Sequence
from pathlib import Path

from bench.row import Row
from rich.table import Table

RESULTS = Path(__file__).with_name("results.md")
HEAD = ("size", "ours", "limit", "reached", "memory", "quality", "peer", "peer's time", "ratio")
_TITLE = """# Benchmark results

Written by `make bench`; times are medians. The ratio is the peer's time over ours, in the same run.
"""


def printed(problem: str, rows: Sequence[Row]) -> Table:
    """The rows as a table for the terminal."""
    table = Table(*HEAD, title=problem)
    for row in rows:
        table.add_row(*_cells(row))
    return table


def write(problem: str, rows: Sequence[Row], machine: str) -> None:
    """Replace the section of a problem in the results, leaving the others as they are."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _TITLE
    title, *others = text.split("\n## ")
    sections = {section.partition("\n")[0]: section.rstrip() for section in others}
    sections[problem] = f"{problem}\n\n{machine}\n\n{_markdown(rows)}"
    body = "".join(f"\n## {sections[name]}\n" for name in sorted(sections))
    RESULTS.write_text(title.rstrip() + "\n" + body, encoding="utf-8")


def _markdown(rows: Sequence[Row]) -> str:
    lines = [HEAD, ("---",) * len(HEAD), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    reached = "" if row.limit_s is None else "yes" if row.ours_s <= row.limit_s else "no"
    return (
        row.size,
        _time(row.ours_s),
        _time(row.limit_s),
        reached,
        "" if row.memory_mib is None else f"{row.memory_mib:,.0f} MiB",
        row.quality,
        row.peer,
        _time(row.peer_s),
        "" if row.ratio is None else f"{row.ratio:,.1f}",
    )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"
