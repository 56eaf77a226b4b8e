"""What a file may be, and how one says that it cannot be read."""

LARGEST_FILE = 200 * 2**20
"""Bytes of an upload."""
LARGEST_CONTENT = 2**30
"""Bytes of an unpacked workbook; half a million rows of twelve columns unpack to about 400 MB."""
HIGHEST_RATIO = 120
"""Unpacked bytes for each packed one, past the first `RATIO_FROM`; honest sheets stay below 40."""
RATIO_FROM = 30 * 2**20
MOST_MEMBERS = 2000
MOST_ROWS = 2_000_000
MOST_COLUMNS = 300
MOST_SHEETS = 100
MOST_TABLES = 20
LONGEST_CELL = 32_767
"""Characters, which is what spreadsheets hold; a longer cell is kept as a mark and refused by its row."""
MOST_FORMULAS = 200_000
SHOWN = 80
"""Characters of a value that messages repeat."""
CHUNK_ROWS = 2000


class UnreadableFileError(ValueError):
    """The file cannot be read as a table; `code` names the sentence, `values` fill it."""

    def __init__(self, code: str, /, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
