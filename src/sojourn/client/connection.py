"""Requests with a token, pages as one stream of rows, and writes that can be sent again without harm."""

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

Json = dict[str, Any]
WORTH_ANOTHER_TRY = frozenset({429, 502, 503, 504})
LONGEST_WAIT = 60.0
"""Seconds between two tries, whatever the site asks for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered; `body` is empty where `status` is 304, the answer to a known `etag`."""

    status: int
    body: Json
    etag: str


class Problem(Exception):
    """The site's no. Build on `code`; `faults` name each value that cannot be used."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(told.get("code", ""))
        self.detail = str(told.get("detail", ""))
        self.faults: list[Json] = list(told.get("faults", []))
        places = ", ".join(str(fault.get("pointer") or fault.get("parameter")) for fault in self.faults)
        super().__init__(f"{status} {self.code}: {self.detail}" + (f" ({places})" if places else ""))


class _NoRedirect(HTTPRedirectHandler):
    """A token is sent to the site that was named, and to no other."""

    def redirect_request(self, *_request: Any) -> None:
        return None


@dataclass
class Client:
    """One site, as one program sees it.

    `tries` is how often a request is sent at most, where the network or a busy site lets it fail; a write is
    sent again with the same Idempotency-Key, so that it has one effect however often it arrives.
    """

    site: str
    token: str = field(default="", repr=False)
    language: str = "en"
    timeout: float = 30.0
    tries: int = 5

    def __post_init__(self) -> None:
        address = urlsplit(self.site)
        if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
            raise ValueError(f"{self.site}: a token goes over https only")
        self._opener = build_opener(_NoRedirect)

    def get(self, path: str, *, etag: str = "", **query: Any) -> Answer:
        """One thing, such as `calls/summer-camps`; with a known `etag`, 304 where nothing has changed."""
        asked = f"{path}?{urlencode(query)}" if query else path
        return self._send("GET", asked, None, {"If-None-Match": etag} if etag else {})

    def each(self, path: str, **query: Any) -> Iterator[Json]:
        """Every row of a list, page after page."""
        cursor: str | None = ""
        while cursor is not None:
            page = self.get(path, **query, **({"cursor": cursor} if cursor else {})).body
            yield from page["items"]
            cursor = page["next"]

    def post(self, path: str, body: Json, *, key: str = "", etag: str = "") -> Answer:
        """Carry something out; with an `etag`, only while nobody has changed what it is about.

        Give a `key` of your own to be able to send the same write again after a crash of your program.
        """
        headers = {"Idempotency-Key": key or str(uuid.uuid4()), "Content-Type": "application/json"}
        return self._send("POST", path, body, headers | ({"If-Match": etag} if etag else {}))

    def _send(self, method: str, path: str, body: Json | None, headers: Mapping[str, str]) -> Answer:
        named = {"Accept": "application/json", "Accept-Language": self.language, **headers}
        if self.token:
            named["Authorization"] = f"Bearer {self.token}"
        sent = None if body is None else json.dumps(body, allow_nan=False).encode()
        request = Request(f"{self.site.rstrip('/')}/api/v1/{path}", sent, named, method=method)  # noqa: S310
        for attempt in range(1, self.tries + 1):
            last = attempt == self.tries
            try:
                with self._opener.open(request, timeout=self.timeout) as response:
                    return Answer(response.status, json.load(response), response.headers["ETag"] or "")
            except HTTPError as error:
                with error:
                    if error.code == 304:
                        return Answer(304, {}, error.headers["ETag"] or "")
                    if last or error.code not in WORTH_ANOTHER_TRY:
                        raise Problem(error.code, _told(error)) from None
                    wait = _wait(error.headers, attempt)
            except (URLError, HTTPException, TimeoutError, ConnectionError):
                if last:
                    raise
                wait = _wait(None, attempt)
            time.sleep(wait)
        raise ValueError("tries has to be 1 or more")


def _wait(headers: Message | None, attempt: int) -> float:
    """What the site asks for, else half a second, one, two, four …"""
    asked = headers.get("Retry-After", "") if headers else ""
    seconds = float(asked) if asked.isascii() and asked.isdigit() else 0.25 * 2.0**attempt
    return min(seconds, LONGEST_WAIT)


def _told(error: HTTPError) -> Json:
    try:
        told = json.load(error)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
