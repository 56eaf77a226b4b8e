"""The forms of log-ins: allauth's, with our labels and no text inside of a field."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.entrance.queries import Grant, was_handed_an_invitation
from sojourn.web.roles import ROLES
from sojourn.web.wording import in_language

Words = str | Promise
ADDRESS = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD, AGAIN = _("New password"), _("New password again")
RULES = _("At least 12 letters, digits or blanks. A sentence is easier to keep in mind than a riddle.")
CODE = _("Code of six digits from your app, or a recovery code")


class OwnWords(forms.Form):
    """Gives the fields of a form of allauth the words that it names: {field: (label, help)}."""

    words: ClassVar[Mapping[str, tuple[Words, Words]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text  # type: ignore[assignment]  # stubs want _StrPromise
            field.widget.attrs.pop("placeholder", None)


class LogInForm(OwnWords, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """An e-mail address and a password."""

    words = {"login": (ADDRESS, ""), "password": (PASSWORD, "")}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on to the second factor.

        An address that came with a handed-over invitation need not be confirmed: an office without mail has
        vouched for the person. The address itself stays unconfirmed, so no link to a new password goes there.
        """
        if was_handed_an_invitation(self._login.user):
            self._login.email_verification = EmailVerificationMethod.NONE
        response: HttpResponse = super().login(request, redirect_url)
        return response


class SignUpForm(OwnWords, account.SignupForm):  # type: ignore[misc]
    """An address and a password; who somebody is, is asked once the address is confirmed."""

    words = {"email": (ADDRESS, ""), "password1": (PASSWORD, RULES)}


class AddressForm(OwnWords, account.AddEmailForm):  # type: ignore[misc]
    """Another address for the log-in."""

    words = {"email": (_("New e-mail address"), "")}


class ResetForm(OwnWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to set a new password. Only a confirmed address gets one."""

    words = {"email": (ADDRESS, "")}

    def clean_email(self) -> str:
        """The address; whether it has an account is not told."""
        email: str = super().clean_email()
        confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True)
        holders = set(confirmed.values_list("user_id", flat=True).order_by())
        found = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        self.users = [user for user in found if user.pk in holders]
        return email


class NewPasswordForm(OwnWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by a link in a mail."""

    words = {"password1": (NEW_PASSWORD, RULES), "password2": (AGAIN, "")}


class ChangePasswordForm(OwnWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by somebody who knows the present one."""

    words = {
        "oldpassword": (_("Present password"), ""),
        "password1": (NEW_PASSWORD, RULES),
        "password2": (AGAIN, ""),
    }


class PasswordAgainForm(OwnWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words = {"password": (PASSWORD, "")}


class CodeForm(OwnWords, factor.AuthenticateForm):  # type: ignore[misc]
    """The second factor."""

    words = {"code": (CODE, "")}


class CodeAgainForm(OwnWords, factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more."""

    words = {"code": (CODE, "")}


class FirstCodeForm(OwnWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    words = {"code": (_("Code of six digits that the app shows"), "")}


class NewPasskeyForm(OwnWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    words = {
        "name": (_("Name of the passkey"), ""),
        "passwordless": (
            _("Log in with it alone"),
            _("The device asks for a finger, a face or its PIN; no password is needed."),
        ),
    }


class FirstPasswordForm(forms.Form):
    """The password of an account that an invitation opens."""

    password = forms.CharField(
        label=PASSWORD,
        help_text=RULES,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class InviteForm(forms.Form):
    """An address, a post that one may give, and how the link gets there."""

    email = forms.EmailField(label=ADDRESS)
    post = forms.ChoiceField(label=_("Post"))
    way = forms.ChoiceField(
        label=_("How the link gets there"),
        choices=[("mail", _("Send it by mail")), ("hand", _("Show it to me, I hand it over"))],
        widget=forms.RadioSelect,
        initial="mail",
    )

    def __init__(self, *args: Any, grants: list[Grant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._grants = {f"{grant.role}/{grant.organisation.code}": grant for grant in grants}
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            (key, f"{ROLES[grant.role].label} · {in_language(grant.organisation.names)}")
            for key, grant in self._grants.items()
        ]

    def clean_email(self) -> str:
        """The address in small letters."""
        return str(self.cleaned_data["email"]).lower()

    def clean_post(self) -> Grant:
        """The grant that was chosen."""
        return self._grants[self.cleaned_data["post"]]
