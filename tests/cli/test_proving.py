"""`sojourn verify`: holds for what was published, fails after one changed byte, needs no site."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sojourn.cli import main
from sojourn.core.draw import DiceThrows, Opening, Ticket
from sojourn.core.proof import commitment
from sojourn.records.methods import encode_inputs, run_draw

SOURCE = DiceThrows(2_000, 6, 50, ("school-head", "regional-office"))


def inputs() -> dict[str, bytes]:
    """The frozen list of five applications for three places."""
    tickets = [Ticket(f"t{number}", 1, ("camp",), frozenset()) for number in range(5)]
    return encode_inputs({"call": "camp"}, [Opening("camp", 3, ())], tickets, SOURCE, frozen_at=1_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The proof of the draw as a folder."""
    _draw, files = run_draw(inputs(), {"throws": [1, 2, 3, 4, 5] * 10})
    proof = tmp_path / "proof"
    proof.mkdir()
    for name, content in files.items():
        (proof / name).write_bytes(content)
    return proof


def verify(*arguments: object) -> int:
    """The exit code of `sojourn verify`."""
    with pytest.raises(SystemExit) as left:
        main(["verify", *map(str, arguments)])
    return int(left.value.code or 0)


def zipped(folder: Path) -> Path:
    file = folder.with_suffix(".zip")
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"proof/{path.name}")
    return file


def test_true_proof_holds_as_folder_and_as_zip(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(folder) == 0
    assert verify(zipped(folder), "--published", commitment(inputs())) == 0
    assert capsys.readouterr().out.count("✓") == 10


def test_any_changed_byte_fails(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        at = len(whole) // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert verify(folder) == 1, path.name
        path.write_bytes(whole)
    assert verify(folder) == 0


def test_other_published_hash_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(folder, "--published", "0" * 64) == 1
    assert "published was 000" in capsys.readouterr().out


def test_missing_and_additional_files_fail(folder: Path) -> None:
    (folder / "more.csv").write_text("x\n")
    assert verify(folder) == 1
    (folder / "more.csv").unlink()
    (folder / "seed.json").unlink()
    assert verify(folder) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"\0" * 100])
def test_file_that_is_no_proof_is_one_sentence(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "proof.zip"
    file.write_bytes(content)
    assert verify(file) == 2
    assert capsys.readouterr().err.startswith(f"sojourn: {file} is neither a folder nor a whole ZIP file")


def test_zip_bomb_is_refused_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sojourn.cli.proving.LARGEST", 10_000)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * 1_000_000)
    assert verify(bomb) == 2
    assert "is no proof" in capsys.readouterr().err


def test_verify_needs_neither_key_nor_database(folder: Path) -> None:
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", "from sojourn.cli import main; main()", "verify", str(folder)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.environ.get("PYTHONPATH", "src"),
            "DATABASE_URL": "no",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
