"""Every command that a document prints exists and takes those arguments; the harmless ones are run."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import ROOT
from sojourn.cli.command import COMMANDS, main
from sojourn.cli.family import Entry, Family, loaded

DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(?:sh|bash|console|shell)\n(.*?)^```", re.MULTILINE | re.DOTALL)
HARMLESS = (("plan", "check"), ("solve",))
"""Run for real when the files that they name are in the repository: they write nothing."""


def printed() -> Iterator[tuple[Path, list[str]]]:
    """Every command line of every document, without prompt, settings before it, and pipes after it."""
    for document in DOCUMENTS:
        for block in BLOCK.findall(document.read_text(encoding="utf-8")):
            for line in block.replace("\\\n", " ").splitlines():
                for part in re.split(r"\s*(?:&&|;|\|)\s*", line.removeprefix("$ ").partition(" #")[0]):
                    words = shlex.split(part)
                    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                        words.pop(0)
                    if words:
                        yield document.relative_to(ROOT), words


PRINTED = list(printed())
MADE = [(where, words) for where, words in PRINTED if words[0] == "make"]
SOJOURN = [(where, words[1:]) for where, words in PRINTED if words[0] == "sojourn"]


def name(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("where", "words"), MADE, ids=name)
def test_make_target_exists(where: Path, words: list[str]) -> None:
    asked = subprocess.run(  # noqa: S603 - the words of our own documents
        [*words, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr


@pytest.mark.parametrize(("where", "words"), SOJOURN, ids=name)
def test_sojourn_takes_the_arguments(where: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    member: Entry | Family = Family("sojourn", "", COMMANDS)
    rest = list(words)
    while isinstance(member, Family):
        if not rest or rest[0].startswith("-"):
            assert rest == ["--help"]
            return
        member = member.members[rest.pop(0)]
    command = loaded(words[0], member)
    if hasattr(command, "commands"):
        command = command.commands[rest.pop(0)]
    if "--help" not in rest:
        command.make_context(words[0], rest)  # parses everything, runs nothing


@pytest.mark.parametrize(
    "words",
    [words for _where, words in SOJOURN if any(tuple(words[: len(start)]) == start for start in HARMLESS)],
    ids=name,
)
def test_harmless_command_succeeds(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    files = [word for word in words if "/" in word]
    assert [file for file in files if not (ROOT / file).exists()] == []
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 0


def test_documents_print_commands() -> None:
    assert len(SOJOURN) > 10


def test_every_command_can_be_loaded_and_describes_itself() -> None:
    def entries(family: dict[str, Entry | Family]) -> Iterator[tuple[str, Entry]]:
        for key, member in family.items():
            if isinstance(member, Entry):
                yield key, member
            else:
                yield from entries(dict(member.members))

    undescribed = [key for key, entry in entries(COMMANDS) if not loaded(key, entry).help or not entry.help]
    assert undescribed == []
