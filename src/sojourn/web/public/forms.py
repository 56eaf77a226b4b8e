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


class ReceiptForm(forms.Form):
    """Look up how far one's report is handled."""

    receipt = forms.CharField(
        label=_("Receipt of your report"),
        max_length=40,
        help_text=_("Twelve letters and digits, such as 7K2M-Q4TX-0B9C."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
