"""What forms share: how a rule's refusal comes back to its field, and the one field that takes a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sojourn.records.refusal import RefusalError
from sojourn.records.uploads import Kind, Upload, checked_upload


@contextmanager
def refusals_shown_in(form: forms.BaseForm) -> Iterator[None]:
    """Put a refusal raised inside at the field that it names, else above the form; `form` is then invalid."""
    try:
        yield
    except RefusalError as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal.message))


class UploadField(forms.FileField):
    """A file that has passed the gate of `records.uploads`; cleaned, it is an `Upload`."""

    def __init__(self, *, kinds: frozenset[Kind], largest: int, **options: Any) -> None:
        accepted = forms.ClearableFileInput(attrs={"accept": ",".join(sorted(kinds))})
        super().__init__(widget=accepted, **options)
        self.kinds, self.largest = kinds, largest

    def clean(self, data: Any, initial: Any = None) -> Upload:
        """The file, or what is wrong with it."""
        file = super().clean(data, initial)
        try:
            return checked_upload(file.name, file.chunks(), kinds=self.kinds, largest=self.largest)
        except RefusalError as refusal:
            raise forms.ValidationError(str(refusal.message), code=refusal.code) from refusal


class WhoForm(forms.Form):
    """Who somebody is."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    birth_on = forms.DateField(label=_("Born on"), widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
