"""Where mail goes, from one address in the environment."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends"


def mailer(address: str, *, is_debug: bool) -> dict[str, Any]:
    """Django's mailer for `smtp://user:password@host:port` (STARTTLS) or `smtps://…` (TLS from the start).

    Without an address mail is printed while debugging, and goes to this machine's own server on a real site.
    """
    if not address and is_debug:
        return {"BACKEND": f"{BACKENDS}.console.EmailBackend"}
    if not address:
        return {"BACKEND": f"{BACKENDS}.smtp.EmailBackend", "OPTIONS": {"host": "localhost", "timeout": 20}}
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
    return {"BACKEND": f"{BACKENDS}.smtp.EmailBackend", "OPTIONS": options}
