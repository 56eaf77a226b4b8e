"""Where a request comes from, and whether a program sent it, as far as limits need to know."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_NETWORK = 64
"""Bits. One household has so many addresses of its own that a limit on a single one limits nothing."""
PROGRAMS = "/api/"
"""The addresses for programs, which count the requests of each token for themselves."""


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


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the request goes to the API."""
    return request.path.startswith(PROGRAMS)
