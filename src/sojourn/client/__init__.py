"""A small client of the API, on the standard library alone: these three files can be copied as they are."""

from sojourn.client.connection import Answer, Client, Problem
from sojourn.client.webhooks import WebhookError, new_signature, read_webhook

__all__ = ["Answer", "Client", "Problem", "WebhookError", "new_signature", "read_webhook"]
