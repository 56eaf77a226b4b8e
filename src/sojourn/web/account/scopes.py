"""What the way in and out declares: one's own log-in, and the posts that one gives."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing


def door(does: str | Promise, reach: Reach = Reach.NONE, thing: Thing | None = None) -> Scope:
    """A page on the way in, for everybody."""
    return Scope(Audience.PUBLIC, does, reach, Shows.TEXTS, thing)


def own(does: str | Promise, thing: Thing | None = None) -> Scope:
    """A page about one's own log-in."""
    return Scope(Audience.ACCOUNT, does, Reach.LOG_IN, Shows.ONESELF, thing)


IN_AND_OUT = {
    "home": door(_("Go to one’s own start page.")),
    "set-language": door(_("Choose the language.")),
    "demo": door(_("Choose an invented person; on the demonstration site only."), Reach.DEMONSTRATION),
    "demo-log-in": door(
        _("Log in as an invented person; on the demonstration site only."),
        Reach.DEMONSTRATION,
        Thing.ACCOUNT,
    ),
    "account_login": door(_("Log in.")),
    "account_logout": door(_("Log out.")),
    "account_inactive": door(_("Read that the account is closed.")),
    "mfa_login_webauthn": door(_("Log in by a passkey.")),
    "mfa_authenticate": door(_("Give the second factor while logging in.")),
    "openid_connect_login": door(_("Log in through another provider."), thing=Thing.PROVIDER),
    "openid_connect_callback": door(_("Come back from another provider."), thing=Thing.PROVIDER),
    "socialaccount_login_cancelled": door(_("Read that logging in was broken off.")),
    "socialaccount_login_error": door(_("Read that logging in failed.")),
    "socialaccount_signup": door(_("Read that one has not been invited.")),
    "account_signup": door(_("Open an account as a grown-up participant or guardian.")),
    "account_email_verification_sent": door(_("Read that a mail is on its way.")),
    "account_confirm_email": door(_("Confirm an e-mail address."), Reach.LINK, Thing.LINK),
    "invitation": door(_("Read who invites one to which post, and accept."), Reach.LINK),
    "take-invitation": door(_("Open the link of an invitation."), Reach.LINK, Thing.LINK),
    "account_reset_password": door(_("Ask for a mail to set a new password.")),
    "account_reset_password_done": door(_("Read that the mail for the password is on its way.")),
    "account_reset_password_from_key": door(_("Set a new password."), Reach.LINK, Thing.LINK),
    "account_reset_password_from_key_done": door(_("Read that the new password holds.")),
}

OWN_LOG_IN = {
    "register": own(_("Say who one is, to apply for oneself or for a child.")),
    "account": own(_("Read one’s keys, one’s posts, and where one is logged in.")),
    "end-log-ins": own(_("Log out everywhere else.")),
    "account_email": own(_("Change the e-mail address.")),
    "account_change_password": own(_("Change the password.")),
    "account_set_password": own(_("Set a first password.")),
    "account_reauthenticate": own(_("Give the password again.")),
    "mfa_index": own(_("Read which second factors one has.")),
    "mfa_reauthenticate": own(_("Give the second factor again.")),
    "mfa_activate_totp": own(_("Set up an app for codes.")),
    "mfa_deactivate_totp": own(_("Remove the app for codes.")),
    "mfa_view_recovery_codes": own(_("Read one’s recovery codes.")),
    "mfa_generate_recovery_codes": own(_("Make new recovery codes.")),
    "mfa_download_recovery_codes": own(_("Download one’s recovery codes.")),
    "mfa_list_webauthn": own(_("Read which passkeys one has.")),
    "mfa_add_webauthn": own(_("Add a passkey.")),
    "mfa_reauthenticate_webauthn": own(_("Give a passkey again.")),
    "mfa_remove_webauthn": own(_("Remove a passkey."), Thing.PASSKEY),
}

POSTS = {
    "members": Scope(
        Audience.INVITING, _("Read who holds the posts that one gives."), Reach.GIVEN, Shows.POSTS
    ),
    "invite": Scope(Audience.INVITING, _("Invite to a post."), Reach.GIVEN, Shows.TEXTS),
    "end-post": Scope(
        Audience.ACCOUNT, _("End a post, or lay down one’s own."), Reach.GIVEN, Shows.TEXTS, Thing.POST
    ),
    "revoke-invitation": Scope(
        Audience.INVITING, _("Take an invitation back."), Reach.GIVEN, Shows.TEXTS, Thing.INVITATION
    ),
}

TOLD = {
    "messages": Scope(
        Audience.ACCOUNT,
        _("Read what one was told, and choose how one is told."),
        Reach.LOG_IN,
        Shows.ONESELF,
    ),
    "messages-try-again": own(_("Have mail sent to the own address again.")),
    "calendar-link": own(_("Make a secret address for the own calendar.")),
    "calendar-unlink": own(_("End the secret address of the own calendar.")),
    "mute": door(_("Mute a kind of mail by the link in it."), Reach.LINK, Thing.LINK),
    "calendar": door(_("Fetch dates by the secret address that somebody made."), Reach.LINK, Thing.LINK),
}

SCOPES = {**IN_AND_OUT, **OWN_LOG_IN, **POSTS, **TOLD}
