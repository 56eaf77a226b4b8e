"""Where mail goes: into the outbox first, and from there to the server that the environment names."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

Mailer = dict[str, Any]
OUTBOX: Mailer = {"BACKEND": "sojourn.contact.outbox.OutboxBackend"}


def mailers(address: str) -> dict[str, Mailer]:
    """Django's mailers: "default" saves a mail, "transport" is where the worker takes it.

    `address` is `smtp://user:password@host:port` (STARTTLS) or `smtps://…` (TLS from the start). Without one
    there is no transport: mails wait in the outbox, and `sojourn doctor` says so.
    """
    return {"default": OUTBOX, "transport": _server(address)} if address else {"default": OUTBOX}


def _server(address: str) -> Mailer:
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("SOJOURN_SMTP is smtp://user:password@host:587 or smtps://…:465.")
    is_tls = parts.scheme == "smtps"
    options = {
        "host": parts.hostname,
        "port": parts.port or (465 if is_tls else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": is_tls,
        "use_tls": not is_tls and bool(parts.username),
        "timeout": 20,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
