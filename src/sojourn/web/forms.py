"""How a rule's refusal comes back to the form that it was sent with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from sojourn.records.refusal import RefusalError


@contextmanager
def refusals_shown_in(form: forms.BaseForm) -> Iterator[None]:
    """Put a refusal raised inside at the field that it names, else above the form; `form` is then invalid."""
    try:
        yield
    except RefusalError as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal.message))
