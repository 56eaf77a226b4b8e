"""`python -m bench [problem ...] [--peers]`: measure, print, and write `bench/results.md`."""

import argparse
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

from bench import machine, peers, report
from rich.console import Console

_NOT_PROBLEMS = {"__init__", "__main__", "crowd", "machine", "measuring", "peers", "report", "row"}


def problems() -> list[str]:
    """Every problem that has a module here with a `measure()`."""
    return sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in _NOT_PROBLEMS)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("problem", nargs="*", help=f"of {', '.join(problems())}; all by default")
    parser.add_argument(
        "--peers", action="store_true", help="install the peers in a throw-away environment first"
    )
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.problem) - set(problems()))
    if unknown:
        parser.error(f"unknown problem {', '.join(unknown)}: choose of {', '.join(problems())}")
    console = Console()
    with peers.installed() if chosen.peers else nullcontext([]) as missing:
        if missing:
            console.print(f"Not to be installed here, and so not compared: {', '.join(missing)}")
        for problem in chosen.problem or problems():
            described = machine.described()
            rows = list(import_module(f"bench.{problem}").measure())
            console.print(report.printed(problem, rows))
            report.write(problem, rows, described)


if __name__ == "__main__":
    main()
