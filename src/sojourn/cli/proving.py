"""`sojourn verify`: recompute a published proof, with no database, no settings and no network."""

import zipfile
import zlib
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.core.proof import Report
from sojourn.records.methods import check_proof

LARGEST = 200 * 2**20
"""Bytes of all files together: the proof of a draw of 500,000 tickets has about 60 MB."""
MOST_FILES = 50
WHAT = {
    "manifest": "the list of files is whole and names a known method",
    "hashes": "every file has the hash that the list says",
    "commitment": "the inputs are those that were committed to",
    "replay": "running the method again gives the same outcome, byte by byte",
    "certificate": "the separate verifier agrees with the outcome",
}
console = Console(highlight=False, soft_wrap=True)


def verify(
    proof: Annotated[Path, typer.Argument(help="The proof: a folder, or the ZIP file as downloaded.")],
    published: Annotated[
        str | None, typer.Option(help="The hash that was published before the seed was known.")
    ] = None,
) -> None:
    """Recompute a proof from its files alone and say what was checked; exit 1 when anything is wrong."""
    files = _from_folder(proof) if proof.is_dir() else _from_zip(proof)
    report = check_proof(files, published=published)
    _tell(report, published)
    raise typer.Exit(Exit.DONE if report.ok else Exit.REFUSED)


def _tell(report: Report, published: str | None) -> None:
    for check in report.checks:
        mark = "[green]✓[/]" if check.ok else "[red]✗[/]" if check.ran else "[yellow]-[/]"
        words = WHAT.get(check.name, check.name)
        console.print(f"{mark} {words}{'' if check.ran else ' (not checked: an earlier check failed)'}")
        for fault in check.faults:
            console.print(f"    [red]{escape(fault.file)}[/]: {escape(fault.message)}")
    console.print(f"method {escape(str(report.method))}, commitment {report.commitment}")
    if not report.ok:
        console.print("[bold red]This proof does not hold.[/]")
    elif published is None:
        console.print(
            "[bold green]The proof holds.[/] Compare the commitment with the one published before the draw "
            "(--published HASH): only that shows that the whole was not rewritten afterwards."
        )
    else:
        console.print("[bold green]The proof holds, and is the one that was committed to.[/]")


def _from_folder(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    _refuse_too_much(folder, len(paths), sum(path.stat().st_size for path in paths))
    try:
        return {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        raise CommandFailedError(f"{error.filename} cannot be read: {error.strerror}.") from error


def _from_zip(file: Path) -> dict[str, bytes]:
    """The files of a ZIP, read within bounds whatever sizes it claims."""
    files: dict[str, bytes] = {}
    left = LARGEST
    try:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                with archive.open(info) as member:
                    content = member.read(left + 1)
                left -= len(content)
                name = info.filename.rpartition("/")[2]
                _refuse_too_much(file, len(files) + 1, LARGEST - left)
                if name in files:
                    raise CommandFailedError(f"{file} holds {name} twice. Download it again.")
                files[name] = content
    except OSError as error:
        raise CommandFailedError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise CommandFailedError(f"{file} is neither a folder nor a whole ZIP file: {error}.") from error
    return files


def _refuse_too_much(proof: Path, files: int, size: int) -> None:
    if files > MOST_FILES or size > LARGEST:
        raise CommandFailedError(
            f"{proof} is no proof: it holds more than {MOST_FILES} files or {LARGEST // 2**20} MB."
        )
