"""The form that loads a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.plan.document.loading import LARGEST_FILE
from sojourn.web.forms import UploadField
from sojourn.web.office.plans import READERS


class PlanUploadForm(forms.Form):
    """A plan file, TOML or workbook."""

    file = UploadField(
        label=_("Plan file"),
        help_text=_("A TOML file or an XLSX workbook of at most 10 MB, as the manual describes it."),
        kinds=frozenset(READERS),
        largest=LARGEST_FILE,
    )
