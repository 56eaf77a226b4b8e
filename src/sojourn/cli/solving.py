"""The command `sojourn solve PROBLEM FILE|-`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sojourn.cli.solve import PROBLEMS, Answer, refusal, run
from sojourn.cli.solve.faults import Fault


def solve(
    problem: Annotated[str, typer.Argument(help=f"One of: {', '.join(PROBLEMS)}.")],
    file: Annotated[str, typer.Argument(help="A JSON file, or - for the standard input.")],
) -> None:
    """Solve an allocation problem given as JSON and print the answer as JSON.

    Exit code 0 with the answer on the standard output; 2 with every fault of the input, each with its JSON
    path, as JSON on the standard error.
    """
    answer = _answer(problem, file)
    typer.echo(answer.stdout.encode(), nl=False)
    typer.echo(answer.stderr.encode(), nl=False, err=True)
    raise typer.Exit(answer.exit_code)


def _answer(problem: str, file: str) -> Answer:
    try:
        source = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        return refusal([Fault("file", f"{file!r} cannot be read: {reason}")])
    return run(problem, source)
