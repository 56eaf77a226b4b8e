"""How a command says that it could not do what was asked: one sentence and an exit code, no traceback."""

from enum import IntEnum

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from sojourn.records.refusal import RefusalError, UnseenError


class Exit(IntEnum):
    """What a script can tell from a command's exit code (docs/manual/operating.md)."""

    DONE = 0
    REFUSED = 1  # a rule said no, or a check found something wrong; nothing was changed
    BAD_INPUT = 2  # the command line or a file cannot be used; nothing was changed
    NO_SITE = 3  # settings, database or a needed program are missing


class CommandFailedError(Exception):
    """A sentence that says what is wrong and what to do, with the exit code."""

    def __init__(self, sentence: str, code: Exit = Exit.BAD_INPUT) -> None:
        super().__init__(sentence)
        self.code = code


def told(error: Exception) -> tuple[str, Exit] | None:
    """The sentence and the exit code of an error that a person can do something about; None of a defect."""
    match error:
        case CommandFailedError():
            return str(error), error.code
        case RefusalError():
            return f"{error.message} ({error.code})", Exit.REFUSED
        case UnseenError():
            return "There is no such thing, or it is not yours to change.", Exit.REFUSED
        case ImproperlyConfigured():
            return str(error), Exit.NO_SITE
        case OperationalError() | ProgrammingError():
            return _of_the_database(error), Exit.NO_SITE
    return None


def _of_the_database(error: Exception) -> str:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if "no such table" in reason or "does not exist" in reason:
        return f"The database lacks a table ({reason}). `sojourn init` brings it up to date."
    return f"The database cannot be used: {reason}. `sojourn doctor` says what to do."
