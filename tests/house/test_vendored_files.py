"""What others wrote is what they published, with its licence beside it."""

import hashlib
import json
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src/sojourn/web"
MANIFEST = json.loads((WEB / "static/vendor/manifest.json").read_text(encoding="utf-8"))
FOLDERS = ("static/vendor", "templates/icons")


@pytest.mark.parametrize("path", sorted(MANIFEST))
def test_vendored_file_has_the_recorded_hash(path: str) -> None:
    assert hashlib.sha256((WEB / path).read_bytes()).hexdigest() == MANIFEST[path]["sha256"]


def test_every_vendored_file_is_recorded() -> None:
    present = {
        file.relative_to(WEB).as_posix()
        for folder in FOLDERS
        for file in (WEB / folder).rglob("*")
        if file.is_file()
    }
    assert present - {"static/vendor/manifest.json"} == set(MANIFEST)


def test_every_vendored_package_ships_its_licence() -> None:
    packages = {row["package"] for row in MANIFEST.values()}
    licensed = {row["package"] for path, row in MANIFEST.items() if path.endswith("/LICENSE")}
    assert licensed == packages


def test_no_vendored_style_or_script_points_at_a_source_map() -> None:
    texts = [WEB / path for path in MANIFEST if path.endswith((".css", ".js"))]
    assert [path.name for path in texts if b"sourceMappingURL" in path.read_bytes()] == []
