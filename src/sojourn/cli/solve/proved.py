"""No answer leaves before a program that shares nothing with the solver has checked it."""

from collections.abc import Sequence


class RejectedAnswer(RuntimeError):
    """The verifier objects to the solver's answer: a defect of ours, whatever the input was."""

    def __init__(self, objections: Sequence[str]) -> None:
        super().__init__("; ".join(objections))
        self.objections = list(objections)


def must_be_proved(objections: Sequence[str]) -> None:
    """Raise RejectedAnswer when the verifier has objections."""
    if objections:
        raise RejectedAnswer(objections)
