"""What codes of the sheet engine say to people: why a file or a cell cannot be taken, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sojourn.records.refusal import Words, filled

FILES: Mapping[str, Words] = {
    "archive.bomb": _("Unpacked, this workbook is far too large (over %(largest)s MB). Save the sheet anew."),
    "archive.broken": _("This workbook is damaged or incomplete. Open it, save it again and send that."),
    "archive.entities": _("This workbook holds XML that no spreadsheet program writes. Save it anew."),
    "archive.members": _(
        "This workbook has too many parts (%(most)s at most). Save only the sheet that is meant."
    ),
    "archive.no_workbook": _("This archive is no workbook. Save the sheet as .xlsx, .ods or CSV."),
    "file.broke_reader": _(
        "This file cannot be read in the memory that a file may use. Look for a stray cell far to the right "
        "or far down, or save the sheet as CSV."
    ),
    "file.empty": _("This file holds no table. A table has a row of headers and rows below it."),
    "file.large": _("This file is larger than %(largest)s MB. Send it in parts, or as CSV."),
    "file.memory": _("This file needs more memory than a file may use. Send it in parts, or as CSV."),
    "file.no_rows": _("Below the headers there is no row. Fill in the table and send it again."),
    "file.no_table": _("This is no table but a page or a document. Save the sheet as .xlsx, .ods or CSV."),
    "file.password": _("This workbook has a password. Save it without one and send that."),
    "file.slow": _("Reading this file took longer than %(seconds)s seconds. Send it in parts, or as CSV."),
    "file.xls": _("This is an old .xls workbook. Open it, save it as .xlsx and send that."),
    "file.xlsb": _("This is a binary .xlsb workbook. Open it, save it as .xlsx and send that."),
    "json.broken": _("This file begins like JSON but is none. Save it again, in UTF-8."),
    "json.no_records": _("This JSON holds no list of records. Send a list of objects with the same keys."),
    "sheet.columns": _(
        "The sheet is %(columns)s columns wide; %(most)s can be read. Delete empty and unused columns."
    ),
    "sheet.formulas": _("The sheet holds more than %(most)s formulas. Copy it and paste the values only."),
    "sheet.rows": _("The file has more than %(most)s rows. Nothing was read of it: send it in parts."),
    "sheet.tables": _("The file holds more than %(most)s tables. Leave only those that are meant."),
    "text.encoding": _("The encoding of this text cannot be told. Save it as “CSV UTF-8”."),
    "text.quotes": _(
        "A quotation mark that begins in line %(line)s is not closed properly. Save the sheet as CSV again."
    ),
    "text.undecodable": _(
        "This file is not text in %(encoding)s. Choose another encoding, or save it as “CSV UTF-8”."
    ),
}
"""Why a file cannot be read at all."""

NOTES: Mapping[str, Words] = {
    "encoding": _("Read as text in %(encoding)s, cells separated by “%(separator)s”."),
    "hidden_columns": _("%(count)s hidden columns were not read. Show them if they are meant."),
    "hidden_rows": _("%(count)s hidden rows were not read (%(rows)s). Show them if they are meant."),
    "hidden_sheet": _("This sheet is hidden and was not read."),
    "links": _("The workbook refers to %(count)s other files. They were not opened."),
    "macros": _("The workbook holds macros. They were not run."),
    "named_otherwise": _("The name ends in %(ending)s, but the content is %(really)s, and was read as that."),
    "note_row": _("Row %(row)s stands apart with one cell: it was taken for a note and not read."),
    "repeated_header": _("Row %(row)s repeats the headers: it was not read as data."),
    "totals_row": _("Row %(row)s holds totals: it was not read as data."),
}
"""What a reader is told about a file that was read; `sheet` among the values is named before it."""

CELLS: Mapping[str, Words] = {
    "boolean": _("This is TRUE or FALSE. Write the text or number that is meant."),
    "choice": _("Write one of: %(known)s."),
    "day": _("This is no day. Write it as 2027-03-31."),
    "day_number": _("This is a number, not a date. Format the column as a date, or write 2027-03-31."),
    "day_order": _("Day and month cannot be told apart. Write 2027-03-31, or say which comes first."),
    "digits_lost": _(
        "The spreadsheet kept this as a number and lost digits. Format the column as text and write it again."
    ),
    "error": _("The formula behind this cell failed. Write the value."),
    "formula": _("This is a formula, which is never trusted. Paste the value in its place."),
    "full_width": _("Write it with plain signs: %(plain)s"),
    "identifier": _("Use 1 to %(most)s plain letters, digits, dots, hyphens and underscores."),
    "invisible": _("This holds invisible signs. Delete the cell and write it again."),
    "long": _("Shorten this to %(most)s characters."),
    "long_cell": _("This cell is longer than any cell can be. Shorten it."),
    "look_alike": _(
        "A word mixes letters of two alphabets that only look alike. Write it again in one alphabet."
    ),
    "moment": _("This has a time of day. Write the day alone, as 2027-03-31."),
    "needed": _("This must not be empty."),
    "not_text": _("This is a date or a time. Format the column as text and write what is meant."),
    "ragged": _(
        "This row has %(cells)s cells, more than there are headers. Put texts with separators in quotation "
        "marks."
    ),
    "unknown_code": _("There is no %(code)s here. Correct it, or say once what it is called now."),
    "twice": _("Row %(other)s has the same key. Keep one of the two."),
    "whole": _("Write a whole number from %(least)s to %(most)s in plain digits."),
}
"""Why a cell cannot be taken, and what to do. Kinds add their own with `add_sentences`."""

_ADDED: dict[str, Words] = {}


def add_sentences(sentences: Mapping[str, Words]) -> None:
    """The sentences of a kind's own checks."""
    _ADDED.update(sentences)


def sentence(code: str, values: Mapping[str, str | int]) -> str:
    """What a code says, in the reader's language."""
    for sentences in (CELLS, _ADDED, FILES, NOTES):
        if code in sentences:
            told = filled(sentences[code], values)
            return f"{values['sheet']}: {told}" if values.get("sheet") else told
    raise KeyError(code)
