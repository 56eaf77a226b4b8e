"""The way in and out. allauth's pages stand here one by one, each with its audience; it opens no other."""

from allauth.account import views as allauth
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as provider
from django.urls import path, re_path
from django.views.i18n import set_language

from sojourn.web.access import Audience, fresh, open_to
from sojourn.web.account import invitations, members, messages, views

public, own = open_to(Audience.PUBLIC), open_to(Audience.ACCOUNT)

urlpatterns = [
    path("home/", views.home, name="home"),
    path("language/", public(set_language), name="set-language"),
    path("demo/", views.demo, name="demo"),
    path("demo/<int:account_id>/", views.demo_log_in, name="demo-log-in"),
    # In and out
    path("log-in/", public(allauth.login), name="account_login"),
    path("log-out/", public(allauth.logout), name="account_logout"),
    path("log-in/closed/", public(allauth.account_inactive), name="account_inactive"),
    path("log-in/passkey/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("log-in/second-factor/", public(factor.authenticate), name="mfa_authenticate"),
    path("log-in/through/<str:provider_id>/", public(provider.login), name="openid_connect_login"),
    path("log-in/through/<str:provider_id>/back/", public(provider.callback), name="openid_connect_callback"),
    path("log-in/cancelled/", public(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("log-in/failed/", public(social.login_error), name="socialaccount_login_error"),
    path("log-in/uninvited/", views.uninvited, name="socialaccount_signup"),
    # An account of one's own
    path("sign-up/", public(allauth.signup), name="account_signup"),
    path("sign-up/mail/", public(allauth.email_verification_sent), name="account_email_verification_sent"),
    path("sign-up/mail/<str:key>/", public(allauth.confirm_email), name="account_confirm_email"),
    path("sign-up/who/", views.register, name="register"),
    path("invitation/", invitations.page, name="invitation"),
    path("invitation/<str:token>/", invitations.take, name="take-invitation"),
    path("password/", public(allauth.password_reset), name="account_reset_password"),
    path("password/sent/", public(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/set/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        public(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/",
        public(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    # What one is told
    path("messages/", messages.messages, name="messages"),
    path("messages/try-again/", messages.try_again, name="messages-try-again"),
    path("messages/calendar/", messages.new_link, name="calendar-link"),
    path("messages/calendar/end/", messages.end_link, name="calendar-unlink"),
    path("messages/mute/<str:signed>/", messages.mute_by_link, name="mute"),
    path("calendar/<str:secret>.ics", messages.calendar, name="calendar"),
    # The own log-in
    path("account/", views.own, name="account"),
    path("account/log-ins/end/", views.end_log_ins, name="end-log-ins"),
    path("account/address/", own(fresh(allauth.email)), name="account_email"),
    path("account/password/", own(allauth.password_change), name="account_change_password"),
    path("account/password/first/", own(fresh(allauth.password_set)), name="account_set_password"),
    path("account/again/", own(allauth.reauthenticate), name="account_reauthenticate"),
    path("account/second-factor/", own(factor.index), name="mfa_index"),
    path("account/second-factor/again/", own(factor.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-factor/app/", own(fresh(views.activate_app)), name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", own(fresh(app.deactivate_totp)), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/", own(fresh(codes.view_recovery_codes)), name="mfa_view_recovery_codes"
    ),
    path(
        "account/second-factor/codes/new/",
        own(fresh(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        own(fresh(codes.download_recovery_codes)),
        name="mfa_download_recovery_codes",
    ),
    path("account/passkeys/", own(factor.index), name="mfa_list_webauthn"),
    path("account/passkeys/new/", own(fresh(views.add_passkey)), name="mfa_add_webauthn"),
    path(
        "account/passkeys/again/", own(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path(
        "account/passkeys/<int:pk>/remove/", own(fresh(passkeys.remove_webauthn)), name="mfa_remove_webauthn"
    ),
    # Posts
    path("posts/", members.page, name="members"),
    path("posts/invite/", members.invite_page, name="invite"),
    path("posts/<int:number>/end/", members.end, name="end-post"),
    path("posts/invitations/<int:number>/revoke/", members.revoke, name="revoke-invitation"),
]
