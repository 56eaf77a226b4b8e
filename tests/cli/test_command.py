"""The command line as a whole: one sentence instead of a traceback, and an exit code that tells why."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from sojourn.cli import main
from sojourn.cli.failing import CommandFailedError, Exit, told
from sojourn.records.refusal import RefusalError, UnseenError


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


def test_list_of_commands_is_printed_without_loading_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    printed = capsys.readouterr().out
    for command in ("init", "serve", "plan", "import", "run", "verify", "solve", "worker", "tick", "doctor"):
        assert f" {command} " in printed


def test_misspelt_command_is_named_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plan", "chek") == 2
    assert "check" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "sentence", "code"),
    [
        (CommandFailedError("No such file."), "No such file.", Exit.BAD_INPUT),
        (RefusalError("offer.lapsed", "It has lapsed."), "It has lapsed. (offer.lapsed)", Exit.REFUSED),
        (UnseenError(), "There is no such thing, or it is not yours to change.", Exit.REFUSED),
        (ImproperlyConfigured("Set a key."), "Set a key.", Exit.NO_SITE),
        (
            OperationalError("no such table: plan_plan"),
            "The database lacks a table (no such table: plan_plan). `sojourn init` brings it up to date.",
            Exit.NO_SITE,
        ),
        (
            OperationalError("connection refused\nIs it running?"),
            "The database cannot be used: connection refused. `sojourn doctor` says what to do.",
            Exit.NO_SITE,
        ),
    ],
)
def test_error_that_can_be_mended_is_a_sentence(error: Exception, sentence: str, code: Exit) -> None:
    assert told(error) == (sentence, code)


def test_defect_keeps_its_traceback() -> None:
    assert told(ZeroDivisionError()) is None
