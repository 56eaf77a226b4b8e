"""Settings, read from the environment; policy is data in the plan, never a setting.

SOJOURN_SECRET_KEY   signs sessions; required unless SOJOURN_DEBUG=1
SOJOURN_FIELD_KEYS   encrypt needs and incident notes; the newest first, by commas; required likewise
SOJOURN_DEBUG        1 on a developer's machine only
SOJOURN_DEMO         1 shows one-click log-ins of invented people; refused when debug is off
SOJOURN_HOSTS        host names served, separated by commas
SOJOURN_URL          address of the site as people type it, for links in mails (default: the first host)
SOJOURN_SMTP         smtp://user:password@host:587 sends mail; without it mails wait in the outbox
SOJOURN_MAIL_FROM    sender of mails (default: noreply@ the first host)
SOJOURN_BOUNCES      where mail that cannot be delivered comes back to (default: the sender)
SOJOURN_PROXIES      how many proxies of one's own stand before the site; their X-Forwarded-* are believed
SOJOURN_SECURITY_CONTACT  where to report a hole: mailto:... or https://...
SOJOURN_DATA         folder of the database and of files (default: var)
SOJOURN_OIDC_URL     issuer of an OpenID provider to log in through, with SOJOURN_OIDC_CLIENT,
                     SOJOURN_OIDC_SECRET and SOJOURN_OIDC_NAME; it makes no account without an invitation
SOJOURN_CONTACTS     TOML file of help lines in place of the shipped ones (default: none)
DATABASE_URL         sqlite:///path or postgres://user@host/name (default: SQLite in SOJOURN_DATA)
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from sojourn.config.log_in import *  # noqa: F403 - settings of the same kind, one file further
from sojourn.config.mail import mailers

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SOJOURN_DATA", "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)
DEBUG = os.environ.get("SOJOURN_DEBUG") == "1"
DEMO = os.environ.get("SOJOURN_DEMO") == "1"
if DEMO and not DEBUG:
    raise ImproperlyConfigured(
        "SOJOURN_DEMO=1 lets anyone log in as anyone, so it needs SOJOURN_DEBUG=1. Unset it on a real site."
    )

SECRET_KEY = os.environ.get("SOJOURN_SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("Set SOJOURN_SECRET_KEY to a long random text (`sojourn init` makes one).")
    SECRET_KEY = "a development key, not a secret; " * 2
FIELD_KEYS = [key for key in os.environ.get("SOJOURN_FIELD_KEYS", "").split(",") if key]
if not FIELD_KEYS:
    if not DEBUG:
        raise ImproperlyConfigured(
            "Set SOJOURN_FIELD_KEYS to a key for encrypted columns (`sojourn keys new`)."
        )
    FIELD_KEYS = ["a-development-key-is-not-a-secret-at-all-00="]
CONTACTS_FILE = os.environ.get("SOJOURN_CONTACTS", "")
ALLOWED_HOSTS = [h for h in os.environ.get("SOJOURN_HOSTS", "").split(",") if h] or ["127.0.0.1", "localhost"]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "SOJOURN_HOSTS=* would let a stranger name the site in its links. List its names."
    )
if os.environ.get("SOJOURN_PROXIES", "0") not in set("0123456789"):
    raise ImproperlyConfigured("SOJOURN_PROXIES is a number from 0 to 9.")
PROXIES = int(os.environ.get("SOJOURN_PROXIES", "0"))
SECURITY_CONTACT = os.environ.get("SOJOURN_SECURITY_CONTACT", "")
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://")):
    raise ImproperlyConfigured("SOJOURN_SECURITY_CONTACT is an address: mailto:... or https://...")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "sojourn.records",
    "sojourn.sheets",
    "sojourn.registry",
    "sojourn.contact",
    "sojourn.plan",
    "sojourn.participation",
    "sojourn.entrance",
    "sojourn.safeguarding",
    "sojourn.monitoring",
    "sojourn.privacy",
    "sojourn.connections",
    "sojourn.api",
    "sojourn.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
# The first six see every answer, files and errors too; limits hold before a body is read.
MIDDLEWARE = [
    "sojourn.web.headers.HeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sojourn.web.headers.NoPlainKeysMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sojourn.web.headers.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sojourn.web.limits.LimitsMiddleware",
    "sojourn.web.headers.DepartureMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sojourn.web.middleware.RefusalMiddleware",
    "sojourn.web.middleware.SeenMiddleware",
]
ROOT_URLCONF = "sojourn.config.urls"
WSGI_APPLICATION = "sojourn.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sojourn.web.context.site",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA / 'sojourn.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Immediate transactions: a deferred one that writes late meets "database is locked" at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-64000; PRAGMA mmap_size=2147483648;"
            # What is deleted is written over, so that an erased person is in no free page of the file.
            "PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
ERASURE_LEDGER = DATA / "erasures.ledger"  # outside the database: a restore must not take it back
# One cache for all processes; what stands in it can be lost, and its keys tell nothing of anyone.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sojourn_cache",
        "KEY_FUNCTION": "sojourn.web.sources.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
WEBHOOKS_ON_LOOPBACK = DEBUG  # else an address that others choose never leads to this machine
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "registry.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["sojourn.entrance.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "sojourn.entrance.passwords.NotWordsOfThisSite"},
]
SESSION_ENGINE = "sojourn.entrance.sessions"
SESSION_COOKIE_AGE = 2 * 60 * 60  # without a request; web/middleware.py ends busy ones after twelve hours
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

SITE_URL = os.environ.get("SOJOURN_URL", "").rstrip("/") or (
    "http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0]}"
)
MAILERS = mailers(os.environ.get("SOJOURN_SMTP", ""))
DEFAULT_FROM_EMAIL = os.environ.get("SOJOURN_MAIL_FROM", f"noreply@{ALLOWED_HOSTS[0]}")
BOUNCE_ADDRESS = os.environ.get("SOJOURN_BOUNCES", DEFAULT_FROM_EMAIL)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEBUG else "https"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
if os.environ.get("SOJOURN_OIDC_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("SOJOURN_OIDC_NAME", "OpenID"),
                "client_id": os.environ.get("SOJOURN_OIDC_CLIENT", ""),
                "secret": os.environ.get("SOJOURN_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["SOJOURN_OIDC_URL"]},
            }
        ],
    }


LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 2

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None

# A cookie named __Host- is bound to this host and to TLS by the browser itself.
COOKIES = "" if DEBUG else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIES}sessionid"
CSRF_COOKIE_NAME = f"{COOKIES}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIES}django_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
