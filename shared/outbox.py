"""Delivers the outbox: a signed POST a message, at least once, never inside a transaction."""

import hashlib
import hmac
import http.client
import json
import urllib.error
import urllib.request

from shared.storage import outbox
from shared.storage.engine import Ledger

_TIMEOUT_S = 5.0
_AT_ONCE = 50


def deliver_due(ledger: Ledger, secret: bytes) -> int:
    """Sends what is due; gives how many messages arrived. A failure is written beside its message and tried again later."""
    with ledger.transaction() as connection:
        due = outbox.list_due(connection, _AT_ONCE)
    arrived = 0
    for message in due:
        failure = _send(message, secret)
        with ledger.transaction() as connection:
            if failure is None:
                outbox.record_delivered(connection, message.id)
                arrived += 1
            else:
                outbox.record_failed(connection, message.id, failure)
    return arrived


def sign(secret: bytes, subscription_id: int, body: bytes) -> str:
    """Gives the signature of a body for one subscription: HMAC-SHA256 under a key of its own, in hexadecimal."""
    key = hmac.digest(secret, f"subscription {subscription_id}".encode(), "sha256")
    return hmac.digest(key, body, hashlib.sha256).hex()


def _send(message: outbox.Message, secret: bytes) -> str | None:
    body = json.dumps({"message": str(message.id), "topic": message.topic, **message.body}).encode()
    headers = {
        "Content-Type": "application/json",
        "Leadmill-Message": str(message.id),
        "Leadmill-Signature": f"sha256={sign(secret, message.subscription_id, body)}",
    }
    if not message.url.startswith(("https://", "http://")):
        return "not an http address"
    try:
        request = urllib.request.Request(message.url, body, headers)  # noqa: S310 - checked above
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        return f"status {error.code}"
    except (OSError, ValueError, http.client.HTTPException) as error:  # away, no address, or no HTTP at all
        return type(error).__name__
