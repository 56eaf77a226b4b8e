"""The form that loads a plan."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.plan.document.loading import LARGEST_FILE
from sojourn.web.office.plans import READERS


class PlanUploadForm(forms.Form):
    """A plan file, TOML or workbook."""

    file = forms.FileField(
        label=_("Plan file"),
        help_text=_("A TOML file or an XLSX workbook of at most 10 MB, as the manual describes it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """A file that can be one of the two formats."""
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in READERS:
            raise forms.ValidationError(_("This is neither a .toml nor an .xlsx file. Choose one of these."))
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB. Remove what is not the plan."))
        return file
