"""Where a request comes from, as far as limits need it: no address is stored, nor can one be read back."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sojourn.connections.addresses import address_of
from sojourn.web import clock


def source_of(request: HttpRequest) -> str:
    """The account, or the address of a stranger."""
    user = request.user
    return f"account {user.pk}" if user.is_authenticated else f"address {address_of(request)}"


def hidden_key(key: str, prefix: str, version: int) -> str:
    """The name under which the cache keeps an entry: keyed with the secret of the site and the day.

    Addresses stand in the keys of limits, ours and those of the log-in. Tomorrow the same address has another
    name, so that no list of visitors builds up.
    """
    words = f"{prefix}:{version}:{clock.today().isoformat()}:{key}"
    return salted_hmac("sojourn.cache", words, algorithm="sha256").hexdigest()
