"""What allauth says, in our words. Nothing tells whether an address has an account."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

ERRORS: Words = {
    "account_inactive": _("This account is closed. Ask your office if you need a new one."),
    "duplicate_email": _("This is the address that you have already."),
    "email_password_mismatch": _("No account has this address and password. Check both and try again."),
    "enter_current_password": _("This is not your present password. Type it again."),
    "incorrect_code": _("This code is not right, or was used already. Wait for the next one and type that."),
    "incorrect_password": _("This is not your password. Type it again."),
    "invalid_password_reset": _("This link was used already or is too old. Ask for a new one."),
    "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    "cannot_generate_recovery_codes": _("Set up an app or a passkey first; then there are recovery codes."),
    "email_taken": _("Log in with your password first."),
}

MESSAGES: Words = {
    "account/messages/email_confirmed.txt": _("The address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("This address cannot be confirmed. Use another one."),
    "account/messages/email_confirmation_sent.txt": _("A mail is on its way. Open the link in it."),
    "account/messages/password_changed.txt": _("The password is changed; other devices are logged out."),
    "account/messages/password_set.txt": _("The password is set."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes. Keep them on paper."),
    "mfa/messages/totp_activated.txt": _("The app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The app is taken away."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken away."),
}
