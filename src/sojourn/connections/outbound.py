"""Requests to addresses that others have chosen, so that none reaches what only this machine may reach.

The name is resolved once and the connection goes to the address that was checked, so that a name cannot
lead elsewhere a moment later. No redirect is followed, no proxy asked, and only the status is read.
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 10
"""For the whole exchange, however slowly the other side speaks."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HIDDEN_IN = (_NAT64, ipaddress.ip_network("64:ff9b:1::/48"), ipaddress.ip_network("2002::/16"))
"""Networks whose addresses carry another address inside."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class UnreachableError(Exception):
    """There was no answer; `reason` is a stable word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status with which the address answers.

    Raises:
        UnreachableError: It must not be asked, or gave no answer in time.
    """
    target = checked_url(url)
    address = resolved(target)
    bell = None
    connection: HTTPConnection | None = None
    try:
        connection = _connection(target, address)
        bell = Timer(SECONDS, _hang_up, [connection])
        bell.start()
        path = target.path or "/"
        connection.request("POST", f"{path}?{target.query}" if target.query else path, body, dict(headers))
        return connection.getresponse().status
    except ssl.SSLError:
        raise UnreachableError("certificate") from None
    except (OSError, HTTPException, ValueError):
        raise UnreachableError("no_answer") from None
    finally:
        if bell is not None:
            bell.cancel()
        if connection is not None:
            connection.close()


def checked_url(url: str) -> SplitResult:
    """The parts of an address that may be asked: https, a host, no user; on loopback http too, where allowed.

    Raises:
        UnreachableError: It is none.
    """
    try:
        target = urlsplit(url)
        port = target.port
    except ValueError:
        raise UnreachableError("address") from None
    plain = target.scheme == "http" and settings.WEBHOOKS_ON_LOOPBACK
    wrong = not (target.scheme == "https" or plain) or not target.hostname or port == 0
    if wrong or target.username is not None or not url.isascii() or any(letter <= " " for letter in url):
        raise UnreachableError("address")
    return target


def resolved(target: SplitResult) -> str:
    """The first address of the host, where every one of them may be asked.

    Raises:
        UnreachableError: The name leads nowhere, or to where only this machine may go.
    """
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(target.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnreachableError("name") from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(
        may_be_asked(address, plain=target.scheme == "http") for address in addresses
    ):
        raise UnreachableError("forbidden")
    return addresses[0]


def may_be_asked(address: str, *, plain: bool = False) -> bool:
    """Whether anyone on the internet could ask this address too; without TLS only this machine itself."""
    ip: Address = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _HIDDEN_IN):
            return False
    if ip.is_loopback:
        return bool(settings.WEBHOOKS_ON_LOOPBACK)
    return not plain and ip.is_global and not ip.is_multicast


def _connection(target: SplitResult, address: str) -> HTTPConnection:
    """A connection to the checked address that speaks to the host by its name."""
    port = target.port or (443 if target.scheme == "https" else 80)
    host = str(target.hostname)
    if target.scheme == "http":
        plain = HTTPConnection(host, port, timeout=SECONDS)
        plain.sock = socket.create_connection((address, port), timeout=SECONDS)
        return plain
    secure = HTTPSConnection(host, port, timeout=SECONDS)
    raw = socket.create_connection((address, port), timeout=SECONDS)
    secure.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    return secure


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
