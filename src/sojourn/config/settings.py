"""Settings, read from the environment; policy is data in the plan, never a setting.

SOJOURN_SECRET_KEY   signs sessions; required unless SOJOURN_DEBUG=1
SOJOURN_FIELD_KEYS   encrypt needs and incident notes; the newest first, by commas; required likewise
SOJOURN_DEBUG        1 on a developer's machine only
SOJOURN_DEMO         1 shows one-click log-ins of invented people; refused when debug is off
SOJOURN_HOSTS        host names served, separated by commas
SOJOURN_DATA         folder of the database and of files (default: var)
DATABASE_URL         sqlite:///path or postgres://user@host/name (default: SQLite in SOJOURN_DATA)
"""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

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
ALLOWED_HOSTS = [h for h in os.environ.get("SOJOURN_HOSTS", "").split(",") if h] or ["127.0.0.1", "localhost"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "sojourn.records",
    "sojourn.registry",
    "sojourn.plan",
    "sojourn.participation",
    "sojourn.monitoring",
    "sojourn.privacy",
    "sojourn.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sojourn.web.middleware.RefusalMiddleware",
    "sojourn.web.middleware.PrivatePagesMiddleware",
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "registry.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "public:home"

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

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
