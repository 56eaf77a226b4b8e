"""How allauth behaves here: its words, its mails, who may open an account, what is kept of a machine."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sojourn.connections.addresses import address_of
from sojourn.entrance.factors import sealed, unsealed
from sojourn.entrance.queries import invitation_of
from sojourn.web import clock
from sojourn.web.account.mails import send
from sojourn.web.account.words import ERRORS, MESSAGES
from sojourn.web.actors import forget_actor

TOKEN_IN_SESSION = "invitation"  # noqa: S105 - the name of a place, not a secret


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def clean_email(self, email: str) -> str:
        """Refuse letters that only look like Latin ones; compare the rest in small letters."""
        if not email.isascii():
            raise ValidationError(
                _("This address has a letter that is not a plain Latin one. Type it anew, without accents."),
                code="email_letters",
            )
        return email.lower()

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer with data in one place alone, where a passkey asks for its challenge; else with pages."""
        is_asked = request.method == "GET" and request.headers.get("Accept") == "application/json"
        return is_asked and request.path == reverse("mfa_login_webauthn")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Count what was given at the log-in as given just now, and take the actor anew."""
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        if records:
            records[-1]["reauthenticated"] = True
            request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
        forget_actor(request)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by; the cache keeps it under a keyed name only."""
        return address_of(request)

    def add_message(  # noqa: PLR0917 - allauth's arguments
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - the words name no address
        extra_tags: str = "",  # noqa: ARG002 - likewise
        message: str | None = None,
    ) -> None:
        """Say it in our words; what has none is not said."""
        told = message or MESSAGES.get(message_template or "")
        if told:
            messages.add_message(request, level, str(told))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our mails."""
        send(template_prefix, email, context)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors; the secret of an app is encrypted by the site's keys."""

    error_messages = DefaultMFAAdapter.error_messages | ERRORS

    def encrypt(self, text: str) -> str:
        """The token to store."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret behind a stored token."""
        return unsealed(encrypted_text)

    def generate_authenticator_name(self, user: object, type: str) -> str:  # noqa: A002, ARG002 - allauth's name
        """What a new passkey is called until its holder renames it."""
        return str(_("My passkey"))


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Logging in through the organisation's own provider: no account comes of it without an invitation."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether the provider has verified the very address that an open invitation was sent to."""
        invitation = invitation_of(request.session.get(TOKEN_IN_SESSION, ""), at=clock.now())
        verified = {row.email.lower() for row in sociallogin.email_addresses if row.verified}
        return invitation is not None and invitation.email in verified

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Where one comes back to."""
        return reverse("account")

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Take the address over and nothing else that the provider says of somebody."""
        sociallogin.account.extra_data = {}
        return super().populate_user(request, sociallogin, {"email": data.get("email")})
