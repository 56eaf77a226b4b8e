"""Where a request comes from, as far as limits need it: no address is stored, nor can one be read back."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sojourn.web import clock

IPV6_NETWORK = 64
"""Bits. One household has so many addresses of its own that a limit on a single one limits nothing."""


def source_of(request: HttpRequest) -> str:
    """The account, or the address of a stranger."""
    user = request.user
    return f"account {user.pk}" if user.is_authenticated else f"address {address_of(request)}"


def address_of(request: HttpRequest) -> str:
    """The address that the outermost proxy of our own has seen; only `SOJOURN_PROXIES` hops are believed."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    near = str(request.META.get("REMOTE_ADDR", ""))
    told = hops[-settings.PROXIES] if 0 < settings.PROXIES <= len(hops) else near
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return near
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))


def hidden_key(key: str, prefix: str, version: int) -> str:
    """The name under which the cache keeps an entry: keyed with the secret of the site and the day.

    Addresses stand in the keys of limits, ours and those of the log-in. Tomorrow the same address has another
    name, so that no list of visitors builds up.
    """
    words = f"{prefix}:{version}:{clock.today().isoformat()}:{key}"
    return salted_hmac("sojourn.cache", words, algorithm="sha256").hexdigest()
