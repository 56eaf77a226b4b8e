"""Habits of the house that no linter knows."""

import ast
import re
import subprocess

from house.tree import ROOT, sources

LONGEST_FILE, LONGEST_FUNCTION = 250, 40
LARGER_FOR_A_REASON: dict[str, str] = {
    "participation/models.py": "one page shows the whole path from call to attendance, with its constraints",
    "records/roles.py": "one table shows who may do what",
    "registry/models.py": "one page shows everything that is held about people",
}
"""Files past the size, each with its reason; a file that has shrunk must leave the list."""

CLOCKS = frozenset({"api/clock.py", "cli/clock.py", "web/clock.py"})
CLIENT = "client/"  # a program of others runs it: it has no clock of ours to ask
NOW = re.compile(
    r"\b(?:timezone\.(?:now|localdate|localtime)|datetime\.(?:now|utcnow|today)|date\.today|time\.time)\("
)
SIGNALS = re.compile(r"\b(?:post|pre)_(?:save|delete|init|migrate)\b|django\.dispatch|@receiver")
MACHINE = re.compile(r"/home/\w+|/root/|/Users/\w+|/tmp/\w+|[A-Z]:\\\\")
TEXTS = frozenset({".py", ".md", ".toml", ".ini", ".html", ".css", ".csv", ".sh", ".yml", ""})


def tracked_files() -> list[str]:
    """The files of the repository, as git knows them."""
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 - git is found on PATH, as anywhere
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def test_files_are_short_or_say_why() -> None:
    long = {source.path for source in sources() if len(source.lines) > LONGEST_FILE}
    assert long == set(LARGER_FOR_A_REASON)


def test_no_file_holds_the_marks_of_a_merge() -> None:
    marked = [
        name
        for name in tracked_files()
        if name.endswith((".py", ".md", ".toml", ".ini", ".html", ".po", ".csv"))
        and re.search(r"^(?:<{7}|>{7}) ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert marked == []


def test_functions_are_short() -> None:
    long = {
        f"{source.path}:{node.name}": length
        for source in sources()
        for node in source.functions()
        if (length := body_lines(node)) > LONGEST_FUNCTION
    }
    assert long == {}


def body_lines(node: ast.FunctionDef) -> int:
    """Lines from the first statement to the last, without signature and docstring."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0


def test_only_the_clocks_ask_for_the_time() -> None:
    ours = [s for s in sources() if not s.path.startswith(CLIENT)]
    asked = [f"{s.path}: {line.strip()}" for s in ours for line in s.lines if NOW.search(line)]
    assert sorted(line.split(":")[0] for line in asked) == sorted(2 * list(CLOCKS)), asked


def test_nothing_listens_to_signals() -> None:
    assert [f"{s.path}: {line.strip()}" for s in sources() for line in s.lines if SIGNALS.search(line)] == []


def test_no_model_overrides_saving_or_deleting() -> None:
    overridden = [
        f"{source.path}: {parent.name}.{method.name}"
        for source in sources()
        for parent in ast.walk(source.tree)
        if isinstance(parent, ast.ClassDef)
        for method in parent.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete"}
    ]
    assert overridden == []


def test_no_module_is_a_junk_drawer() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "services"}
    stems = {part.removesuffix(".py") for source in sources() for part in source.path.split("/")}
    assert stems & forbidden == set()


def test_no_file_names_a_path_of_somebody_s_machine() -> None:
    found = [
        f"{path}: {line.strip()[:80]}"
        for path in tracked_files()
        if (ROOT / path).suffix in TEXTS and "vendor/" not in path and path != "tests/house/test_habits.py"
        for line in (ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines()
        if MACHINE.search(line)
    ]
    assert found == []


def test_lock_has_a_hash_for_everything_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9][a-z0-9._-]*(?:\[[^]]*\])?)==.*(?:\n    --hash=.*)*", lock, re.MULTILINE)
    hashed = re.findall(
        r"^([a-z0-9][a-z0-9._-]*(?:\[[^]]*\])?)==.*\\\n    --hash=sha256:", lock, re.MULTILINE
    )
    assert len(pins) > 30
    assert hashed == pins
    assert "://" not in lock
