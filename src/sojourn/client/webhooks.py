"""Webhooks as Standard Webhooks signs them: prove that a message is the site's, and not an old one again."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

PREFIX = "whsec_"
TOLERANCE = 300
"""Seconds that a message may be old, or ahead of one's own clock."""


class WebhookError(ValueError):
    """The message is not to be believed."""


def read_webhook(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None
) -> dict[str, Any]:
    """What a message says, once its signature and its age are proved.

    The same message can arrive more than once: keep the header `webhook-id` of what you have dealt with,
    and pass over what you know. Raises `WebhookError`.
    """
    known = {name.lower(): value for name, value in headers.items()}
    try:
        number, sent_at = known["webhook-id"], known["webhook-timestamp"]
        signatures = known["webhook-signature"].split()
    except KeyError as missing:
        raise WebhookError(f"there is no header {missing}") from None
    if not (sent_at.isascii() and sent_at.isdigit() and len(sent_at) <= 12):
        raise WebhookError("webhook-timestamp is not a number of seconds")
    if abs((time.time() if now is None else now) - int(sent_at)) > TOLERANCE:
        raise WebhookError("the message is too old, or from the future")
    expected = new_signature(secret, number, int(sent_at), body)
    if not any(hmac.compare_digest(expected.encode(), each.encode()) for each in signatures):
        raise WebhookError("the signature is not the site's")
    told = json.loads(body)
    if not isinstance(told, dict):
        raise WebhookError("the message is not an object")
    return told


def new_signature(secret: str, number: str, sent_at: int, body: bytes) -> str:
    """The signature of a message, as it stands in the header `webhook-signature`."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise WebhookError("the secret is not one that the site gave") from None
    signed = hmac.new(key, f"{number}.{sent_at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()
