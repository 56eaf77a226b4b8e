"""The mails of log-ins: subject and text, in the language of the page that asked for them."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
log = logging.getLogger(__name__)
CHANGED = _("Something about your log-in has changed")
IF_NOT_YOU = _("If this was not you, set a new password at once on the log-in page.")
CONFIRM = (
    _("Confirm your address"),
    _("Open this link to confirm that it is your address. It works for three days.\n\n%(activate_url)s"),
)

MAILS: Mapping[str, tuple[Words, Words]] = {
    "account/email/email_confirmation": CONFIRM,
    "account/email/email_confirmation_signup": CONFIRM,
    "account/email/password_reset_key": (
        _("Set a new password"),
        _("Open this link to set a new password. It works once, for two hours.\n\n%(password_reset_url)s"),
    ),
    "account/email/unknown_account": (
        _("No account has this address"),
        _("Somebody, perhaps you, asked for a new password. No account has this address."),
    ),
    "account/email/account_already_exists": (
        _("You have an account already"),
        _(
            "Somebody, perhaps you, tried to open an account with this address. You have one. If you do "
            "not know its password, set a new one:\n\n%(password_reset_url)s"
        ),
    ),
    "account/email/password_changed": (CHANGED, _("The password was changed.")),
    "account/email/password_reset": (CHANGED, _("A new password was set by a link in a mail.")),
    "account/email/password_set": (CHANGED, _("A password was set.")),
    "account/email/email_changed": (CHANGED, _("The address was changed to another one.")),
    "account/email/email_confirm": (CHANGED, _("An address was confirmed.")),
    "account/email/email_deleted": (CHANGED, _("An address was taken away.")),
    "socialaccount/email/account_connected": (CHANGED, _("A provider can log you in from now on.")),
    "socialaccount/email/account_disconnected": (CHANGED, _("A provider cannot log you in any more.")),
    "mfa/email/recovery_codes_generated": (
        CHANGED,
        _("New recovery codes were made; the old are void."),
    ),
    "mfa/email/totp_activated": (CHANGED, _("An authenticator app was set up.")),
    "mfa/email/totp_deactivated": (CHANGED, _("The authenticator app was taken away.")),
    "mfa/email/webauthn_added": (CHANGED, _("A passkey was added.")),
    "mfa/email/webauthn_removed": (CHANGED, _("A passkey was taken away.")),
    "invitation": (
        _("You are invited to Sojourn"),
        _(
            "%(organisation)s invites you as: %(role)s. Open this link to accept. It works once, for seven "
            "days.\n\n%(url)s\n\nIf you do not know why, do nothing: the invitation ends by itself."
        ),
    ),
}


def send(name: str, to: str, values: Mapping[str, Any]) -> None:
    """Send the mail of this name. It holds links and no names of people.

    Whether it could be sent is not told: the answer must not depend on who has an account.
    """
    subject, text = MAILS[name]
    body = str(text) % values
    if subject is CHANGED:
        body = f"{body}\n\n{IF_NOT_YOU}"
    try:
        EmailMessage(subject=str(subject), body=f"{body}\n", to=[to]).send()
    except OSError:  # a server that does not answer, or says no
        log.warning("the server for mail did not take a mail")
