"""Settings of allauth that are the same on every site."""

ACCOUNT_ADAPTER = "sojourn.web.account.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"sojourn.web.account.forms.{form}"
    for name, form in {
        "login": "LogInForm",
        "signup": "SignUpForm",
        "reset_password": "ResetForm",
        "reset_password_from_key": "NewPasswordForm",
        "change_password": "ChangePasswordForm",
        "reauthenticate": "PasswordAgainForm",
        "add_email": "AddressForm",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip,5/5m/key"}
MFA_ADAPTER = "sojourn.web.account.adapters.SecondFactorAdapter"
MFA_FORMS = {
    name: f"sojourn.web.account.forms.{form}"
    for name, form in {
        "authenticate": "CodeForm",
        "reauthenticate": "CodeAgainForm",
        "activate_totp": "FirstCodeForm",
        "add_webauthn": "NewPasskeyForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Sojourn"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody gets that far with one, but those who were handed an invitation
SOCIALACCOUNT_ADAPTER = "sojourn.web.account.adapters.ProviderAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # an address that the provider has verified, and this site too
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
