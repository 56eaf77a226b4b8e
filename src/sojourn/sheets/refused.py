"""A value that cannot be taken: the code of its sentence (`sentences.py`) and what fills it."""


class BadCell(ValueError):
    """One cell that has no value in its column."""

    def __init__(self, code: str, /, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
