"""Forms of the public pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TicketForm(forms.Form):
    """Look up what the draw said of one's own ticket."""

    ticket = forms.CharField(
        label=_("Your ticket code"),
        max_length=20,
        help_text=_(
            "It stands on your application’s page. It is a pseudonym: only you know that it is yours."
        ),
    )
