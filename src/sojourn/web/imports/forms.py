"""The forms of an import: the file, and how its columns are to be read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.sheets.columns import Choice, Column
from sojourn.sheets.kinds import Kind
from sojourn.sheets.matching import Mapped
from sojourn.sheets.models import Import
from sojourn.sheets.reading.limits import LARGEST_FILE
from sojourn.web.wording import in_language

ACCEPTED = ".xlsx,.xlsm,.ods,.csv,.tsv,.txt,.json"
ENCODINGS = [
    ("", _("Find out")),
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030 / GBK"),
    ("big5", "Big5"),
    ("cp1252", "Windows-1252"),
    ("mac_roman", "Mac Roman"),
    ("utf-16", "UTF-16"),
]
ORDERS = [("", "—"), ("day", _("day first: 31/12/2027")), ("month", _("month first: 12/31/2027"))]


class FileForm(forms.Form):
    """A file, and within what its rows are to be."""

    scope = forms.ChoiceField(label=_("For"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("An XLSX or ODS workbook, a CSV or JSON file of at most 200 MB. Nothing is written yet."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a text file"),
        help_text=_("Choose one only if names came out garbled."),
        choices=ENCODINGS,
        required=False,
    )

    def __init__(
        self, *arguments: Any, scopes: Sequence[tuple[str, Mapping[str, str]]], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(code, in_language(names)) for code, names in scopes]
        if len(scopes) == 1:
            field.widget = forms.HiddenInput()
            field.initial = scopes[0][0]

    def clean_file(self) -> Any:
        """A file that is not too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 200 MB. Send it in parts."))
        return file


class MappingForm(forms.Form):
    """For each column of the kind: where it is in the file, or one value for all rows."""

    table = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *arguments: Any, kind: Kind, importing: Import, table: int, **named: Any) -> None:
        mapped: Mapped = named.pop("mapped")
        super().__init__(*arguments, **named)
        self.kind = kind
        self.fields["table"].initial = table
        columns = importing.tables[table]["columns"]
        places = [("", _("— not in the file —"))] + [
            (str(place), _with_sample(column)) for place, column in enumerate(columns)
        ]
        for column in kind.columns:
            self.fields[f"column-{column.name}"] = forms.ChoiceField(
                label=str(column.title),
                choices=places,
                required=False,
                initial=str(mapped["columns"].get(column.name, "")),
            )
            self.fields[f"fixed-{column.name}"] = _fixed_field(column, mapped)
            if column.type.needs_day_order:
                self.fields[f"order-{column.name}"] = forms.ChoiceField(
                    label=_("Order of day and month"),
                    choices=ORDERS,
                    required=False,
                    initial=mapped["orders"].get(column.name, ""),
                )

    def rows(self) -> list[dict[str, Any]]:
        """Each column with its fields, for a table of them."""
        return [
            {
                "column": column,
                "place": self[f"column-{column.name}"],
                "fixed": self[f"fixed-{column.name}"],
                "order": self[f"order-{column.name}"] if column.type.needs_day_order else None,
            }
            for column in self.kind.columns
        ]

    def mapping(self) -> Mapped:
        """What was filled in, as the engine keeps it."""
        cleaned = self.cleaned_data
        return {
            "columns": {
                column.name: int(cleaned[f"column-{column.name}"])
                for column in self.kind.columns
                if cleaned.get(f"column-{column.name}")
            },
            "fixed": {
                column.name: cleaned[f"fixed-{column.name}"].strip()
                for column in self.kind.columns
                if cleaned.get(f"fixed-{column.name}")
            },
            "orders": {
                column.name: cleaned[f"order-{column.name}"]
                for column in self.kind.columns
                if cleaned.get(f"order-{column.name}")
            },
        }


def _fixed_field(column: Column, mapped: Mapped) -> forms.Field:
    initial = mapped["fixed"].get(column.name, "")
    label = _("One value for all rows")
    if isinstance(column.type, Choice):
        choices = [("", "—"), *column.type.values.items()]
        return forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)
    return forms.CharField(label=label, required=False, initial=initial, max_length=200)


def _with_sample(column: Mapping[str, Any]) -> str:
    sample = "; ".join(column["samples"][:2])
    name = column["name"][:60]
    return f"{name} ({sample[:40]})" if sample else name
